// How the page looks: light and dark, narrow and wide, on paper.

/** Blue for gains and vermilion for losses: told apart with any kind of colour vision (Okabe & Ito), and by sign and shape too. */
const light = `--page:#fbfbfc;--card:#fff;--ink:#16191d;--ink-2:#4a525c;--quiet:#6b7480;--grid:#e3e6ea;--edge:#d5d9df;--gain:#00609c;--loss:#ad3f00;--gain-bg:#0072b2;--loss-bg:#d55e00;--fill:#d55e0026;--line-0:#0068a8;--line-1:#c05000;--line-2:#007a59;--line-3:#a8508a;--line-4:#6b7480;--warn:#fff4d6;--warn-edge:#b98900;--focus:#7a3ff2;color-scheme:light`;
const dark = `--page:#14171b;--card:#1b1f25;--ink:#e8ebef;--ink-2:#b4bcc6;--quiet:#8e98a4;--grid:#2b313a;--edge:#363d47;--gain:#6cc0f0;--loss:#ff9a57;--gain-bg:#2f9ad6;--loss-bg:#e8741f;--fill:#ff9a5726;--line-0:#6cc0f0;--line-1:#ff9a57;--line-2:#2fc59a;--line-3:#e08fc4;--line-4:#8e98a4;--warn:#33290d;--warn-edge:#d9a514;--focus:#b694ff;color-scheme:dark`;

/** Steps of the monthly map: a share of the colour over the card. */
const heat = [18, 36, 58, 80]
  .flatMap((share, nth) =>
    [
      ["up", "gain-bg"],
      ["down", "loss-bg"],
    ].map(
      ([way, colour]) =>
        `.${way}-${nth + 1}{background:color-mix(in srgb,var(--${colour}) ${share / 2.2}%,var(--card))}`,
    ),
  )
  .join("");

/** The whole of it. Rules, not attributes: the page's policy allows no other. */
export const style = `:root{${light}}
@media screen and (prefers-color-scheme:dark){:root:not(:has(#theme-light:checked)):not(.paper){${dark}}}
@media screen{:root:has(#theme-dark:checked):not(.paper){${dark}}}
:root:has(#lang-en:checked) [lang=zh-Hant],:root:has(#lang-zh:checked) [lang=en]{display:none}
*{box-sizing:border-box}
html{scroll-padding-top:3.4rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,"Segoe UI","Noto Sans","Noto Sans CJK TC","PingFang TC","Microsoft JhengHei",sans-serif}
a{color:var(--gain)}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:.5rem;top:.5rem;background:var(--card);padding:.5rem;z-index:9}
header,main,footer{max-width:72rem;margin:0 auto;padding:0 1rem}
.bar-top{position:sticky;top:0;z-index:5;background:var(--page);border-bottom:1px solid var(--edge)}
.bar-top>div{max-width:72rem;margin:0 auto;padding:.4rem 1rem;display:flex;gap:.3rem 1rem;align-items:center;justify-content:space-between}
nav{display:flex;gap:.9rem;overflow-x:auto;white-space:nowrap;font-size:.88rem;flex:1;min-width:0}
nav a{text-decoration:none;padding:.2rem 0}nav a:hover{text-decoration:underline}
.switch{border:0;margin:0;padding:0;display:flex;font-size:.8rem;flex:none}
.switch legend{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.switch label{border:1px solid var(--edge);padding:.12rem .5rem;margin-left:-1px;background:var(--card);cursor:pointer;white-space:nowrap}
.switch label:first-of-type{border-radius:.4rem 0 0 .4rem}.switch label:last-of-type{border-radius:0 .4rem .4rem 0}
.switch input,.tabs>input{position:absolute;opacity:0;width:1px;height:1px}
.switch input:checked+label,.tabs>input:checked+label{background:var(--ink);color:var(--page);border-color:var(--ink)}
.switch input:focus-visible+label,.tabs>input:focus-visible+label{outline:2px solid var(--focus);outline-offset:2px}
.switches{display:flex;gap:.5rem;flex:none}
h1{font-size:1.5rem;line-height:1.25;margin:1.4rem 0 .2rem;overflow-wrap:anywhere}
h2{font-size:1.15rem;margin:0 0 .5rem}h3{font-size:.98rem;margin:1.1rem 0 .35rem}
.badge{display:inline-block;border:1px solid var(--quiet);border-radius:.35rem;padding:0 .45rem;font-size:.8rem;font-weight:600;letter-spacing:.02em;vertical-align:.15em}
.sub{color:var(--ink-2);margin:0 0 1rem;overflow-wrap:anywhere}
main>section,.lacks{background:var(--card);border:1px solid var(--edge);border-radius:.6rem;padding:1rem 1.1rem;margin:0 0 1rem}
.lacks{background:var(--warn);border-color:var(--warn-edge);border-left-width:.35rem}.lacks h2{font-size:1rem;margin-top:.4rem}.lacks p{margin:.2rem 0}.lacks ul{margin:.2rem 0;padding-left:1.2rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.6rem;margin:0 0 1rem;padding:0}
.tiles>div{background:var(--card);border:1px solid var(--edge);border-radius:.6rem;padding:.55rem .8rem;min-width:0}
.tiles dt::first-letter{text-transform:uppercase}.tiles dt{font-size:.8rem;color:var(--ink-2)}.tiles dd{margin:0;font-size:1.2rem;font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}.tiles small{display:block;font-size:.72rem;font-weight:400;line-height:1.3;color:var(--ink-2)}
.runs{margin:.2rem 0 1rem}.runs>div{display:flex;gap:.6rem}.runs dt{font-weight:700}.runs dd{margin:0;overflow-wrap:anywhere}
.gain{color:var(--gain)}.loss{color:var(--loss)}
.how{color:var(--ink-2);font-size:.82rem;margin:.2rem 0 .6rem;overflow-wrap:anywhere}
ol.how{padding-left:1.3rem}
figure{margin:.2rem 0 1rem}figcaption{margin:.2rem 0}
.chart{width:100%;min-height:240px;min-width:0;overflow:hidden}
.scroll{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;width:100%;font-size:.86rem;font-variant-numeric:tabular-nums}
caption{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
th,td{padding:.26rem .5rem;text-align:right;border-bottom:1px solid var(--grid);white-space:nowrap}
th:first-child{text-align:left}tbody th{font-weight:400;white-space:normal;overflow-wrap:anywhere;min-width:min(11.5rem,32vw)}
thead th{color:var(--ink-2);font-weight:600;vertical-align:bottom;border-bottom-color:var(--edge)}
tfoot th,tfoot td{font-weight:700;border-top:2px solid var(--edge);border-bottom:0}
.facts td{white-space:normal;overflow-wrap:anywhere;text-align:left}.facts th{width:12rem}
td.wide{width:48%;padding:.26rem 0}
.bar{display:block;width:100%;min-width:5rem;height:1.05rem}
.bar .gain{fill:var(--gain-bg)}.bar .loss{fill:var(--loss-bg)}.bar .total{fill:var(--quiet)}.bar .zero{stroke:var(--quiet);stroke-width:.6}
.heat{min-width:38rem}.heat td{text-align:center;border:1px solid var(--card)}.heat thead th{text-align:center}.heat tbody th{min-width:3rem}
${heat}
.cards{columns:2 22rem;column-gap:1.4rem}.card{break-inside:avoid-column;margin:0 0 1.1rem}.card h3{margin-top:0}
.card td{white-space:normal;overflow-wrap:anywhere}
.tabs{display:flex;flex-wrap:wrap}.tabs>label{order:1;border:1px solid var(--edge);padding:.15rem .7rem;margin:0 .3rem .5rem 0;border-radius:.4rem;cursor:pointer;font-size:.85rem}
.tab{order:2;width:100%;display:none}.tabs>input:checked+label+.tab{display:block}
.proof{font-weight:600;margin:.6rem 0 0;color:var(--gain)}.proof.alarm{color:var(--loss);border:2px solid var(--loss-bg);padding:.4rem .6rem;border-radius:.4rem}
details{margin:.4rem 0}summary{cursor:pointer;color:var(--ink-2);font-size:.86rem}
.warnings{padding-left:1.2rem}
footer{color:var(--ink-2);font-size:.82rem;padding-bottom:2rem}
code{font-size:.85em;overflow-wrap:anywhere}
.u-legend{font-size:.8rem}.u-legend th,.u-legend td{border:0;padding:.1rem .25rem;min-width:0}.u-legend .u-marker{border-radius:50%}
.u-select{background:var(--gain-bg);opacity:.15}.u-cursor-x,.u-cursor-y{border-color:var(--quiet)}
@media (max-width:40rem){header,main,footer{padding:0 .6rem}main>section,.lacks{padding:.7rem .7rem}.bar-top>div{flex-wrap:wrap;padding:.3rem .6rem}nav{flex-basis:100%;order:2}.switches{width:100%;justify-content:space-between}h1{font-size:1.2rem}.tiles{grid-template-columns:1fr 1fr}.tiles dd{font-size:1.02rem}.facts th{width:7.5rem}td.wide{width:34%}.bar{min-width:3.5rem}}
@media print{@page{margin:14mm}body{background:#fff;font-size:10pt}.bar-top,.skip,.keys,details:not([open]),noscript{display:none}header,main,footer{max-width:none;padding:0}main>section,.lacks,.tiles>div{border-color:#bbb;break-inside:auto}figure,tr,.tiles>div,.chart{break-inside:avoid}.card{break-inside:auto}h2,h3{break-after:avoid}.scroll{overflow:visible}table{font-size:8.4pt}th,td{padding:.14rem .3rem}.heat{min-width:0}.tabs>input,.tabs>label{display:none}.tabs>input:checked+label{display:block;background:none;color:inherit}.tab{break-inside:avoid}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}`;

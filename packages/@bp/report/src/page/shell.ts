// The document around a page's content: head, policy, switches, script. Nothing in it asks for anything outside.
import { type Chart, chartJson } from "./chart.ts";
import { startPage } from "./client.ts";
import { type Html, html, jsonMarkup, trusted } from "./html.ts";
import { style } from "./style.ts";
import { type Both, both, say } from "./words.ts";

/** What a page is made with, beside its content. */
export interface PageOptions {
  /** uPlot's own files: `uPlot.iife.min.js` and `uPlot.min.css`, as text. */
  readonly chart: { readonly script: string; readonly style: string };
  /** SHA-256 of a text's UTF-8, in base64: the page allows its own scripts and styles by it, and no others. */
  readonly sha256: (text: string) => string;
  /** Shown first; the reader can switch. */
  readonly language: "en" | "zh";
}

/** A whole document. */
export function documentOf(
  title: Both,
  links: readonly { readonly id: string; readonly name: Html }[],
  content: Html,
  charts: readonly Chart[],
  { chart, sha256, language }: PageOptions,
): string {
  const scripts = [chart.script, `(${String(startPage)})();`].map((each) => own("script", each));
  const styles = [chart.style, style].map((each) => own("style", each));
  const allow = (texts: readonly string[]) => texts.map((each) => `'sha256-${sha256(each)}'`).join(" ");
  const policy = `default-src 'none'; script-src ${allow(scripts)}; style-src ${allow(styles)}; base-uri 'none'; form-action 'none'`;
  const page = html`<!doctype html>
<html lang="${language === "zh" ? "zh-Hant" : "en"}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title[language]}</title>
${styles.map((each) => trusted(`<style>${each}</style>\n`))}</head>
<body data-title-en="${title.en}" data-title-zh="${title.zh}">
<a class="skip" href="#content">${say("contents")}</a>
<div class="bar-top"><div><nav aria-label="contents">${links.map(({ id, name }) => html`<a href="#${id}">${name}</a>`)}</nav><div class="switches">${choice(
    "lang",
    "language",
    [
      ["en", { en: "English", zh: "English" }],
      ["zh", { en: "中文", zh: "中文" }],
    ],
    language,
  )}${choice(
    "theme",
    "theme",
    [
      ["auto", { en: "auto", zh: "自動" }],
      ["light", { en: "light", zh: "淺色" }],
      ["dark", { en: "dark", zh: "深色" }],
    ],
    "auto",
  )}</div></div></div>
${content}
<script type="application/json" id="data">${trusted(jsonMarkup(charts.map(chartJson)))}</script>
${scripts.map((each) => trusted(`<script>${each}</script>\n`))}</body>
</html>
`;
  return page.markup;
}

/** A switch of radio buttons: it works without a script. */
function choice(
  name: string,
  legend: "language" | "theme",
  options: readonly (readonly [string, Both])[],
  chosen: string,
): Html {
  return html`<fieldset class="switch"><legend>${say(legend)}</legend>${options.map(
    ([key, text]) =>
      html`<input type="radio" name="${name}" id="${name}-${key}" value="${key}" autocomplete="off"${key === chosen ? html` checked` : ""}><label for="${name}-${key}">${both(text)}</label>`,
  )}</fieldset>`;
}

/** The text of an element as a browser hashes it. @throws RangeError if it would end its own element */
function own(element: "script" | "style", text: string): string {
  const clean = text.replace(/\r\n?/g, "\n").replaceAll("\0", "");
  if (new RegExp(`</${element}|<!--`, "i").test(clean))
    throw new RangeError(`the ${element} of a page cannot hold its own end`);
  return clean;
}

// What a result rests on: the run, its models, seed and data, and what it leaves out.
import type { AnalysisMeta } from "../../analysis/meta.ts";
import { type Html, html } from "../html.ts";
import { fixed, lengthText, momentText, moneyText, percentText } from "../numbers.ts";
import { table } from "../table.ts";
import { say } from "../words.ts";

/** Lines of a list that are shown. */
const mostLines = 60;

const capitalFrom = {
  told: "capitalTold",
  balances: "capitalBalances",
  "largest-exposure": "capitalExposure",
  unknown: "unknown",
} as const;

/** What the result leaves out: it stands near the top, because it decides what the rest is worth. */
export function lacksPart({ mode, lacks }: AnalysisMeta): Html {
  const simulated = mode === "live" ? html`` : html`<p><strong>${say("simulated")}</strong></p>`;
  const list = lacks.length === 0 ? html`<p>${say("noLacks")}</p>` : lines(lacks);
  return html`<aside class="lacks" aria-label="lacks">${simulated}<h2>${say("lacks")}</h2>${list}</aside>`;
}

/** Everything else. */
export function aboutPart(meta: AnalysisMeta, trials: number): Html {
  const { orders, capital } = meta;
  const counts = (["placed", "filled", "cancelled", "rejected", "expired", "gone", "doubted"] as const).filter(
    (each) => orders[each] > 0,
  );
  const rows = [
    [say("mode"), meta.mode],
    [say("strategies"), meta.strategy ?? "–"],
    [say("markets"), meta.markets.slice(0, mostLines).join(" ")],
    [say("period"), `${momentText(meta.from)} – ${momentText(meta.to)}`],
    [
      say("capital"),
      html`${moneyText(capital.amount).replace("+", "")} ${meta.quote} (${say(capitalFrom[capital.from])})`,
    ],
    [say("sampling"), lengthText(meta.sampleMs)],
    [say("perYear"), fixed(meta.periodsPerYear, 0)],
    [say("riskFree"), percentText(meta.riskFreeRate, 2)],
    [say("orders"), html`${counts.map((each) => html`${say(each)} ${fixed(orders[each], 0)} `)}`],
    [say("fills"), fixed(meta.fills, 0)],
    ...(meta.externalFills > 0
      ? [[say("external"), { cell: fixed(meta.externalFills, 0), tone: "loss" as const }]]
      : []),
    ...(meta.unconverted.length > 0
      ? [[say("unconverted"), { cell: meta.unconverted.slice(0, mostLines).join(" "), tone: "loss" as const }]]
      : []),
    [say("seed"), meta.seed === null ? "–" : String(meta.seed)],
    [say("digest"), html`<code>${meta.dataDigest ?? "–"}</code>`],
    [say("trials"), fixed(trials, 0)],
  ];
  return html`<div class="facts">${table(say("about"), ["", ""], rows)}</div><h3>${say("models")}</h3>${meta.models.length === 0 ? html`<p>–</p>` : lines(meta.models)}`;
}

function lines(texts: readonly string[]): Html {
  return html`<ul>${texts.slice(0, mostLines).map((each) => html`<li>${each}</li>`)}</ul>${texts.length > mostLines ? html`<p>+ ${texts.length - mostLines}</p>` : ""}`;
}

// What a result rests on: the run, its models, seed and data, and what it leaves out.
import type { AnalysisMeta } from "../../analysis/meta.ts";
import { chineseOf } from "../../chinese/chinese.ts";
import { factsOf } from "../facts.ts";
import { type Html, html } from "../html.ts";
import { table } from "../table.ts";
import { both, say } from "../words.ts";

/** Lines of a list that are shown. */
const mostLines = 60;

/** What the result leaves out: it stands near the top, because it decides what the rest is worth. */
export function lacksPart({ mode, lacks }: AnalysisMeta): Html {
  const simulated = mode === "live" ? html`` : html`<p><strong>${say("simulated")}</strong></p>`;
  const list = lacks.length === 0 ? html`<p>${say("noLacks")}</p>` : lines(lacks);
  return html`<aside class="lacks" aria-label="lacks">${simulated}<h2>${say("lacks")}</h2>${list}</aside>`;
}

/** Everything else. */
export function aboutPart(meta: AnalysisMeta, trials: number | null): Html {
  const rows = factsOf(meta, trials).map(({ word, said, alarm, code }) => {
    const text = both({ en: said("en"), zh: said("zh") });
    return [
      say(word),
      { cell: code === true ? html`<code>${text}</code>` : text, tone: alarm === true ? ("loss" as const) : undefined },
    ];
  });
  return html`<div class="facts">${table(say("about"), ["", ""], rows)}</div><h3>${say("models")}</h3>${meta.models.length === 0 ? html`<p>–</p>` : lines(meta.models)}`;
}

function lines(texts: readonly string[]): Html {
  return html`<ul>${texts.slice(0, mostLines).map((each) => html`<li>${both({ en: each, zh: chineseOf(each) })}</li>`)}</ul>${texts.length > mostLines ? html`<p>+ ${texts.length - mostLines}</p>` : ""}`;
}

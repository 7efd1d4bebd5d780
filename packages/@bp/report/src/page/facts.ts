// What a result rests on, fact by fact: the same on the page and in the full text.
import type { Analysis } from "../analysis/analysis.ts";
import type { AnalysisMeta } from "../analysis/meta.ts";
import type { Look } from "../text/look.ts";
import { fixed, lengthText, momentText, moneyText, percentText } from "./numbers.ts";
import { words } from "./words.ts";

type Language = Look["language"];

/** One fact, in a language. */
interface Fact {
  readonly word: keyof typeof words;
  readonly said: (language: Language) => string;
  /** Something that is missing in the sums. */
  readonly alarm?: true;
  /** A text of the kind that one copies. */
  readonly code?: true;
}

const capitalFrom = {
  told: "capitalTold",
  balances: "capitalBalances",
  "largest-exposure": "capitalExposure",
  unknown: "unknown",
} as const;

const ends = ["placed", "filled", "cancelled", "rejected", "expired", "gone", "doubted"] as const;
/** Names of a list that are shown. */
const most = 60;

/** @param trials - how many configurations were tried; `null`: not told */
export function factsOf(meta: AnalysisMeta, trials: number | null): readonly Fact[] {
  const { orders, capital } = meta;
  const fact = (word: Fact["word"], text: string): Fact => ({ word, said: () => text });
  return [
    fact("mode", meta.mode),
    fact("strategies", meta.strategy ?? "–"),
    fact("markets", meta.markets.slice(0, most).join(" ")),
    fact("period", `${momentText(meta.from)} – ${momentText(meta.to)} (${lengthText(meta.to - meta.from)})`),
    {
      word: "capital",
      said: (language) =>
        `${moneyText(capital.amount).replace("+", "")} ${meta.quote} (${words[capitalFrom[capital.from]][language]})`,
    },
    fact("sampling", lengthText(meta.sampleMs)),
    fact("perYear", fixed(meta.periodsPerYear, 0)),
    fact("riskFree", percentText(meta.riskFreeRate, 2)),
    {
      word: "orders",
      said: (language) =>
        ends
          .filter((each) => orders[each] > 0)
          .map((each) => `${words[each][language]} ${fixed(orders[each], 0)}`)
          .join(", "),
    },
    fact("fills", fixed(meta.fills, 0)),
    ...(meta.externalFills > 0 ? [{ ...fact("external", fixed(meta.externalFills, 0)), alarm: true } as const] : []),
    ...(meta.unconverted.length > 0
      ? [{ ...fact("unconverted", meta.unconverted.slice(0, most).join(" ")), alarm: true } as const]
      : []),
    fact("seed", meta.seed === null ? "–" : String(meta.seed)),
    { ...fact("digest", meta.dataDigest ?? "–"), code: true },
    { word: "trials", said: (language) => (trials === null ? words.untold[language] : fixed(trials, 0)) },
  ];
}

/** The same as lines of text. */
export function factLines({ meta, confidence }: Analysis, { language }: Look): readonly string[] {
  return factsOf(meta, confidence.trials).map(({ word, said }) => `${words[word][language]}: ${said(language)}`);
}

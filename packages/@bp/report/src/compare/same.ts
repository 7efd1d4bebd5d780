// Whether two runs can be compared at all: what differs besides what one wants to know.
import type { AnalysisMeta } from "../analysis/meta.ts";
import { lengthText, momentText } from "../page/numbers.ts";
import type { Both } from "../page/words.ts";

/** `null` where one of the two does not say. */
export interface Same {
  readonly data: boolean | null;
  readonly models: boolean;
  readonly seed: boolean | null;
  readonly period: boolean;
  readonly markets: boolean;
  readonly mode: boolean;
  readonly quote: boolean;
  readonly capital: boolean;
  readonly sampling: boolean;
}

/** Looks at what both rest on. */
export function sameOf(a: AnalysisMeta, b: AnalysisMeta): Same {
  const known = <T>(one: T | null, other: T | null) => (one === null || other === null ? null : one === other);
  return {
    data: known(a.dataDigest, b.dataDigest),
    models: sameList(a.models, b.models),
    seed: known(a.seed, b.seed),
    period: a.from === b.from && a.to === b.to,
    markets: sameList(a.markets, b.markets),
    mode: a.mode === b.mode,
    quote: a.quote === b.quote,
    capital: a.capital.amount === b.capital.amount && a.capital.from === b.capital.from,
    sampling: a.sampleMs === b.sampleMs && a.riskFreeRate === b.riskFreeRate,
  };
}

/** What a person must know before he believes a difference, the gravest first. */
export function warningsOf(a: AnalysisMeta, b: AnalysisMeta, same: Same): readonly Both[] {
  const said: Both[] = [];
  const say = (isSo: boolean, en: string, zh: string) => {
    if (isSo) said.push({ en, zh });
  };
  say(
    !same.quote,
    `money is in different assets, ${a.quote} and ${b.quote}: sums are not compared`,
    `計價幣不同（${a.quote}、${b.quote}）：金額不作比較`,
  );
  say(same.data === false, "they ran over different data", "資料不同");
  say(
    same.data === null && a.mode !== "live" && b.mode !== "live",
    "whether the data are the same is not known: one has no digest",
    "無法確定資料是否相同：其中之一沒有摘要",
  );
  say(
    !same.markets,
    `different markets: ${a.markets.join(" ")} and ${b.markets.join(" ")}`,
    `市場不同：${a.markets.join(" ")} 與 ${b.markets.join(" ")}`,
  );
  say(!same.mode, `one is ${a.mode}, the other ${b.mode}`, `模式不同：${a.mode} 與 ${b.mode}`);
  say(!same.period, `different times: ${spanText(a)} and ${spanText(b)}`, `期間不同：${spanText(a)} 與 ${spanText(b)}`);
  for (const [line, of] of apart(a.models, b.models))
    say(
      true,
      `only ${of === "a" ? "the first" : "the other"} was modelled by "${line}"`,
      `僅${of === "a" ? "前者" : "後者"}使用模型「${line}」`,
    );
  say(same.seed === false, `different seeds: ${a.seed} and ${b.seed}`, `種子不同：${a.seed} 與 ${b.seed}`);
  say(
    !same.capital,
    `returns are fractions of different capitals: ${capitalText(a)} and ${capitalText(b)}`,
    `報酬率的資金不同：${capitalText(a)} 與 ${capitalText(b)}`,
  );
  say(
    !same.sampling,
    `equity was looked at every ${lengthText(a.sampleMs)} and every ${lengthText(b.sampleMs)}: figures of risk are made of different samples`,
    `權益取樣間隔不同（${lengthText(a.sampleMs)}、${lengthText(b.sampleMs)}）：風險指標的樣本不同`,
  );
  return said;
}

const sameList = (a: readonly string[], b: readonly string[]) => {
  const [one, other] = [a.toSorted(), b.toSorted()];
  return one.length === other.length && one.every((each, nth) => each === other[nth]);
};

function apart(a: readonly string[], b: readonly string[]): (readonly [string, "a" | "b"])[] {
  const only = (one: readonly string[], other: readonly string[], of: "a" | "b") =>
    one
      .filter((each) => !other.includes(each))
      .slice(0, 20)
      .map((each) => [each, of] as const);
  return [...only(a, b, "a"), ...only(b, a, "b")];
}

const spanText = ({ from, to }: AnalysisMeta) => `${momentText(from)} – ${momentText(to)}`;
const capitalText = ({ capital, quote }: AnalysisMeta) => `${capital.amount} ${quote} (${capital.from})`;

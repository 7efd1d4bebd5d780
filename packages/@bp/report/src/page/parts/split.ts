// Where the profit came from: a waterfall for each horizon, and whether its parts are the whole.
import { Big } from "@bp/core";
import type { ProfitSplit, SelectionAt } from "../../analysis/split.ts";
import { type Html, html } from "../html.ts";
import { decimalOf, lengthText, moneyText } from "../numbers.ts";
import { bar, scaleOf } from "../svg.ts";
import { table, toneOf } from "../table.ts";
import { say, type words } from "../words.ts";

/** One part, as it enters the sum. */
interface Piece {
  readonly word: keyof typeof words;
  readonly amount: Big | undefined;
}

/** What the parts of a horizon come to. */
export interface SplitSum {
  readonly horizonMs: number;
  readonly pieces: readonly Piece[];
  /** `undefined` where a part is no decimal text. */
  readonly sum: Big | undefined;
  /** Sum less the change of equity; 0 where it adds up. */
  readonly difference: Big | undefined;
}

/** Adds the parts of one horizon up, exactly. */
export function splitSum(profit: ProfitSplit, { horizonMs, adverse, inventory }: SelectionAt): SplitSum {
  const minus = (text: string) => decimalOf(text)?.neg();
  const pieces: Piece[] = [
    { word: "spread", amount: decimalOf(profit.spread) },
    { word: "adverse", amount: minus(adverse) },
    { word: "inventory", amount: decimalOf(inventory) },
    { word: "carried", amount: decimalOf(profit.carried) },
    { word: "fees", amount: minus(profit.fees) },
    { word: "rebates", amount: decimalOf(profit.rebates) },
    { word: "feeDrift", amount: decimalOf(profit.feeDrift) },
    { word: "funding", amount: decimalOf(profit.funding) },
  ];
  const sum = pieces.reduce<Big | undefined>(
    (all, { amount }) => (all === undefined || amount === undefined ? undefined : all.plus(amount)),
    new Big(0),
  );
  const whole = decimalOf(profit.equityChange);
  return {
    horizonMs,
    pieces,
    sum,
    difference: sum === undefined || whole === undefined ? undefined : sum.minus(whole),
  };
}

/** All horizons, one open at a time by radio buttons; on paper all of them. */
export function splitPart(id: string, profit: ProfitSplit, quote: string): Html {
  const chosen = Math.min(2, profit.selection.length - 1);
  const whole = decimalOf(profit.equityChange);
  const sums = profit.selection.map((each) => splitSum(profit, each));
  return html`<p class="how">${say("splitHow")}</p><div class="tabs">${sums.map(
    (sum, nth) =>
      html`<input type="radio" name="${id}-horizon" id="${id}-h${nth}"${nth === chosen ? html` checked` : ""}><label for="${id}-h${nth}">${say("after")} ${lengthText(sum.horizonMs)}</label><div class="tab">${waterfall(sum, whole, profit, quote)}</div>`,
  )}</div>`;
}

function waterfall(
  { pieces, sum, difference }: SplitSum,
  whole: Big | undefined,
  profit: ProfitSplit,
  quote: string,
): Html {
  const bounds: number[] = [0];
  for (const { amount } of pieces) bounds.push((bounds.at(-1) ?? 0) + (amount?.toNumber() ?? 0));
  const scale = scaleOf([...bounds, whole?.toNumber() ?? 0]);
  const money = (amount: Big | undefined) => ({
    cell: moneyText(amount?.toFixed() ?? ""),
    tone: toneOf(amount?.toNumber()),
  });
  const rows = pieces.map(({ word, amount }, nth) => [
    say(word),
    { cell: bar(bounds[nth] ?? 0, bounds[nth + 1] ?? 0, scale), wide: true },
    money(amount),
  ]);
  const total = (word: "sum" | "equityChange", amount: Big | undefined) => [
    say(word),
    { cell: bar(0, amount?.toNumber() ?? 0, scale, "total"), wide: true },
    money(amount),
  ];
  const adds = difference?.eq(0) === true && decimalOf(profit.residual)?.eq(0) === true;
  const proof = adds
    ? html`<p class="proof">✓ ${say("adds")}</p>`
    : html`<p class="proof alarm">✗ ${say("addsNot")} ${difference === undefined ? "–" : difference.toFixed()}; ${profit.residual}</p>`;
  return html`${table(say("split"), ["", "", quote], [...rows, total("sum", sum)], total("equityChange", whole))}${proof}`;
}

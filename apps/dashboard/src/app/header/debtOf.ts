// What is not hedged, over all pairs, in one figure.
import type { PairNow } from "../../contract/index.ts";
import { plus, signOf } from "../../panes/decimal.ts";

/** Quote, not signed; `?` where one of them is not known. */
export function debtOf(pairs: readonly Pick<PairNow, "debt" | "notional">[]): string {
  let sum = "0";
  for (const { debt, notional } of pairs) {
    if (signOf(debt) === 0) continue;
    const added = plus(sum, notional?.replace(/^-/, ""));
    if (debt === undefined || added === undefined) return "?";
    sum = added;
  }
  return sum;
}

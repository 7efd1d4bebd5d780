// The debt of a pair against the time that it may last.
import type { Moment, PairNow } from "../../contract/index.ts";
import { share } from "../decimal.ts";

/** `hedged`; `unknown`: a leg is not known; `open`: within its time; `late`: beyond it. */
export type DebtState = "hedged" | "unknown" | "open" | "late";

/** How long a pair has been unhedged. */
export interface DebtClock {
  readonly state: DebtState;
  /** ms; left out while it is hedged. */
  readonly forMs?: number;
  /** Of the time that it may last, 0 to 1. */
  readonly share: number;
}

/** @param now - by the market's clock, as `since` is */
export function debtClock(
  { debt, since, maxNakedMs }: Pick<PairNow, "debt" | "since" | "maxNakedMs">,
  now: Moment,
): DebtClock {
  if (since === undefined) return { state: debt === undefined ? "unknown" : "hedged", share: 0 };
  const forMs = Math.max(0, now - since);
  return { state: forMs > maxNakedMs ? "late" : "open", forMs, share: maxNakedMs > 0 ? share(forMs, maxNakedMs) : 1 };
}

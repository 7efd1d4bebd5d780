// What stands between bids and asks, and how far the book is to be believed.
import type { MarketNow, Moment, Text } from "../../contract/index.ts";
import { compare, minus, over, plus, times } from "../decimal.ts";

/** Best prices, and what lies between them. */
export interface TouchNow {
  readonly bid?: Text;
  readonly ask?: Text;
  /** Quote per base; below 0 where the book is crossed. */
  readonly spread?: Text;
  /** Hundredths of a percent of the mid, one digit after the point. */
  readonly spreadBps?: Text;
  readonly mid?: Text;
  readonly crossed: boolean;
}

/** Of an empty side nothing is known, and so nothing between the sides. */
export function touchNow({ bids, asks }: Pick<MarketNow, "bids" | "asks">): TouchNow {
  const [bid, ask] = [bids[0]?.[0], asks[0]?.[0]];
  const spread = minus(ask, bid);
  const mid = over(plus(bid, ask), "2", 18);
  const spreadBps = over(times(spread, "10000"), mid, 1);
  return {
    ...(bid === undefined ? {} : { bid }),
    ...(ask === undefined ? {} : { ask }),
    ...(spread === undefined ? {} : { spread }),
    ...(spreadBps === undefined ? {} : { spreadBps }),
    ...(mid === undefined ? {} : { mid }),
    crossed: bid !== undefined && ask !== undefined && compare(bid, ask) >= 0,
  };
}

/** `none`: never seen; `invalid`: nothing quotes from it; `old`: has not changed for a while; `good`. */
export type Belief = "none" | "invalid" | "old" | "good";

/** A book that has not changed for so long is worth a look, ms: what the bot's own rule takes for stale by default. */
const oldMs = 5_000;

/** How far a book is to be believed, and how old it is in ms. */
export function beliefIn(
  { bookIsValid, bookAt }: Pick<MarketNow, "bookIsValid" | "bookAt">,
  now: Moment,
): { readonly belief: Belief; readonly ageMs?: number } {
  if (bookAt === 0) return { belief: "none" };
  const ageMs = Math.max(0, now - bookAt);
  if (!bookIsValid) return { belief: "invalid", ageMs };
  return { belief: ageMs > oldMs ? "old" : "good", ageMs };
}

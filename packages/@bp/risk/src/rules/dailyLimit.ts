// Rule: a day that has taken too much loss begins nothing new before the next one.
import {
  Big,
  bigToDecimal,
  type Decimal,
  decimal,
  type InstrumentId,
  type RiskRule,
  type View,
  weighs,
} from "@bp/core";
import { hedges, type Pair, pairScale } from "../pairs.ts";

/** What counts. */
export interface DailyLimitOptions {
  /** The markets whose results count; their quote currencies count alike. */
  readonly markets: readonly InstrumentId[];
  /** What brings one of these nearer to nothing passes too: a hedge must not be left half done. */
  readonly pairs?: readonly Pair[];
}

/** What the rule remembers of a day. */
export interface Taken {
  /** Days since 1970-01-01 UTC; -1 before the first event. */
  readonly day: number;
  /** Realized result when the day began, quote. */
  readonly start: Decimal;
  /** Realized result now, quote. */
  readonly now: Decimal;
  /** Why nothing new may be begun today. */
  readonly over: string | undefined;
}

/**
 * Refuses what adds risk once the realized result (profit taken, funding, less fees) has fallen by `limit` since 00:00 UTC,
 * until the next day. Open losses do not count, reductions go on, nothing halts, and a person's resume changes nothing.
 *
 * @param limit - quote, above 0, as decimal text
 */
export function dailyLimit(limit: string, { markets, pairs = [] }: DailyLimitOptions): RiskRule<Taken> {
  const most = decimal(limit);
  const scaled = pairs.map(pairScale);
  return {
    name: "daily-limit",
    start: () => ({ day: -1, start: zero, now: zero, over: undefined }),
    remember: (memory, event, view) => {
      if (!weighs(event) || event.type === "mark.changed") return memory;
      const realized = realizedIn(view, markets);
      if (realized === undefined) return memory;
      const day = Math.floor(view.now / 86_400_000);
      const now = bigToDecimal(realized);
      if (day === memory.day && now === memory.now) return memory;
      const start = day === memory.day ? memory.start : memory.day === -1 ? zero : memory.now;
      const lost = new Big(start).minus(realized);
      const over = lost.lt(most)
        ? undefined
        : `took ${lost.toFixed()} of losses since 00:00 UTC, limit ${limit}: nothing new until the next day`;
      return { day, start, now, over };
    },
    check: (intent, view, pass, { over }) =>
      over === undefined || pass.reduces || hedges(scaled, view, pass, intent.instrument, intent.kind)
        ? { pass: intent }
        : { refuse: over },
  };
}

const zero = decimal("0");

function realizedIn(view: View, markets: readonly InstrumentId[]): Big | undefined {
  let sum = new Big(0);
  for (const id of markets) {
    const holding = view.holding(id);
    if (holding === undefined) return undefined;
    sum = sum.plus(holding.realized).plus(holding.funding).minus(holding.fees);
  }
  return sum;
}

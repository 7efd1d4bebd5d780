// A small subject: one market, and a strategy that quotes both sides.
import { type AnyStrategy, instrument, lots, type Quote, type RiskRule, type Side, ticks } from "@bp/core";
import { createEngine } from "@bp/engine";
import type { Subject } from "./subject.ts";

/** The market. */
export const perp = instrument({
  id: "backpack:SOL_USDC_PERP",
  kind: "perp",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
});

/** Quotes one level on either side of the mid, whatever it holds. @param named - what its slots begin with */
const quoter = (named: string): AnyStrategy => ({
  name: "quoter",
  params: { parse: (input) => input },
  instruments: () => [perp.id],
  start: () => undefined,
  want: (view) => {
    const mid = view.book(perp.id).mid();
    if (mid === undefined) return [];
    const quote = (side: Side, price: number): Quote => ({
      kind: "quote",
      instrument: perp.id,
      slot: `${named}${side}`,
      side,
      price: ticks(price),
      size: lots(20),
      postOnly: true,
    });
    return [quote("buy", Math.floor(mid) - 20), quote("sell", Math.ceil(mid) + 20)];
  },
});

/** How its engines are made. */
interface EngineChanges {
  /** Whose order numbers they give; default 1. */
  readonly run?: number;
  /** What the slots of its quotes begin with; default nothing. */
  readonly slots?: string;
  readonly rules?: readonly RiskRule[];
}

/** The subject, with what a test changes. */
export function subjectWith(
  changes: Partial<Subject> = {},
  { run = 1, slots = "", rules = [] }: EngineChanges = {},
): Subject {
  return {
    instruments: [perp],
    exchanges: [{ name: "backpack", instruments: [perp] }],
    accounts: [{ venue: "backpack", name: "me", balances: { USDC: "10000" } }],
    prices: { SOL: 150 },
    engine: () =>
      createEngine({
        run,
        instruments: [perp],
        strategies: [{ strategy: quoter(slots), params: {} }],
        rules,
        graceMs: 6_000,
      }),
    bounds: {
      staleMs: 60_000,
      priceBand: { [perp.id]: 0.1 },
      maxPosition: {},
      maxMarketNotional: {},
      maxOrderNotional: undefined,
      maxLeverage: undefined,
      rate: { orders: 1_000, windowMs: 1_000 },
      naked: [],
      graceMs: 6_000,
      askEveryMs: 60_000,
    },
    existing: "ignore",
    said: [],
    secrets: [],
    ...changes,
  };
}

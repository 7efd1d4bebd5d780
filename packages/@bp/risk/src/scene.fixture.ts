// A small world for the tests of rules: what it says is set by hand, and wishes are put to a gate.
import {
  type AnyRule,
  type Balance,
  Big,
  clientId,
  type Event,
  type Hold,
  type Holding,
  type InstrumentId,
  type Intent,
  instrument,
  type Level,
  lots,
  millis,
  type News,
  type OrderView,
  type Quote,
  type Side,
  ticks,
  unrealizedAt,
  type View,
} from "@bp/core";
import { createGate, type Judgement } from "./gate.ts";

const sketch = { base: "SOL", quote: "USDC", tickSize: "0.01", lotSize: "0.01" };
/** SOL_USDC_PERP on a grid of 0.01 and 0.01; initial margin 2 %. */
export const perp = instrument({ ...sketch, id: "backpack:SOL_USDC_PERP", kind: "perp" });
/** The same market through a second account. */
export const perp2 = instrument({ ...sketch, id: "backpack-2:SOL_USDC_PERP", kind: "perp" });
/** SOL_USDC. */
export const spot = instrument({ ...sketch, id: "backpack:SOL_USDC", kind: "spot" });
/** Another perpetual that shares the first one's wallet. */
export const perpB = instrument({ ...sketch, id: "backpack:JTO_USDC_PERP", kind: "perp", base: "JTO" });
/** The same base on another venue, in lots of 0.1. */
export const far = instrument({
  ...sketch,
  id: "aster-futures:SOLUSDT",
  kind: "perp",
  quote: "USDT",
  lotSize: "0.1",
});
const markets = new Map([perp, perp2, spot, perpB, far].map((each) => [each.id, each]));

/** What a test sets; read anew at every look. Prices in ticks, sizes in lots. */
export interface World {
  now: number;
  halted: string | undefined;
  bid: Level | undefined;
  ask: Level | undefined;
  bookAt: number;
  mark: { readonly price: number; readonly at: number } | undefined;
  /** When a perpetual pays next; all marks are told with it. */
  readonly fundingAt: Record<InstrumentId, number>;
  profit: string;
  /** By asset, or by `venue/asset` where venues differ. */
  readonly balances: Record<string, string | undefined>;
  readonly holdings: Record<InstrumentId, Holding>;
  /** What the account holds beyond ours; 0 where it is not named. */
  readonly externals: Record<InstrumentId, number>;
  /** Of all strategies together, and of strategy `a`, which asks. */
  readonly positions: Record<InstrumentId, number | undefined>;
  readonly orders: OrderView[];
}

/** A world at 150.00 with nothing held, 1000 USDC and 5 SOL, and no orders. */
export function world(): World {
  return {
    now: 1_000_000,
    halted: undefined,
    bid: [ticks(14_999), lots(100)],
    ask: [ticks(15_001), lots(100)],
    bookAt: 1_000_000,
    mark: undefined,
    fundingAt: {},
    profit: "0",
    balances: { USDC: "1000", USDT: "1000", SOL: "5" },
    holdings: {},
    externals: {},
    positions: { [perp.id]: 0, [perp2.id]: 0, [spot.id]: 0, [perpB.id]: 0, [far.id]: 0 },
    orders: [],
  };
}

/** The world as a view. */
export function viewOf(w: World): View {
  const balance = (total: string): Balance => ({ total: new Big(total), free: new Big(total) });
  return {
    get now() {
      return millis(w.now);
    },
    get halted() {
      return w.halted;
    },
    instrument: (id) => markets.get(id) ?? perp,
    book: () => ({
      valid: w.bid !== undefined || w.ask !== undefined,
      bid: w.bid,
      ask: w.ask,
      at: millis(w.bookAt),
      levels: () => [],
      mid: () => (w.bid === undefined || w.ask === undefined ? undefined : (w.bid[0] + w.ask[0]) / 2),
      microprice: () => undefined,
    }),
    mark: (id) => {
      const { mark } = w;
      const fundingAt = w.fundingAt[id];
      if (mark === undefined && fundingAt === undefined) return undefined;
      const { price, at } = mark ?? { price: 15_000, at: w.now };
      return { mark: price, index: price, fundingRate: 0, fundingAt: millis(fundingAt ?? 0), at: millis(at) };
    },
    last: () => undefined,
    position: (id) => {
      const held = w.positions[id];
      return held === undefined ? undefined : lots(held);
    },
    holding: (id) => w.holdings[id],
    unrealized: (id) => {
      const holding = w.holdings[id];
      return holding && unrealizedAt(markets.get(id) ?? perp, holding, w.mark?.price ?? 15_000);
    },
    external: (id) => lots(w.externals[id] ?? 0),
    balance: (venue, asset) => {
      const total = w.balances[`${venue}/${asset}`] ?? w.balances[asset];
      return total === undefined ? undefined : balance(total);
    },
    orders: (id) => w.orders.filter((each) => id === undefined || each.instrument === id),
    fills: () => [],
    working: (id, side) =>
      lots(
        w.orders.reduce(
          (sum, each) => sum + (each.instrument === id && each.side === side ? each.size - each.filled : 0),
          0,
        ),
      ),
    profit: () => new Big(w.profit),
    link: () => "up",
  };
}

/** A gate over a world, asked as strategy `a` (and `b`, where a test says so). */
export function asking(rules: readonly AnyRule[], w: World) {
  const gate = createGate(rules);
  const view = viewOf(w);
  const slots = { inSlot: (slot: string) => w.orders.find((each) => each.slot === slot) };
  let seq = 0;
  return {
    gate,
    /** Tells the rules of an event; a test names the fields that are read. */
    tell: (news: { readonly type: News["type"] } & Readonly<Record<string, unknown>>) => {
      seq += 1;
      gate.remember({ ...news, at: millis(w.now), venueAt: millis(w.now), seq } as Event, view);
    },
    halted: () => gate.halted(view),
    judge: (a: readonly Intent[], b: readonly Intent[] = [], ofB: View = view): Judgement =>
      gate.judge(
        [
          { strategy: "a", intents: a, view },
          { strategy: "b", intents: b, view: ofB },
        ],
        view,
        slots,
      ),
  };
}

/** A post-only quote; its slot is its side and price unless named. */
export function quote(side: Side, price: number, size: number, more: Partial<Quote> = {}): Quote {
  return {
    kind: "quote",
    instrument: perp.id,
    slot: `${side}.${price}`,
    side,
    price: ticks(price),
    size: lots(size),
    postOnly: true,
    ...more,
  };
}

/** What is held, with its cost and what it has earned so far, in quote. */
export function holding(
  size: number,
  cost: string,
  more: Partial<Record<"realized" | "fees" | "funding", string>> = {},
): Holding {
  const { realized = "0", fees = "0", funding = "0" } = more;
  return {
    size: lots(size),
    cost: new Big(cost),
    realized: new Big(realized),
    fees: new Big(fees),
    funding: new Big(funding),
  };
}

/** A hold of a position in lots. */
export function hold(position: number, worst = 14_925, more: Partial<Hold> = {}): Hold {
  return { kind: "hold", instrument: perp.id, position: lots(position), worst: ticks(worst), why: "test", ...more };
}

/** A live order in a slot of `a`: as the quote says. */
export function order(like: Quote, more: Partial<OrderView> = {}): OrderView {
  const { instrument, side, price, size, postOnly } = like;
  return {
    clientId: clientId(like.price),
    instrument,
    slot: `a/${like.slot}`,
    side,
    price,
    size,
    filled: lots(0),
    postOnly,
    reduceOnly: false,
    state: "open",
    since: millis(0),
    placedAt: millis(0),
    ...more,
  };
}

/** What passed, in one line each: `buy 14962 x 50`, `hold 20`. */
export function passed({ approved }: Judgement): string[] {
  return approved.map(({ intent }) =>
    intent.kind === "hold" ? `hold ${intent.position}` : `${intent.side} ${intent.price} x ${intent.size}`,
  );
}

/** What was said, in one line each: `rule: why`. */
export function told({ notes }: Judgement): string[] {
  return notes.map(({ rule, why }) => `${rule}: ${why}`);
}

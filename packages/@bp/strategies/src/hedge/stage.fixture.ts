// Two markets for the tests of the hedge loop: what they say is set by hand. The loop is played for real in the bot's tests.
import {
  Big,
  clientId,
  decimal,
  type Event,
  type Holding,
  type Instrument,
  type InstrumentId,
  type Intent,
  instrument,
  type Level,
  lots,
  millis,
  type News,
  type OrderView,
  type OwnFill,
  priceText,
  type Side,
  sizeText,
  ticks,
  type View,
  venueOf,
} from "@bp/core";
import { hedge } from "../hedge.ts";
import type { HedgeMemory } from "./memory.ts";
import { type HedgeParams, hedgeParams } from "./params.ts";
import { measure } from "./scale.ts";
import { touchesOf } from "./watch.ts";

const coin = { base: "ASTER", tickSize: "0.0001", lotSize: "1" } as const;
/** Lots of 1 base, nothing below 2. */
export const lead = instrument({ ...coin, id: "backpack:ASTER_USDC_PERP", kind: "perp", quote: "USDC", minSize: "2" });
/** Lots of 2 base, nothing below 5 USDT: 4 base at a price of 1.72. Taker fee 0.035 %. */
export const futures = instrument({
  ...coin,
  id: "aster-futures:ASTERUSDT",
  kind: "perp",
  quote: "USDT",
  lotSize: "2",
  minNotional: "5",
  taker: "0.00035",
});
/** Lots of 0.5 base, nothing below 5 USDT: 3 base at a price of 1.72. */
export const spot = instrument({
  ...coin,
  id: "aster-spot:ASTERUSDT",
  kind: "spot",
  quote: "USDT",
  lotSize: "0.5",
  minNotional: "5",
});

/** What a market and its account say. */
export interface Market {
  /** Ticks; `undefined`: no book. */
  bid: number | undefined;
  ask: number | undefined;
  /** Lots on each level, best first; the levels are a tick apart. */
  depth: readonly number[];
  last: number | undefined;
  /** Lots. */
  position: number | undefined;
  external: number | undefined;
  orders: readonly OrderView[];
  link: "up" | "down";
  /** When it pays funding next; 0: not told. */
  stamp: number;
  rate: number;
  holding: Partial<Holding>;
}

/** The moment at which stages begin. */
export const start = 1_800_000_000_000;

/** Both markets at 1.7199 / 1.7201, last 1.7200, nothing held, stamps in two hours. */
export function stage(
  other: Instrument = futures,
  raw: Readonly<Record<string, unknown>> = {},
  first: Instrument = lead,
) {
  const params: HedgeParams = hedgeParams.parse({ lead: first.id, hedge: other.id, quantity: "10", ...raw });
  const scale = measure(params, first, other);
  const market = (): Market => ({
    bid: 17_199,
    ask: 17_201,
    depth: [1_000],
    last: 17_200,
    position: 0,
    external: 0,
    orders: [],
    link: "up",
    stamp: start + 7_200_000,
    rate: 0,
    holding: {},
  });
  const markets = { lead: market(), hedge: market() };
  const world = {
    now: start,
    halted: undefined as string | undefined,
    fills: [] as readonly OwnFill[],
    balances: { USDC: "1000", USDT: "1000" } as Record<string, string | undefined>,
  };
  const of = (id: InstrumentId) => (id === first.id ? markets.lead : markets.hedge);
  const zero = new Big(0);
  const levels = (id: InstrumentId, side: "bid" | "ask"): Level[] => {
    const { bid, ask, depth } = of(id);
    const best = { bid, ask }[side];
    return best === undefined
      ? []
      : depth.map((size, at) => [ticks(side === "bid" ? best - at : best + at), lots(size)]);
  };
  const view: View = {
    get now() {
      return millis(world.now);
    },
    get halted() {
      return world.halted;
    },
    instrument: (id) => (id === first.id ? first : other),
    book: (id) => {
      const { bid, ask } = of(id);
      return {
        valid: true,
        bid: levels(id, "bid")[0],
        ask: levels(id, "ask")[0],
        at: millis(world.now),
        levels: (side) => levels(id, side),
        mid: () => (bid === undefined || ask === undefined ? undefined : (bid + ask) / 2),
        microprice: () => undefined,
      };
    },
    mark: (id) => {
      const { stamp, rate } = of(id);
      const price = 17_200;
      return { mark: price, index: price, fundingRate: rate, fundingAt: millis(stamp), at: millis(world.now) };
    },
    last: (id) => {
      const { last } = of(id);
      return last === undefined ? undefined : ticks(last);
    },
    position: (id) => {
      const { position } = of(id);
      return position === undefined ? undefined : lots(position);
    },
    holding: (id) => {
      const { position, holding } = of(id);
      if (position === undefined) return undefined;
      return { size: lots(position), cost: zero, realized: zero, fees: zero, funding: zero, ...holding };
    },
    unrealized: () => zero,
    external: (id) => {
      const { external } = of(id);
      return external === undefined ? undefined : lots(external);
    },
    balance: (_venue, asset) => {
      const total = world.balances[asset];
      return total === undefined ? undefined : { total: new Big(total), free: new Big(total) };
    },
    orders: (id) => (id === undefined ? [] : of(id).orders),
    working: () => lots(0),
    fills: () => world.fills,
    profit: () => zero,
    link: (venue) => (venueOf(first.id) === venue ? markets.lead : markets.hedge).link,
  };
  let memory: HedgeMemory = hedge.start(params);
  let seq = 0;
  const made = {
    ...markets,
    world,
    view,
    params,
    scale,
    touches: () => touchesOf(view, params),
    memory: () => memory,
    /** Lets the loop remember something else. */
    set: (more: Partial<HedgeMemory>) => {
      memory = { ...memory, ...more };
    },
    /** Tells the loop that time has passed, and of what was set; gives what it remembers then. */
    tell: (
      ms = 0,
      news: { readonly type: News["type"] } & Readonly<Record<string, unknown>> = { type: "timer.fired" },
    ) => {
      world.now += ms;
      seq += 1;
      const event = { ...news, at: millis(world.now), venueAt: millis(world.now), seq } as Event; // the fields that are read
      memory = hedge.remember?.(memory, event, view, params) ?? memory;
      world.fills = [];
      return memory;
    },
    wishes: (): readonly Intent[] => hedge.want(view, memory, params),
    /** What is wished, a line each. */
    lines: (): string[] =>
      hedge.want(view, memory, params).map((intent) => {
        const of = intent.instrument === first.id ? first : other;
        const name = of === first ? "lead" : "hedge";
        if (intent.kind === "hold")
          return `${name} hold ${sizeText(of, intent.position)} at ${priceText(of, intent.worst)}: ${intent.why}`;
        const { side, size, price, slot, postOnly, reduceOnly } = intent;
        const flags = `${postOnly ? " post-only" : ""}${reduceOnly === true ? " reduce-only" : ""}`;
        return `${name} ${slot} ${side} ${sizeText(of, size)} at ${priceText(of, price)}${flags}`;
      }),
    said: () => hedge.remarks?.(view, memory, params) ?? [],
    ends: () => hedge.ends?.(view, memory, params),
  };
  return made;
}

/** An order of ours that may be at the venue. */
export function working(instrument: InstrumentId, placedAt: number, more: Partial<OrderView> = {}): OrderView {
  return {
    clientId: clientId(1),
    instrument,
    slot: "hedge/leg1",
    side: "sell",
    price: ticks(17_234),
    size: lots(10),
    filled: lots(0),
    postOnly: true,
    reduceOnly: false,
    state: "open",
    since: millis(placedAt),
    placedAt: millis(placedAt),
    ...more,
  };
}

/** A trade of ours, without a fee unless said otherwise. */
export function traded(of: Instrument, side: Side, size: number, price: number, more: Partial<OwnFill> = {}): OwnFill {
  const costs = { fee: decimal("0"), feeAsset: of.quote, liquidity: "maker", venueAt: millis(start) } as const;
  const order = { slot: "leg1", instrument: of.id, side, size: lots(size), price: ticks(price) };
  return { ...order, ...costs, total: lots(size), ...more } as OwnFill; // a test names the fields that are read
}

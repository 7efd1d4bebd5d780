// The plan: what a configuration would do with this account on this market, in money, before anything is sent.
import {
  type AccountSnapshot,
  Big,
  exchangeOf,
  gridsOf,
  type Instrument,
  type InstrumentId,
  lots,
  notionalOf,
  type PlaceOrder,
  priceText,
  roundToGrid,
  sizeText,
  sizeToBig,
  ticks,
  type VenueId,
  type View,
  venueOf,
} from "@bp/core";
import { liquidationPrice } from "@bp/risk";
import type { BotConfig } from "../config/botConfig.ts";
import type { Limits } from "../limits.ts";
import { type Need, needsOf, type Worst, worstOf } from "./capital.ts";
import { type Estimate, estimateOf } from "./economics.ts";

/** What the plan is made from. */
export interface PlanInput {
  readonly config: BotConfig;
  /** Limits as they will hold, with what follows from the strategies. */
  readonly limits: Limits;
  readonly instruments: readonly Instrument[];
  /** What the engine would send first. */
  readonly orders: readonly PlaceOrder[];
  readonly view: View;
  readonly snapshots: ReadonlyMap<VenueId, AccountSnapshot>;
  /** Markets by strategy, the one that rests first. */
  readonly markets: ReadonlyMap<string, readonly InstrumentId[]>;
  readonly leverage: ReadonlyMap<InstrumentId, number>;
  /** What the economics check of the strategies, the rules and the preparation have to say. */
  readonly warnings: readonly string[];
  readonly resumed: string | undefined;
}

/** One market as it was found. Prices, sizes and money as decimal text. */
export interface PlannedMarket {
  readonly instrument: InstrumentId;
  readonly state: string;
  readonly tickSize: string;
  readonly lotSize: string;
  readonly minSize: string;
  readonly minNotional: string;
  readonly makerPct: string;
  readonly takerPct: string;
  readonly bid: string | undefined;
  readonly ask: string | undefined;
  readonly mark: string | undefined;
  /** The next stamps as the venue tells them now, ISO times; perpetuals only. */
  readonly fundingAt: readonly string[];
  readonly fundingRatePct: string | undefined;
  /** Base: the smallest order at the price now. */
  readonly smallestOrder: string | undefined;
}

/** One order as it would be sent. */
export interface PlannedOrder {
  readonly instrument: InstrumentId;
  readonly slot: string;
  readonly side: string;
  readonly size: string;
  readonly price: string;
  readonly notional: string;
  readonly how: string;
}

/** The whole plan, as `--json` prints it. */
export interface Plan {
  readonly place: string;
  readonly resumes: string | undefined;
  readonly markets: readonly PlannedMarket[];
  readonly holdings: readonly {
    readonly venue: VenueId;
    readonly asset: string;
    readonly total: string;
    readonly free: string;
  }[];
  /** What is there already and is not ours. */
  readonly foreign: readonly {
    readonly venue: VenueId;
    readonly orders: number;
    readonly positions: readonly string[];
  }[];
  readonly orders: readonly PlannedOrder[];
  readonly needs: readonly Need[];
  readonly worst: readonly Worst[];
  readonly limits: Limits;
  readonly estimates: readonly Estimate[];
  readonly rates: readonly {
    readonly venue: VenueId;
    readonly ordersPerMinute: number;
    readonly allowedPerMinute: number;
  }[];
  /** Everything that stands in the way: funds, minimum sizes on either leg, a closed market. */
  readonly conflicts: readonly string[];
  /** Those of them that no money mends: nothing is begun with real money. Funds may be freed, or be collateral in another coin. */
  readonly blocking: readonly string[];
  readonly warnings: readonly string[];
}

/** How far a price is taken to go against a position when the worst case is told, in percent. */
const movePct = 10;
/** Requests a minute that the venues allow an account. @see venue notes, rate limits */
const allowed: Readonly<Record<string, number>> = { backpack: 2_000, "aster-futures": 1_200, "aster-spot": 1_200 };
const stamps = 3;

/** Puts the plan together. Pure. */
export function planOf(input: PlanInput): Plan {
  const { config, view, instruments, orders, snapshots, limits } = input;
  const byId = new Map(instruments.map((each) => [each.id, each]));
  const prices = new Map<InstrumentId, Big>();
  for (const instrument of instruments) {
    const price = view.mark(instrument.id)?.mark ?? view.book(instrument.id).mid();
    if (price !== undefined) prices.set(instrument.id, new Big(price).times(instrument.tickSize));
  }
  const held = new Map<InstrumentId, Big>();
  for (const snapshot of snapshots.values())
    for (const { instrument: id, size } of snapshot.positions) {
      const instrument = byId.get(id);
      if (instrument !== undefined) held.set(id, sizeToBig(instrument, size));
    }
  const needs = needsOf(orders, byId, snapshots, input.leverage);
  const estimates = config.strategies.flatMap((strategy) => {
    const ids = input.markets.get(strategy.name) ?? [];
    const theirs = ids.flatMap((id) => byId.get(id) ?? []);
    return estimateOf(strategy, theirs, prices) ?? [];
  });
  const blocking = marketConflicts(input, prices);
  return {
    place: config.place,
    resumes: input.resumed,
    markets: instruments.map((instrument) => marketOf(instrument, view, prices.get(instrument.id))),
    holdings: holdingsOf(snapshots, instruments),
    foreign: [...snapshots.values()].flatMap((snapshot) => foreignOf(snapshot, byId)),
    orders: orders.flatMap((order) => {
      const instrument = byId.get(order.instrument);
      return instrument === undefined ? [] : [orderOf(order, instrument)];
    }),
    needs,
    worst: worstOf(orders, byId, held, prices, capsOf(limits, instruments, prices), movePct).map((each) => ({
      ...each,
      liquidation: liquidationOf(each, byId.get(each.instrument), prices.get(each.instrument), snapshots),
    })),
    limits,
    estimates,
    rates: ratesOf(config, instruments, orders),
    conflicts: [...fundsConflicts(needs), ...blocking],
    blocking,
    warnings: [
      ...input.warnings,
      ...estimates
        .filter(({ loses }) => loses)
        .map(
          ({ strategy, costPer10k, assumes }) =>
            `${strategy} loses by its own figures: about ${costPer10k} for every 10,000 of volume (${assumes})`,
        ),
    ],
  };
}

function marketOf(instrument: Instrument, view: View, price: Big | undefined): PlannedMarket {
  const { bid, ask } = view.book(instrument.id);
  const mark = view.mark(instrument.id);
  const text = (at: number | undefined) => (at === undefined ? undefined : priceText(instrument, ticks(at)));
  const percent = (fraction: string) => new Big(fraction).times(100).toFixed();
  const every = instrument.fundingIntervalMs;
  const first = mark?.fundingAt;
  return {
    instrument: instrument.id,
    state: instrument.state,
    tickSize: instrument.tickSize,
    lotSize: instrument.lotSize,
    minSize: sizeText(instrument, instrument.minSize),
    minNotional: instrument.minNotional,
    makerPct: percent(instrument.fees.maker),
    takerPct: percent(instrument.fees.taker),
    bid: text(bid?.[0]),
    ask: text(ask?.[0]),
    mark: mark === undefined ? undefined : new Big(mark.mark).times(instrument.tickSize).round(8).toFixed(),
    fundingAt:
      instrument.kind === "spot" || first === undefined || first === 0 || every === undefined
        ? []
        : Array.from({ length: stamps }, (_, at) => new Date(first + at * every).toISOString()),
    fundingRatePct:
      instrument.kind === "spot" || mark === undefined ? undefined : new Big(mark.fundingRate).times(100).toFixed(),
    smallestOrder: price === undefined || price.eq(0) ? undefined : smallest(instrument, price),
  };
}

/** Base: the least that minimum size and minimum notional allow. */
function smallest(instrument: Instrument, price: Big): string {
  const byNotional = roundToGrid(new Big(instrument.minNotional).div(price), gridsOf(instrument).size, "ceil");
  return sizeText(instrument, lots(Math.max(instrument.minSize, byNotional)));
}

function holdingsOf(snapshots: PlanInput["snapshots"], instruments: readonly Instrument[]): Plan["holdings"] {
  return [...snapshots.values()].flatMap(({ venue, balances }) => {
    const assets = new Set(
      instruments.filter(({ id }) => venueOf(id) === venue).flatMap(({ base, quote }) => [base, quote]),
    );
    return balances
      .filter(({ asset }) => assets.has(asset))
      .map(({ asset, total, free }) => ({ venue, asset, total, free }));
  });
}

function foreignOf(
  { venue, orders, positions }: AccountSnapshot,
  byId: ReadonlyMap<InstrumentId, Instrument>,
): Plan["foreign"] {
  const open = positions.flatMap(({ instrument: id, size }) => {
    const instrument = byId.get(id);
    if (size === 0) return [];
    return [instrument === undefined ? id : `${sizeText(instrument, size)} ${instrument.base} in ${id}`];
  });
  return orders.length === 0 && open.length === 0 ? [] : [{ venue, orders: orders.length, positions: open }];
}

function orderOf(order: PlaceOrder, instrument: Instrument): PlannedOrder {
  return {
    instrument: instrument.id,
    slot: order.slot,
    side: order.side,
    size: sizeText(instrument, order.size),
    price: priceText(instrument, order.price),
    notional: notionalOf(instrument, order.price, order.size).toFixed(),
    how: `${order.tif === "gtx" ? "post-only" : order.tif}${order.reduceOnly ? ", reduce-only" : ""}`,
  };
}

/** What the rules allow at most, in base at the price now. */
function capsOf(
  { maxPosition, maxMarketNotional = {} }: Limits,
  instruments: readonly Instrument[],
  prices: ReadonlyMap<InstrumentId, Big>,
): ReadonlyMap<InstrumentId, Big> {
  return new Map(
    instruments.flatMap(({ id }) => {
      const base = typeof maxPosition === "string" ? maxPosition : maxPosition?.[id];
      const [quote, price] = [maxMarketNotional[id], prices.get(id)];
      const caps = [
        ...(base === undefined ? [] : [new Big(base)]),
        ...(quote === undefined || price === undefined || price.eq(0) ? [] : [new Big(quote).div(price)]),
      ];
      const [first, ...rest] = caps;
      return first === undefined ? [] : [[id, rest.reduce((least, each) => (each.lt(least) ? each : least), first)]];
    }),
  );
}

/**
 * Where the worst case would be liquidated with the quote that the account has now; its other coins would only move it away.
 *
 * @returns `undefined` on spot, or where no price above 0 would do it
 */
function liquidationOf(
  { position }: Worst,
  instrument: Instrument | undefined,
  price: Big | undefined,
  snapshots: PlanInput["snapshots"],
): Worst["liquidation"] {
  if (instrument?.margin === undefined || price === undefined) return undefined;
  const equity = snapshots.get(venueOf(instrument.id))?.balances.find(({ asset }) => asset === instrument.quote)?.total;
  if (equity === undefined) return undefined;
  // An estimate for a person: no money is moved by it.
  const mark = price.toNumber();
  const at = liquidationPrice({
    size: Number(position),
    mark,
    equity: Number(equity),
    maintenance: instrument.margin.maintenance,
  });
  if (at === undefined) return undefined;
  return {
    price: at.toPrecision(6),
    distancePct: (((mark - at) / mark) * 100 * Math.sign(Number(position))).toFixed(1),
  };
}

/** How many orders a minute a configuration gives at most in ordinary times, beside what the venue allows. */
function ratesOf(config: BotConfig, instruments: readonly Instrument[], orders: readonly PlaceOrder[]): Plan["rates"] {
  const everyMs = Math.min(
    ...config.strategies.map(({ params }) => {
      const stated = params["intervalMs"] ?? params["paceMs"] ?? params["legWaitMs"] ?? params["ageMs"];
      return typeof stated === "number" && stated > 0 ? stated : 10_000;
    }),
  );
  return [...new Set(instruments.map(({ id }) => venueOf(id)))].map((venue) => {
    const slots = orders.filter(({ instrument }) => venueOf(instrument) === venue).length;
    return {
      venue,
      ordersPerMinute: Math.ceil((2 * Math.max(1, slots) * 60_000) / everyMs), // a cancel and an order for each
      allowedPerMinute: allowed[exchangeOf(venue)] ?? 1_200,
    };
  });
}

function fundsConflicts(needs: readonly Need[]): readonly string[] {
  const found: string[] = [];
  for (const { venue, asset, needed, free, what } of needs)
    if (free === undefined)
      found.push(
        `${venue} has not told how much ${asset} is free; ${needed} would be ${what === "margin" ? "margin" : what}`,
      );
    else if (new Big(needed).gt(free))
      found.push(
        `${venue}: ${needed} ${asset} would be ${what === "margin" ? "needed as margin" : what}, ${free} is free`,
      );
  return found;
}

function marketConflicts(input: PlanInput, prices: ReadonlyMap<InstrumentId, Big>): readonly string[] {
  const found: string[] = [];
  for (const instrument of input.instruments) {
    if (instrument.state !== "open") found.push(`${instrument.id} is ${instrument.state}`);
    const { bid, ask } = input.view.book(instrument.id);
    if (bid === undefined || ask === undefined)
      found.push(`${instrument.id}: the book is empty on one side, or not known`);
  }
  for (const { use, name, params } of input.config.strategies) {
    const size = params["quantity"] ?? params["amount"] ?? params["perCell"];
    if ((typeof size !== "string" && typeof size !== "number") || size === "auto") continue;
    for (const id of input.markets.get(name) ?? []) {
      const instrument = input.instruments.find((each) => each.id === id);
      const price = prices.get(id);
      if (instrument === undefined || price === undefined || price.eq(0)) continue;
      const base = params["quantity"] === undefined ? new Big(size).div(price) : new Big(size);
      const least = smallest(instrument, price);
      if (base.lt(least))
        found.push(
          `${use} on ${id}: ${base.round(8).toFixed()} ${instrument.base} is worth ${base.times(price).round(4).toFixed()} ${instrument.quote}; the market takes ${least} ${instrument.base} (${new Big(least).times(price).round(4).toFixed()} ${instrument.quote}) or more`,
        );
    }
  }
  return found;
}

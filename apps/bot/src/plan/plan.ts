// The plan: what a configuration would do with this account on this market, in money, before anything is sent.
import {
  type AccountSnapshot,
  Big,
  type Instrument,
  type InstrumentId,
  type PlaceOrder,
  sizeToBig,
  type VenueId,
  type View,
  venueOf,
} from "@bp/core";
import { liquidationPrice } from "@bp/risk";
import type { BotConfig, StrategyConfig } from "../config/botConfig.ts";
import type { Limits } from "../limits.ts";
import { type Need, needsOf, type Worst, worstOf } from "./capital.ts";
import { fundsConflicts, marketConflicts } from "./conflicts.ts";
import { type Estimate, estimateOf } from "./economics.ts";
import { foreignOf, holdingsOf, marketOf, orderOf } from "./found.ts";
import { type Rate, ratesOf } from "./rates.ts";

/** What the plan is made from. */
export interface PlanInput {
  readonly config: Pick<BotConfig, "place">;
  /** With every value of their schemas. */
  readonly strategies: readonly StrategyConfig[];
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
  /** What the checks of the strategies refuse. */
  readonly refusals: readonly string[];
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
  readonly rates: readonly Rate[];
  /** Everything that stands in the way: funds, minimum sizes on either leg, a closed market. */
  readonly conflicts: readonly string[];
  /** Those of them that no money mends: nothing is begun with real money. Funds may be freed, or be collateral in another coin. */
  readonly blocking: readonly string[];
  readonly warnings: readonly string[];
}

/** How far a price is taken to go against a position when the worst case is told, in percent. */
const movePct = 10;

/** Puts the plan together. Pure. */
export function planOf(input: PlanInput): Plan {
  const { config, strategies, view, instruments, orders, snapshots, limits } = input;
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
  const estimates = strategies.flatMap((strategy) => {
    const ids = input.markets.get(strategy.name) ?? [];
    const theirs = ids.flatMap((id) => byId.get(id) ?? []);
    return estimateOf(strategy, theirs, prices) ?? [];
  });
  const blocking = [...input.refusals, ...marketConflicts(input)];
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
    rates: ratesOf(strategies, input.markets, orders),
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

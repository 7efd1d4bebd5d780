// What one run hands on to the next, as plain JSON.
import {
  Big,
  BpError,
  type ClientId,
  type InstrumentId,
  type OrderState,
  type Side,
  type Ticks,
  type TimeInForce,
} from "@bp/core";
import type { Lot } from "./fifo.ts";
import type { DayFigures } from "./figures.ts";
import type { MarketCarry } from "./market.ts";
import type { TalliedOrder } from "./orders.ts";
import type { Sums, Volume, Volumes } from "./sums.ts";

type Text = string;
type Pair = readonly [base: Text, quote: Text];

/** Start values of a later tally. Money as decimal text. */
export interface Carry {
  readonly version: 1;
  readonly markets: Readonly<Record<InstrumentId, CarriedMarket>>;
  /** Orders that may still rest. */
  readonly orders: readonly CarriedOrder[];
  /** The newest trades that were counted. */
  readonly trades: readonly string[];
  /** Every day so far, in the report's quote. */
  readonly days: readonly CarriedDay[];
}

/** One day of a carry. */
export interface CarriedDay {
  readonly day: string;
  readonly fills: number;
  readonly volume: Text;
  readonly fees: Text;
  readonly realized: Text;
}

/** One market of a carry. */
export interface CarriedMarket {
  readonly fills: number;
  readonly volumes: Readonly<Record<keyof Volumes, Pair>>;
  readonly realized: Text;
  readonly fees: Text;
  readonly feesByAsset: Readonly<Record<string, Text>>;
  readonly funding: Text;
  /** Oldest first: signed size in base, price. */
  readonly lots: readonly (readonly [size: Text, price: Text])[];
  readonly baseFees: Text;
}

/** One order of a carry. */
export interface CarriedOrder {
  readonly clientId: number;
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly price: number;
  readonly size: number;
  readonly tif: TimeInForce;
  readonly placedAt: number;
  readonly filled: number;
  readonly state: OrderState;
  readonly acceptedAt: number | null;
}

/** The same with numbers that count. */
export interface Carried {
  readonly markets: ReadonlyMap<InstrumentId, MarketCarry>;
  readonly orders: readonly TalliedOrder[];
  readonly trades: readonly string[];
  readonly days: readonly DayFigures[];
}

/** Writes a carry. */
export function toCarry({ markets, orders, trades, days }: Carried): Carry {
  return {
    version: 1,
    markets: Object.fromEntries([...markets].map(([id, market]) => [id, carriedMarket(market)])),
    orders: orders.map(carriedOrder),
    trades,
    days: days.map(({ day, fills, volume, fees, realized }) => ({
      day,
      fills,
      volume: volume.toFixed(),
      fees: fees.toFixed(),
      realized: realized.toFixed(),
    })),
  };
}

/**
 * Reads a carry.
 *
 * @throws BpError `config/invalid` for one of another version or with a number that does not parse
 */
export function fromCarry(carry: Carry): Carried {
  try {
    if (carry.version !== 1) throw new Error(`version ${String(carry.version)}`);
    return {
      markets: new Map(
        Object.entries(carry.markets).map(([id, market]) => [id as InstrumentId, marketCarry(market)]), // a key of Carry
      ),
      orders: carry.orders.map((order) => ({
        ...order,
        clientId: order.clientId as ClientId, // numbers that toCarry wrote
        price: order.price as Ticks,
        acceptedAt: order.acceptedAt ?? undefined,
        slot: "",
        endedAt: undefined,
      })),
      trades: carry.trades,
      days: carry.days.map((each) => ({
        day: each.day,
        fills: each.fills,
        volume: new Big(each.volume),
        fees: new Big(each.fees),
        realized: new Big(each.realized),
      })),
    };
  } catch (error) {
    throw new BpError(
      "config/invalid",
      { path: "carry", found: error instanceof Error ? error.message : String(error), expected: "what carry() gave" },
      { cause: error },
    );
  }
}

function carriedOrder(order: TalliedOrder): CarriedOrder {
  const { clientId, instrument, side, price, size, tif, placedAt, filled, state, acceptedAt } = order;
  return { clientId, instrument, side, price, size, tif, placedAt, filled, state, acceptedAt: acceptedAt ?? null };
}

function carriedMarket({ sums, lots, baseFees }: MarketCarry): CarriedMarket {
  const pair = ({ base, quote }: Volume): Pair => [base.toFixed(), quote.toFixed()];
  const { makerBuy, makerSell, takerBuy, takerSell } = sums.volumes;
  return {
    fills: sums.fills,
    volumes: {
      makerBuy: pair(makerBuy),
      makerSell: pair(makerSell),
      takerBuy: pair(takerBuy),
      takerSell: pair(takerSell),
    },
    realized: sums.realized.toFixed(),
    fees: sums.fees.toFixed(),
    feesByAsset: Object.fromEntries([...sums.feesByAsset].map(([asset, amount]) => [asset, amount.toFixed()])),
    funding: sums.funding.toFixed(),
    lots: lots.map(({ size, price }) => [size.toFixed(), price.toFixed()]),
    baseFees: baseFees.toFixed(),
  };
}

function marketCarry(market: CarriedMarket): MarketCarry {
  const volume = ([base, quote]: Pair): Volume => ({ base: new Big(base), quote: new Big(quote) });
  const { makerBuy, makerSell, takerBuy, takerSell } = market.volumes;
  const sums: Sums = {
    fills: market.fills,
    volumes: {
      makerBuy: volume(makerBuy),
      makerSell: volume(makerSell),
      takerBuy: volume(takerBuy),
      takerSell: volume(takerSell),
    },
    realized: new Big(market.realized),
    fees: new Big(market.fees),
    feesByAsset: new Map(Object.entries(market.feesByAsset).map(([asset, amount]) => [asset, new Big(amount)])),
    funding: new Big(market.funding),
  };
  const lots: readonly Lot[] = market.lots.map(([size, price]) => ({ size: new Big(size), price: new Big(price) }));
  return { sums, lots, baseFees: new Big(market.baseFees) };
}

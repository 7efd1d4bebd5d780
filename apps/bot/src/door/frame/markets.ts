// Each market: its book, its prices, what is held there and the own orders in it.
import {
  type Big,
  bigToDecimal,
  type Instrument,
  type Level,
  type OrderView,
  priceText,
  sizeText,
  type View,
  venueOf,
} from "@bp/core";
import type { Engine } from "@bp/engine";
import type { liquidationsOf } from "@bp/risk";
import type { LevelNow, MarketNow, OrderNow, PositionNow } from "dashboard/contract";
import { numbersOf } from "../../explain/numbers.ts";
import type { Queue } from "./queue.ts";

/** Levels of a side that are shown. */
const depth = 15;

/** Where what is held in a market would be liquidated, quote per base; see `liquidationsOf`. */
export type LiquidationOf = ReturnType<typeof liquidationsOf>;

/** What a market is drawn from, beside the engine. */
export interface MarketParts {
  readonly queue: Queue;
  readonly liquidationOf: LiquidationOf;
  /** Signed base that the tally knows to be there. */
  readonly held: Big | undefined;
}

/** One market now. @param instrument - as the engine has it now: filters and fees may have changed */
export function marketNow({ view, orders }: Engine, instrument: Instrument, parts: MarketParts): MarketNow {
  const { id, kind, base, quote, tickSize, lotSize, fees, fundingIntervalMs } = instrument;
  const book = view.book(id);
  const side = (which: "bid" | "ask") => book.levels(which, depth).map((level) => levelNow(instrument, level));
  const { price } = numbersOf([instrument])(id);
  const [mark, last] = [view.mark(id), view.last(id)];
  const position = positionNow(view, instrument, parts);
  // Of spot an account has balances, and no position beside ours.
  const external = kind === "spot" ? undefined : view.external(id);
  return {
    id,
    venue: venueOf(id),
    symbol: id.slice(id.indexOf(":") + 1),
    kind,
    base,
    quote,
    tickSize,
    lotSize,
    makerFee: fees.maker,
    takerFee: fees.taker,
    ...(fundingIntervalMs === undefined ? {} : { fundingIntervalMs }),
    bookIsValid: book.valid,
    bookAt: book.at,
    bids: side("bid"),
    asks: side("ask"),
    ...(last === undefined ? {} : { last: price(last) }),
    ...(mark === undefined
      ? {}
      : {
          mark: price(mark.mark),
          index: price(mark.index),
          ...(mark.fundingAt > 0 ? { fundingRate: mark.fundingRate, fundingAt: mark.fundingAt } : {}),
        }),
    ...(position === undefined ? {} : { position }),
    ...(external === undefined ? {} : { external: sizeText(instrument, external) }),
    orders: [...orders.values()]
      .filter((order) => order.instrument === id)
      .map((order) => orderNow(instrument, order, parts.queue)),
  };
}

const levelNow = (instrument: Instrument, [price, size]: Level): LevelNow => [
  priceText(instrument, price),
  sizeText(instrument, size),
];

function orderNow(instrument: Instrument, order: OrderView, queue: Queue): OrderNow {
  const { clientId, slot, side, state, placedAt, postOnly, reduceOnly } = order;
  const ahead = queue.ahead(clientId);
  return {
    clientId,
    slot,
    side,
    price: priceText(instrument, order.price),
    size: sizeText(instrument, order.size),
    filled: sizeText(instrument, order.filled),
    state,
    placedAt,
    postOnly,
    reduceOnly,
    ...(ahead === undefined ? {} : { ahead: sizeText(instrument, ahead) }),
  };
}

/** `undefined`: what is held is not known. */
function positionNow(
  view: View,
  instrument: Instrument,
  { liquidationOf, held }: Omit<MarketParts, "queue">,
): PositionNow | undefined {
  const holding = view.holding(instrument.id);
  if (holding === undefined) return undefined;
  const { size, cost, realized, fees, funding } = holding;
  const digits = instrument.tickSize.split(".")[1]?.length ?? 0;
  const base = size === 0 ? undefined : sizeText(instrument, size);
  const unrealized = view.unrealized(instrument.id);
  const liquidation = liquidationOf(view, instrument.id);
  return {
    // Of a coin fees take parts of a lot, which engines do not trade: what is there is less.
    size: instrument.kind === "spot" && held !== undefined ? bigToDecimal(held) : sizeText(instrument, size),
    ...(base === undefined
      ? {}
      : {
          entry: cost
            .div(base)
            .abs()
            .toFixed(digits + 2),
        }),
    ...(unrealized === undefined ? {} : { unrealized: unrealized.toFixed(8) }),
    realized: realized.toFixed(8),
    fees: fees.toFixed(8),
    funding: funding.toFixed(8),
    ...(liquidation === undefined ? {} : { liquidation: liquidation.toFixed(digits) }),
  };
}

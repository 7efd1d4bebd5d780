// Rows and frames of the venue as parts of facts.
import { lotsNear, type PastFill, ticksNear } from "@bp/adapter";
import {
  clientId as asClientId,
  BpError,
  type ClientId,
  type Decimal,
  decimal,
  type Fill,
  type Instrument,
  type Lots,
  lots,
  type Millis,
  type OpenOrder,
  type Side,
  toLots,
  toTicks,
  type VenuePosition,
} from "@bp/core";
import type { PastFill as FillRow } from "../rest/history/fills.ts";
import type { Position } from "../rest/positions/list.ts";
import type { OrderUpdate } from "../streams/orderUpdate.ts";
import type { WireSide } from "../wire/enums.ts";
import type { Order } from "../wire/order.ts";
import { fromMicros, fromUtcText } from "../wire/time.ts";

/** `Bid` buys. */
function sideOf(side: WireSide): Side {
  return side === "Bid" ? "buy" : "sell";
}

/** A number that can be one of ours; 0 and null are none. */
export function clientIdOf(value: number | null): ClientId | undefined {
  return value === null || value === 0 ? undefined : asClientId(value);
}

/**
 * The name of a trade. System fills of old have none (or 0): theirs is made of what both the stream and the history tell of them.
 */
function tradeIdOf(id: string | null, orderId: string, at: Millis, price: number, size: number): string {
  return id === null || id === "0" ? `${orderId}@${at}:${price}x${size}` : id;
}

/**
 * A fill of the order stream.
 *
 * @throws BpError `wire/schema` if a field of a fill is missing, `grid/*` if a figure is off the grid
 */
export function fillOfUpdate(update: OrderUpdate, instrument: Instrument): Omit<Fill, "clientId"> {
  const { l, L } = update;
  if (l === null || L === null)
    throw new BpError("wire/schema", {
      what: "orderFill",
      path: "l, L",
      expected: "size and price",
      raw: JSON.stringify(update),
    });
  const venueAt = fromMicros(update.T);
  const price = toTicks(instrument, L);
  const size = toLots(instrument, l);
  return {
    type: "order.filled",
    venueOrderId: update.i,
    tradeId: tradeIdOf(update.t, update.i, venueAt, price, size),
    instrument: instrument.id,
    side: sideOf(update.S),
    price,
    size,
    total: toLots(instrument, update.z),
    fee: update.n ?? decimal("0"),
    feeAsset: update.N ?? instrument.quote,
    liquidity: update.m === true ? "maker" : "taker",
    venueAt,
  };
}

/**
 * A row of the fill history.
 *
 * @throws BpError `grid/*` if a figure is off the grid
 */
export function fillOfRow(row: FillRow, instrument: Instrument): PastFill {
  const venueAt = fromUtcText(row.timestamp);
  const price = toTicks(instrument, row.price);
  const size = toLots(instrument, row.quantity);
  return {
    type: "order.filled",
    clientId: clientIdOf(row.clientId),
    venueOrderId: row.orderId,
    tradeId: tradeIdOf(row.tradeId, row.orderId, venueAt, price, size),
    instrument: instrument.id,
    side: sideOf(row.side),
    price,
    size,
    fee: row.fee,
    feeAsset: row.feeSymbol,
    liquidity: row.isMaker ? "maker" : "taker",
    venueAt,
  };
}

/**
 * An open order; `undefined` for a waiting trigger order, which rests nowhere.
 *
 * @param onTrouble - hears of a price or size that is off today's grid (a changed filter): it is then told rounded, since an order
 *   that we know roughly is better than one that we do not see
 */
export function openOrderOf(
  order: Order,
  instrument: Instrument,
  onTrouble: (error: BpError) => void,
): OpenOrder | undefined {
  const { price, quantity, executedQuantity } = order;
  if (price === null || quantity === null || order.status.startsWith("Trigger")) return undefined;
  return {
    clientId: clientIdOf(order.clientId),
    venueOrderId: order.id,
    instrument: instrument.id,
    side: sideOf(order.side),
    price: ticksNear(price, instrument, onTrouble),
    size: lotsNear(quantity, instrument, onTrouble),
    filled: lotsNear(executedQuantity, instrument, onTrouble),
  };
}

/** A position; `undefined` when it is flat. */
export function positionOf(position: Position, instrument: Instrument): VenuePosition | undefined {
  const size = toLots(instrument, position.netQuantity);
  return size === 0 ? undefined : { instrument: instrument.id, size, cost: position.netCost };
}

/** All that an order has executed, in lots. */
export function executedOf(text: Decimal | null, instrument: Instrument): Lots {
  return text === null ? lots(0) : toLots(instrument, text);
}

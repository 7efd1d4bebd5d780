// Rows and frames of the venue as parts of facts.
import { lotsNear, type OrderRow, type PastFill, ticksNear, type WhichOrder } from "@bp/adapter";
import {
  BpError,
  type Decimal,
  decimal,
  type Instrument,
  millis,
  type OpenOrder,
  type Side,
  toLots,
  toTicks,
} from "@bp/core";
import type { WireSide } from "../wire/enums.ts";
import { commissionPaid } from "../wire/fees.ts";
import type { FuturesOrder, SpotOrder } from "../wire/order.ts";
import { clientIdOf } from "./clientIds.ts";
import { endingOf, isConditional, isOpen } from "./reasons.ts";

/** `BUY` buys. */
export function sideOf(side: WireSide): Side {
  return side === "BUY" ? "buy" : "sell";
}

/** An order as an answer shows it. @throws BpError `wire/schema` for a status that nobody knows: ask again */
export function rowOf(order: FuturesOrder | SpotOrder, instrument: Instrument, tif: WhichOrder["tif"]): OrderRow {
  const { orderId, status, executedQty } = order;
  const executed = toLots(instrument, executedQty);
  const ending = endingOf(status, tif, executed);
  const state = status === "FILLED" ? "filled" : (ending ?? (isOpen(status) ? "open" : undefined));
  if (state === undefined)
    throw new BpError("wire/schema", {
      what: `order ${orderId}`,
      path: "status",
      expected: "one that is known",
      raw: status,
    });
  const createdAt = millis(order.time ?? order.updateTime ?? 0);
  const unsure = tif === "ioc" || tif === "fok" ? "immediate" : tif === "gtx" ? "post-only" : undefined; // GTX says NEW before it expires
  return { venueOrderId: orderId, state, executed, createdAt, unsure };
}

/** A row of `userTrades`. @throws BpError `grid/*` */
export function fillOfRow(
  row: {
    readonly id: string;
    readonly orderId: string;
    readonly side: WireSide;
    readonly price: Decimal;
    readonly qty: Decimal;
    readonly commission: Decimal;
    readonly commissionAsset: string;
    readonly maker: boolean;
    readonly time: number;
  },
  instrument: Instrument,
): PastFill {
  return {
    type: "order.filled",
    clientId: undefined, // trades do not carry it: the desk knows the order
    venueOrderId: row.orderId,
    tradeId: row.id,
    instrument: instrument.id,
    side: sideOf(row.side),
    price: toTicks(instrument, row.price),
    size: toLots(instrument, row.qty),
    fee: feeOf(row.commission, instrument, row.maker),
    feeAsset: row.commissionAsset,
    liquidity: row.maker ? "maker" : "taker",
    venueAt: millis(row.time),
  };
}

/** A commission as a cost: its sign differs between sources, so that the sign of the account's rate decides. */
export function feeOf(commission: Decimal, { fees }: Instrument, maker: boolean): Decimal {
  const cost = commissionPaid(commission);
  const rebate = (maker ? fees.maker : fees.taker).startsWith("-") && /[1-9]/.test(cost);
  return rebate ? decimal(`-${cost}`) : cost;
}

/**
 * An open order; `undefined` for one that waits for a trigger, which rests nowhere.
 *
 * @param onTrouble - hears of a price or size that is off today's grid (a changed filter): it is then told rounded
 */
export function openOrderOf(
  order: FuturesOrder | SpotOrder,
  instrument: Instrument,
  onTrouble: (error: BpError) => void,
): OpenOrder | undefined {
  const { price, origQty, executedQty } = order;
  if (isConditional(order.type) || price === null) return undefined;
  return {
    clientId: clientIdOf(order.clientOrderId),
    venueOrderId: order.orderId,
    instrument: instrument.id,
    side: sideOf(order.side),
    price: ticksNear(price, instrument, onTrouble),
    size: lotsNear(origQty, instrument, onTrouble),
    filled: lotsNear(executedQty, instrument, onTrouble),
  };
}

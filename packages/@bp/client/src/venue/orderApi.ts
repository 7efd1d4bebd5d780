// Orders of this venue as the desk asks for them: a live list that has only what rests, and histories for the rest.
import {
  type CallOptions,
  type Ending,
  mustBeOurs,
  type OrderApi,
  type OrderRow,
  type PastFill,
  type WhichOrder,
} from "@bp/adapter";
import { type Instrument, millis, type PlaceOrder, symbolOf } from "@bp/core";
import type { Backpack } from "../client.ts";
import type { PastFill as FillRow } from "../rest/history/fills.ts";
import type { Order, PastOrder } from "../wire/order.ts";
import { fromUtcText } from "../wire/time.ts";
import { clientIdOf, executedOf, fillOfRow } from "./decode.ts";
import { placeParamsOf, wireOrderOf } from "./encode.ts";
import { reasonOfExpiry, reasonOfRefusal, saysItStands } from "./reasons.ts";

/** How long an order that takes at once is good, ms: later it is of no use, and the sooner its fate is known the better. */
const quickMs = 2_000;
/** How long after the end of its window a request is still waited for: as long again, at most this. */
const longestMarginMs = 5_000;
/** Trades are looked for from this long before an order was sent: clocks differ. */
const clockMarginMs = 5_000;

/**
 * @param redeem - as `autoLendRedeem` of the venue
 */
export function createOrderApi(
  client: Backpack,
  instrumentOf: (symbol: string) => Instrument | undefined,
  redeem: boolean,
): OrderApi {
  const { orders, history } = client.rest;
  const fills = (rows: readonly FillRow[]): PastFill[] =>
    rows.flatMap((row) => {
      const instrument = instrumentOf(row.symbol);
      return instrument === undefined ? [] : [fillOfRow(row, instrument)];
    });
  return {
    place: async (command, instrument, mayLeave) => {
      const { clientId, tif } = command;
      const row = await orders.place(placeParamsOf(command, instrument, redeem), { ...optionsOf(command), mayLeave });
      return rowOf(row, { clientId, instrument, tif, venueOrderId: undefined });
    },
    cancel: async (which) => {
      const done = await orders.cancel(wireOrderOf(which));
      if (done.outcome === "cancelled") return { outcome: "cancelled", row: rowOf(done.order, which) };
      return { outcome: done.outcome === "pending" ? "taken" : "not-found" };
    },
    current: async (which, signal) => {
      const row = await orders.get(wireOrderOf(which), { signal });
      return row === undefined ? undefined : rowOf(row, which);
    },
    past: async ({ clientId, instrument, venueOrderId, tif }, signal) => {
      const symbol = symbolOf(instrument.id);
      const ask = venueOrderId === undefined ? { symbol, limit: 200 } : { orderId: venueOrderId, symbol, limit: 10 };
      const rows = await history.orders(ask, { signal });
      const found = rows.find(
        (row) =>
          row.symbol === symbol && (venueOrderId === undefined ? row.clientId === clientId : row.id === venueOrderId),
      );
      return found === undefined ? undefined : pastRowOf(found, instrument, tif);
    },
    fillsOf: async ({ venueOrderId }, signal) => {
      if (venueOrderId === undefined) return [];
      const rows = await history.fills({ orderId: venueOrderId, limit: 1000 }, { signal });
      return fills(rows.filter((row) => row.orderId === venueOrderId)); // whatever else is listed is another order's
    },
    fillsByClient: async ({ clientId, instrument, since }, signal) => {
      const from = since === undefined ? {} : { from: since - clockMarginMs };
      const symbol = symbolOf(instrument.id);
      const rows = await history.fills({ symbol, ...from, limit: 1000 }, { signal });
      return fills(rows.filter((row) => row.clientId === clientId && row.symbol === symbol));
    },
    refusal: ({ context: { code, message } }) =>
      saysItStands(code, message) ? "stands" : { reason: reasonOfRefusal(code, message), text: `${code}: ${message}` },
    patienceMs: patienceFor(client.windowMs),
    quickPatienceMs: patienceFor(Math.min(client.windowMs, quickMs)),
    looksMs: [0, 100, 200, 400, 800, 1_000],
  };
}

/** @throws BpError `wire/schema` for another order than the one that was asked for */
function rowOf(row: Order, which: Omit<WhichOrder, "since">): OrderRow {
  const { instrument, tif } = which;
  mustBeOurs(which, { venueOrderId: row.id, clientId: clientIdOf(row.clientId), symbol: row.symbol });
  const immediate = tif === "ioc" || tif === "fok";
  const stoppedHalfway: Ending | undefined =
    immediate && row.status === "PartiallyFilled"
      ? { type: "order.expired", reason: "filled-what-it-could", text: "the rest of an immediate order" }
      : undefined;
  return {
    venueOrderId: row.id,
    state: endingOf(row.status, undefined, tif) ?? stoppedHalfway ?? "open",
    executed: executedOf(row.executedQuantity, instrument),
    createdAt: millis(row.createdAt),
    unsure: immediate && row.status === "New" ? "immediate" : undefined,
  };
}

function pastRowOf(row: PastOrder, instrument: Instrument, tif: WhichOrder["tif"]): OrderRow {
  return {
    venueOrderId: row.id,
    state: row.status === "Filled" ? "filled" : (endingOf(row.status, row.expiryReason, tif) ?? "open"),
    executed: executedOf(row.executedQuantity, instrument),
    createdAt: fromUtcText(row.createdAt),
  };
}

/** How a status ends an order; `undefined` for one that does not, and for `Filled`, which the fills tell. */
export function endingOf(
  status: string,
  expiry: string | null | undefined,
  tif: PlaceOrder["tif"] | undefined,
): Ending | undefined {
  if (status === "Cancelled") return { type: "order.cancelled" };
  if (status !== "Expired" && status !== "TriggerFailed") return undefined;
  return { type: "order.expired", reason: reasonOfExpiry(expiry, tif), text: expiry ?? "the venue gives no reason" };
}

/** What takes at once works off an exposure that should not be there: quotes must not use up its requests. */
function optionsOf({ tif }: PlaceOrder): CallOptions {
  return tif === "ioc" || tif === "fok" ? { lane: "hedge", windowMs: quickMs } : {};
}

/** @param windowMs - how long a request is good */
function patienceFor(windowMs: number): number {
  return windowMs + Math.min(windowMs, longestMarginMs);
}

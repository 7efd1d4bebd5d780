// Orders of both services as the desk asks for them: one call shows an order whatever became of it.
import { mustBeOurs, type OrderApi, type OrderRow, type PastFill, type WhichOrder } from "@bp/adapter";
import type { Instrument, PlaceOrder } from "@bp/core";
import type { Scheme } from "../rest/endpoint.ts";
import type { WhichOrder as WireOrder } from "../rest/params.ts";
import type { FuturesOrder, SpotOrder } from "../wire/order.ts";
import { clientIdOf } from "./clientIds.ts";
import { rowOf } from "./decode.ts";
import { wireOrderOf } from "./encode.ts";
import { refusalOf } from "./reasons.ts";

/** What differs between the services. */
export interface OrderCalls {
  readonly place: (
    command: PlaceOrder,
    instrument: Instrument,
    mayLeave: () => boolean,
  ) => Promise<FuturesOrder | SpotOrder>;
  readonly cancel: (
    which: WireOrder,
  ) => Promise<
    { readonly outcome: "cancelled"; readonly order: FuturesOrder | SpotOrder } | { readonly outcome: "not-found" }
  >;
  readonly get: (which: WireOrder, signal: AbortSignal) => Promise<FuturesOrder | SpotOrder | undefined>;
  readonly fillsOf: (which: WhichOrder, signal: AbortSignal) => Promise<readonly PastFill[]>;
}

/** A nonce is good for so long (V3), ms; our own clock may be off by a little. */
const nonceMs = 10_000;
const marginMs = 2_000;

/**
 * @param recvWindowMs - how long a request of a V1 key is good
 */
export function createOrderApi(calls: OrderCalls, scheme: Scheme | undefined, recvWindowMs: number): OrderApi {
  return {
    place: async (command, instrument, mayLeave) => {
      const { clientId, tif } = command;
      const row = await calls.place(command, instrument, mayLeave);
      return ourRow(row, { clientId, instrument, tif, venueOrderId: undefined });
    },
    cancel: async (which) => {
      const done = await calls.cancel(wireOrderOf(which));
      if (done.outcome === "not-found") return done;
      return { outcome: "cancelled", row: ourRow(done.order, which) };
    },
    current: async (which, signal) => {
      const order = await calls.get(wireOrderOf(which), signal);
      return order === undefined ? undefined : ourRow(order, which);
    },
    fillsOf: calls.fillsOf,
    refusal: ({ context: { code, message } }) => refusalOf(code, message),
    patienceMs: (scheme === "v1" ? recvWindowMs : nonceMs) + marginMs,
    looksMs: [500, 500, 1_000, 3_000],
  };
}

/** @throws BpError `wire/schema` for another order than the one that was asked for */
function ourRow(order: FuturesOrder | SpotOrder, which: Omit<WhichOrder, "since">): OrderRow {
  const { orderId, clientOrderId, symbol } = order;
  const clientId = clientOrderId === "" ? undefined : (clientIdOf(clientOrderId) ?? "another");
  mustBeOurs(which, { venueOrderId: orderId, clientId, symbol });
  return rowOf(order, which.instrument, which.tif);
}

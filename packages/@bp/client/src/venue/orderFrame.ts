// A frame of the order stream in the words of the desk.
import type { OrderFrame, OrderNews } from "@bp/adapter";
import { BpError, type Instrument } from "@bp/core";
import type { OrderUpdate } from "../streams/orderUpdate.ts";
import { fromMicros } from "../wire/time.ts";
import { clientIdOf, executedOf, fillOfUpdate } from "./decode.ts";
import { endingOf } from "./orderApi.ts";

/**
 * What a frame says; `undefined` where it says nothing about an order that rests (a trigger that waits).
 *
 * @throws BpError `wire/schema`, `grid/*` for figures that make no sense
 */
export function orderFrameOf(update: OrderUpdate, instrument: Instrument): OrderFrame | undefined {
  const news = newsOf(update, instrument);
  return news === undefined
    ? undefined
    : {
        instrument,
        venueOrderId: update.i,
        clientId: clientIdOf(update.c),
        venueAt: fromMicros(update.T),
        news,
      };
}

function newsOf(update: OrderUpdate, instrument: Instrument): OrderNews | undefined {
  const { e, i } = update;
  switch (e) {
    case "orderFill":
      return { type: "filled", fill: fillOfUpdate(update, instrument) };
    case "orderAccepted":
      return { type: "accepted" };
    case "orderCancelled":
    case "orderExpired":
    case "triggerFailed": {
      const status = e === "orderCancelled" ? "Cancelled" : "Expired";
      const expiry = update.R ?? (e === "triggerFailed" ? "TriggerFailed" : undefined);
      return {
        type: "ended",
        endingOf: (tif) => endingOf(status, expiry, tif) ?? { type: "order.cancelled" },
        executed: executedOf(update.z, instrument),
      };
    }
    case "orderModified": // the venue has made a reduce-only order smaller: only a snapshot tells sizes
      return { type: "changed", why: `order ${i} was changed by the venue` };
    case "triggerPlaced":
      return undefined;
    default:
      throw new BpError("wire/schema", {
        what: "account.orderUpdate",
        path: "e",
        expected: "an event that is known",
        raw: e,
      });
  }
}

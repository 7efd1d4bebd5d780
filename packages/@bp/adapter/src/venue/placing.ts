// Sending an order, and what its answer, or the lack of one, means.
import { BpError, isBpError, type PlaceOrder, type RejectReason, symbolOf } from "@bp/core";
import type { Desk } from "./desk.ts";
import type { Doubts } from "./doubts.ts";
import type { OrderRow } from "./orderApi.ts";
import type { Tracked } from "./tracked.ts";

/** The part of a desk that places. */
export function createPlacing(desk: Desk, { doubt, stands }: Doubts): (command: PlaceOrder) => void {
  const { api, index, instrumentOf, venueNow, tell, trouble, run } = desk;

  const refused = (order: Tracked, reason: RejectReason, text: string) => {
    if (order.known !== "nothing") return; // the stream has shown that it was taken
    order.known = "ended";
    order.doubt = undefined;
    tell({ type: "order.rejected", clientId: order.clientId, reason, text }, venueNow());
  };
  const failed = (order: Tracked, error: unknown) => {
    if (!isBpError(error)) throw error;
    if (isBpError(error, "venue/refused")) {
      const meaning = api.refusal(error);
      if (typeof meaning === "string") doubt(order, "place", error.message);
      else refused(order, meaning.reason, meaning.text);
    } else if (error.code === "venue/rate-limited" || error.code === "transport/budget")
      refused(order, "rate-limited", error.message);
    else if (error.retry === "unknown") doubt(order, "place", error.message);
    else if (wasNotSent(error)) refused(order, "other", error.message);
    else doubt(order, "place", error.message);
  };

  return (command) => {
    const instrument = instrumentOf(symbolOf(command.instrument));
    if (instrument === undefined) throw new BpError("engine/unknown-instrument", { instrument: command.instrument });
    if (index.byClient(command.clientId) !== undefined)
      throw new BpError("config/conflict", {
        what: `order number ${command.clientId} is used twice`,
        hint: "take a fresh one for each order",
      });
    const order = index.add(command.clientId, instrument, venueNow(), command);
    run(async () => {
      let row: OrderRow;
      try {
        row = await api.place(command, instrument);
      } catch (error) {
        if (isFigure(error)) trouble(error); // an answer with figures off the grid: it stands, and we cannot say how
        return failed(order, error);
      }
      stands(order, row);
    });
  };
}

function isFigure(error: unknown): error is BpError {
  return isBpError(error) && error.code.startsWith("grid/");
}

/** Failures before anything was sent. */
function wasNotSent({ code }: BpError): boolean {
  return (
    code === "transport/unreachable" ||
    code === "transport/aborted" ||
    code === "transport/clock-skew" ||
    code === "venue/expired" ||
    code === "venue/unavailable" || // a firewall before the venue, or its clock could not be read
    code.startsWith("config/") ||
    code.startsWith("signing/")
  );
}

// Sending an order, and what its answer, or the lack of one, means.
import { BpError, isBpError, type PlaceOrder, type RejectReason, symbolOf } from "@bp/core";
import type { Desk } from "./desk.ts";
import type { Doubts } from "./doubts.ts";
import type { OrderRow } from "./orderApi.ts";
import type { Tracked } from "./tracked.ts";

/** An order that has not left so long after it was asked for is of no use any more, ms: it was decided for another market. */
const longestWaitMs = 700;

/** The part of a desk that places. */
export function createPlacing(
  desk: Desk,
  { doubt, stands }: Doubts,
): (command: PlaceOrder, mayLeave?: () => boolean) => void {
  const { api, clock, index, instrumentOf, venueNow, tell, trouble, run, signal } = desk;

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

  return (command, mayLeave) => {
    const instrument = instrumentOf(symbolOf(command.instrument));
    if (instrument === undefined) throw new BpError("engine/unknown-instrument", { instrument: command.instrument });
    if (index.byClient(command.clientId) !== undefined)
      throw new BpError("config/conflict", {
        what: `order number ${command.clientId} is used twice`,
        hint: "take a fresh one for each order",
      });
    const order = index.add(command.clientId, instrument, venueNow(), command);
    const askedAt = clock.now();
    let kept: string | undefined;
    /** Asked at each signing: the order's fate is judged by the last one. */
    const leaves = () => {
      if (signal.aborted) kept = "whoever placed it is gone";
      else if (clock.now() - askedAt > longestWaitMs) kept = `it waited for more than ${longestWaitMs} ms`;
      else if (mayLeave?.() === false) kept = "it may not leave any more";
      else {
        order.sentAt = venueNow();
        return true;
      }
      return false;
    };
    run(async () => {
      let row: OrderRow;
      try {
        row = await api.place(command, instrument, leaves);
      } catch (error) {
        if (kept !== undefined && isBpError(error, "transport/aborted"))
          return refused(order, "other", `not sent: ${kept}`);
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

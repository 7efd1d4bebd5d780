// Taking an order back: done, taken, or nothing there, which may mean that it was filled.
import { BpError, type CancelOrder, isBpError, symbolOf } from "@bp/core";
import type { Desk } from "./desk.ts";
import type { Doubts } from "./doubts.ts";
import type { Ends } from "./ends.ts";
import { isOver, type Tracked, whichOf } from "./tracked.ts";

/** How long the stream is given to tell what an answer leaves open, ms. */
const tellMs = 300;
/** A cancel that was only taken is asked about after this, and then this often, ms. */
const firstAskMs = 250;
const askEveryMs = 500;
const mostAsks = 10;

/** The part of a desk that cancels. */
export function createCancelling(desk: Desk, ends: Ends, { doubt }: Doubts): (command: CancelOrder) => void {
  const { api, clock, index, instrumentOf, venueNow, run, signal } = desk;

  /** A cancel was taken and not done yet: the stream will tell, else we ask. */
  const confirm = async (order: Tracked) => {
    await clock.sleep(firstAskMs, signal);
    if (isOver(order) || signal.aborted) return;
    for (let asks = 0; asks < mostAsks && !isOver(order); asks++) {
      const row = await api.current(whichOf(order), signal);
      if (row === undefined || row.state !== "open") break;
      await clock.sleep(askEveryMs, signal);
    }
    if (!isOver(order)) doubt(order, "cancel", "the venue took the cancel and has not told what came of it");
  };

  return (command) => {
    const instrument = instrumentOf(symbolOf(command.instrument));
    if (instrument === undefined) throw new BpError("engine/unknown-instrument", { instrument: command.instrument });
    const order = index.byClient(command.clientId) ?? index.add(command.clientId, instrument, venueNow());
    run(async () => {
      try {
        const done = await api.cancel(whichOf(order));
        if (done.outcome === "cancelled") {
          const { venueOrderId, executed } = done.row;
          if (!index.name(order, venueOrderId)) {
            desk.twin(order, venueOrderId);
            return doubt(order, "cancel", "the venue has cancelled another order under that number");
          }
          ends.end(order, { type: "order.cancelled" }, executed, venueNow(), tellMs);
        } else if (done.outcome === "not-found") {
          await clock.sleep(tellMs, signal); // most often it has just been filled, and the stream is about to say so
          if (!isOver(order)) doubt(order, "cancel", "nothing rests under that number; it may have been filled");
        } else await confirm(order);
      } catch (error) {
        if (!isBpError(error)) throw error;
        doubt(order, "cancel", error.message);
      }
    });
  };
}

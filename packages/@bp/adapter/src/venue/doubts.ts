// What an answer leaves open is looked up until it is known: does it rest, how did it end, did it ever arrive?
import { BpError, isBpError } from "@bp/core";
import type { Desk } from "./desk.ts";
import type { Ends } from "./ends.ts";
import type { OrderRow } from "./orderApi.ts";
import { withTotals } from "./totals.ts";
import { isOver, type Tracked, whichOf } from "./tracked.ts";

/** The ways to have an order looked for. */
export interface Doubts {
  /** Tells that a request was left without a clear answer, and looks. */
  readonly doubt: (order: Tracked, request: "place" | "cancel", text: string) => void;
  /** Looks the order up without telling a doubt; what is found is told. */
  readonly check: (order: Tracked) => void;
  /** The venue shows an order of ours, in an answer or to a look (`again`). */
  readonly stands: (order: Tracked, row: OrderRow, again?: "again") => void;
}

/** What became of a cancel is asked for at most so long, ms; then a snapshot must tell. */
const patienceMs = 60_000;
/** How long the stream is given to tell the fills of an end, and those of an order that goes on, ms. */
const endFillsMs = 300;
const openFillsMs = 500;
/** After this an order that may be over by itself is looked for, ms. */
const unsureMs = 1_000;

/** The part of a desk that looks. */
export function createDoubts(desk: Desk, ends: Ends): Doubts {
  const { api, clock, index, venueNow, tell, trouble, twin, askSnapshot, run, signal } = desk;
  const { accepted, end, expect, filled } = ends;

  const doubt: Doubts["doubt"] = (order, request, text) => {
    if (order.known === "ended") return;
    if (request === "cancel" || order.known === "nothing") {
      if (order.doubt !== "place") order.doubt = request;
      tell({ type: "order.doubted", clientId: order.clientId, request, text }, venueNow());
      look(order);
    }
  };
  const look = (order: Tracked) => {
    if (order.looking) return;
    order.looking = true;
    run(async () => {
      try {
        await lookUp(order);
      } finally {
        order.looking = false;
      }
    });
  };
  const lookUp = async (order: Tracked) => {
    const startedAt = clock.now();
    for (let at = 0; order.doubt !== undefined && !signal.aborted; at++) {
      await clock.sleep(api.looksMs[Math.min(at, api.looksMs.length - 1)] ?? 1_000, signal);
      if (order.doubt === undefined || signal.aborted) return;
      try {
        if (await lookOnce(order)) return;
      } catch (error) {
        if (!isBpError(error)) throw error;
        if (!signal.aborted) trouble(error);
      }
      const waitedMs = clock.now() - startedAt;
      if (order.doubt === "cancel" && waitedMs > patienceMs) {
        trouble(new BpError("transport/silent", { subject: `the fate of order ${order.clientId}`, ms: waitedMs }));
        order.doubt = undefined;
        askSnapshot("the fate of an order is not known");
        return;
      }
    }
  };

  /** Asks where the order is; true when that is known. The recipe: live? in the history? among the trades? */
  const lookOnce = async (order: Tracked): Promise<boolean> => {
    const askedAt = venueNow();
    const row = await api.current(whichOf(order), signal);
    if (order.doubt === undefined) return true; // the stream was quicker
    if (row !== undefined) {
      stands(order, row, "again");
      return true;
    }
    const past = await api.past?.(whichOf(order), signal);
    if (past !== undefined) return isPast(order, past);
    const listed = (await api.fillsByClient?.(whichOf(order), signal)) ?? [];
    if (listed[0] !== undefined) index.name(order, listed[0].venueOrderId);
    const own = withTotals(listed.filter(({ venueOrderId }) => venueOrderId === order.id));
    for (const fill of own) filled(order, { ...fill, clientId: order.clientId });
    if (own.length > 0 && !isOver(order)) {
      accepted(order, venueNow());
      order.doubt = "cancel"; // it did arrive; whether its rest stands is still open
      return false;
    }
    if (order.doubt === "place" && own.length === 0 && askedAt > order.sentAt + patienceOf(order)) {
      order.known = "ended";
      order.doubt = undefined;
      order.givenUp = true;
      const { clientId } = order;
      tell({ type: "order.rejected", clientId, reason: "other", text: "never arrived" }, venueNow());
    }
    return order.doubt === undefined || isOver(order);
  };
  const patienceOf = ({ tif }: Tracked) =>
    (tif === "ioc" || tif === "fok" ? api.quickPatienceMs : undefined) ?? api.patienceMs;
  /** An order of the history; true when it says how it ended. */
  const isPast = (order: Tracked, { venueOrderId, state, executed }: OrderRow): boolean => {
    if (!index.name(order, venueOrderId)) {
      twin(order, venueOrderId);
      return false;
    }
    if (state === "filled") {
      order.doubt = undefined;
      accepted(order, venueNow());
      expect(order, executed, 0);
      return true;
    }
    if (state === "open") return false; // it rests, says the history, and the live list does not: ask again
    end(order, state, executed, venueNow(), 0);
    return true;
  };

  const stands: Doubts["stands"] = (order, row, again) => {
    if (!index.name(order, row.venueOrderId)) return twin(order, row.venueOrderId);
    if (typeof row.state === "object") return end(order, row.state, row.executed, venueNow(), endFillsMs);
    accepted(order, row.createdAt, again);
    if (row.executed > order.filled) expect(order, row.executed, openFillsMs);
    if (row.state === "open" && row.unsure !== undefined && again === undefined) run(() => makeSure(order, row.unsure));
  };
  /** An order that is called open and may be over by itself: it must show itself soon, or be looked for. */
  const makeSure = async (order: Tracked, unsure: OrderRow["unsure"]) => {
    await clock.sleep(unsureMs, signal);
    if (isOver(order) || order.missing > order.filled || (unsure === "post-only" && order.heard)) return;
    order.doubt ??= "cancel";
    look(order);
  };

  return {
    doubt,
    check: (order) => {
      if (isOver(order)) return;
      order.doubt ??= "cancel";
      look(order);
    },
    stands,
  };
}

// Acceptance, fills and end of an order: each is told once, and an end waits for the fills that it speaks of.
import { BpError, type Fill, isBpError, type Millis } from "@bp/core";
import type { Desk } from "./desk.ts";
import type { Ending } from "./orderApi.ts";
import { tradeKey, withTotals } from "./totals.ts";
import { type Tracked, whichOf } from "./tracked.ts";

/** The ways to tell what became of an order. */
export interface Ends {
  /** @param again - told anew after a doubt: it stands */
  readonly accepted: (order: Tracked, venueAt: Millis, again?: "again") => void;
  readonly filled: (order: Tracked | undefined, fill: Fill) => void;
  /** @param waitMs - how long the stream is given to tell fills that are missing */
  readonly end: (order: Tracked, fact: Ending, executed: number, venueAt: Millis, waitMs: number) => void;
  /** Fills are missing: gives the stream `waitMs`, then reads them until there are `executed` lots. */
  readonly expect: (order: Tracked, executed: number, waitMs: number) => void;
  /** Tells an end that waited, if its fills have been told. */
  readonly settle: (order: Tracked) => void;
  /** A fill that a snapshot has told. */
  readonly known: (fill: Fill) => void;
  /** Trades that were told and happened then or later, by `tradeKey`. */
  readonly tradesSince: (venueAt: Millis) => ReadonlyMap<string, Fill>;
}

/** Trades that are remembered. */
const mostTrades = 50_000;
/** Missing fills are looked for so long, ms; then a snapshot must tell. */
const patienceMs = 60_000;

function forgetOldest(trades: Map<string, Fill>): void {
  if (trades.size <= mostTrades) return;
  const { value } = trades.keys().next();
  if (value !== undefined) trades.delete(value);
}

/** The part of a desk that tells. */
export function createEnds(desk: Desk): Ends {
  const { api, clock, tell, trouble, askSnapshot, run, signal } = desk;
  const trades = new Map<string, Fill>();

  const accepted: Ends["accepted"] = (order, venueAt, again) => {
    if (order.known === "ended" || (order.known === "accepted" && again === undefined)) return;
    order.known = "accepted";
    if (order.doubt === "place" || again !== undefined) order.doubt = undefined;
    tell({ type: "order.accepted", clientId: order.clientId, venueOrderId: order.id ?? "" }, venueAt);
  };

  const filled: Ends["filled"] = (order, fill) => {
    const key = tradeKey(fill);
    if (trades.has(key)) return;
    trades.set(key, fill);
    forgetOldest(trades);
    const { venueAt, ...news } = fill;
    tell(news, venueAt);
    if (order === undefined) return;
    if (order.doubt === "place") order.doubt = undefined;
    if (order.size === 0 && order.filled === 0) order.filled = fill.total - fill.size; // of an earlier run: what came before was told then
    order.filled += fill.size;
    if (order.filled < fill.total) expect(order, fill.total, 0);
    settle(order);
  };

  const end: Ends["end"] = (order, fact, executed, venueAt, waitMs) => {
    if (order.known === "ended") return;
    order.ending ??= { fact, executed, venueAt };
    if (order.filled < order.ending.executed) expect(order, order.ending.executed, waitMs);
    settle(order);
  };

  const settle: Ends["settle"] = (order) => {
    if (order.known === "ended") return;
    if (order.size > 0 && order.filled >= order.size) {
      order.known = "ended";
      return;
    }
    const { ending } = order;
    if (ending === undefined || order.filled < ending.executed) return;
    order.known = "ended";
    order.doubt = undefined;
    tell({ ...ending.fact, clientId: order.clientId, venueOrderId: order.id ?? "" }, ending.venueAt);
  };

  const expect: Ends["expect"] = (order, executed, waitMs) => {
    const busy = order.missing > order.filled;
    order.missing = Math.max(order.missing, executed);
    if (busy || order.filled >= order.missing) return;
    run(async () => {
      await clock.sleep(waitMs, signal);
      const startedAt = clock.now();
      for (let pause = 200; order.filled < order.missing && !signal.aborted; pause = Math.min(2_000, pause * 2)) {
        try {
          await readFills(order);
        } catch (error) {
          if (!isBpError(error)) throw error;
          trouble(error);
        }
        if (order.filled >= order.missing) break;
        const waitedMs = clock.now() - startedAt;
        if (waitedMs > patienceMs) {
          trouble(new BpError("transport/silent", { subject: `fills of order ${order.clientId}`, ms: waitedMs }));
          order.missing = order.filled;
          if (order.ending !== undefined) order.ending = { ...order.ending, executed: order.filled };
          askSnapshot("fills of an order are missing");
          break;
        }
        await clock.sleep(pause, signal);
      }
      settle(order);
    });
  };
  const readFills = async (order: Tracked) => {
    if (order.id === undefined) return;
    const rows = await api.fillsOf(whichOf(order), signal);
    for (const fill of withTotals(rows)) {
      filled(order, { ...fill, clientId: order.clientId });
      order.filled = Math.max(order.filled, fill.total); // also what a snapshot has told before we knew the order
    }
  };

  return {
    accepted,
    filled,
    end,
    expect,
    settle,
    known: (fill) => {
      const key = tradeKey(fill);
      if (trades.has(key)) return;
      trades.set(key, fill);
      const order = desk.index.byVenue(fill.venueOrderId);
      if (order === undefined) return;
      order.filled = Math.max(order.filled, fill.total);
      settle(order);
    },
    tradesSince: (venueAt) => {
      const since = new Map<string, Fill>();
      for (const [key, fill] of trades) if (fill.venueAt >= venueAt) since.set(key, fill);
      return since;
    },
  };
}

// Our orders at the venue: every frame and every answer about one becomes a fact once, and what is unclear is looked up.

import type { CallOptions } from "@bp/adapter";
import {
  BpError,
  type CancelOrder,
  type ClientId,
  type Clock,
  type Fill,
  type Instrument,
  isBpError,
  type Millis,
  millis,
  type News,
  type OpenOrder,
  type OrderCancelled,
  type OrderExpired,
  type PlaceOrder,
  type RejectReason,
  symbolOf,
  type Unnumbered,
} from "@bp/core";
import type { Backpack } from "../client.ts";
import { venueName } from "../failure.ts";
import type { OrderUpdate } from "../streams/orderUpdate.ts";
import type { Order, PastOrder } from "../wire/order.ts";
import { fromMicros } from "../wire/time.ts";
import { clientIdOf, executedOf, fillOfUpdate, fillsOfRows } from "./decode.ts";
import { placeParamsOf, whichOf } from "./encode.ts";
import { reasonOfExpiry, reasonOfRefusal, saysItStands } from "./reasons.ts";

export interface OrderDeskOptions {
  readonly client: Backpack;
  readonly clock: Clock;
  readonly instrumentOf: (symbol: string) => Instrument | undefined;
  readonly redeem: boolean;
  readonly emit: (fact: Unnumbered) => void;
  readonly trouble: (error: BpError) => void;
  readonly askSnapshot: (why: string) => void;
  readonly run: (task: () => Promise<void>) => void;
  readonly signal: AbortSignal;
}

export interface OrderDesk {
  place(command: PlaceOrder): void;
  cancel(command: CancelOrder): void;
  /** A frame of the private stream. */
  heard(update: OrderUpdate, at: Millis): void;
  /** What a snapshot has told. */
  told(fills: readonly Fill[], open: readonly OpenOrder[]): void;
  /** Trades that the stream told since then, by `orderId tradeId`: what a complete list of fills must have. */
  tradesSince(venueAt: Millis): ReadonlyMap<string, Fill>;
  clientIdOfOrder(venueOrderId: string): ClientId | undefined;
}

/** Key of a trade: an id is only unique together with its order (both sides of a trade can be ours). */
export function tradeKey(fill: Pick<Fill, "tradeId" | "venueOrderId" | "instrument">): string {
  return `${fill.instrument} ${fill.venueOrderId} ${fill.tradeId}`;
}

type Ending = Pick<OrderCancelled, "type"> | Pick<OrderExpired, "type" | "reason" | "text">;

interface Tracked {
  readonly clientId: ClientId;
  readonly instrument: Instrument;
  size: number; // lots; 0 where it was not placed by us in this run and no snapshot has told it
  readonly tif: PlaceOrder["tif"] | undefined;
  readonly sentAt: Millis; // venue time
  id: string | undefined; // the venue's
  known: "nothing" | "accepted" | "ended";
  filled: number; // lots of all fills that were told
  /** The end, waiting for fills that it says there are. */
  ending: { readonly fact: Ending; readonly executed: number; readonly venueAt: Millis } | undefined;
  doubt: "place" | "cancel" | undefined;
  looking: boolean;
  missing: number; // lots that must be told; a task reads them from the history
  givenUp: boolean; // told as never arrived
}

/** How long after the end of its window a request is still waited for: as long again, at most this. */
const longestMarginMs = 5_000;
/** Orders, and trades, that are remembered: what was over longer ago is told no more. */
const rememberedOrders = 5_000;
const rememberedTrades = 50_000;
/** How long the stream is given to tell what an answer leaves open, ms. */
const tellMs = 300;

/** The desk of one account. */
export function createOrderDesk(options: OrderDeskOptions): OrderDesk {
  const { client, clock, instrumentOf, emit, trouble, askSnapshot, run, signal } = options;
  const patienceMs = client.windowMs + Math.min(client.windowMs, longestMarginMs);
  const byClient = new Map<ClientId, Tracked>();
  const byId = new Map<string, Tracked>();
  const trades = new Map<string, Fill>();
  const venueNow = (): Millis => millis(Math.round(clock.now() + (client.skew.offsetMs ?? 0)));
  const tell = (news: News, venueAt: Millis) => {
    if (!signal.aborted) emit({ ...news, venueAt, at: clock.now() });
  };

  const track = (clientId: ClientId, instrument: Instrument, command?: PlaceOrder): Tracked => {
    const order: Tracked = {
      clientId,
      instrument,
      size: command?.size ?? 0,
      tif: command?.tif,
      sentAt: venueNow(),
      id: undefined,
      known: "nothing",
      filled: 0,
      ending: undefined,
      doubt: undefined,
      looking: false,
      missing: 0,
      givenUp: false,
    };
    byClient.set(clientId, order);
    forgetOldest();
    return order;
  };
  const forgetOldest = () => {
    if (byClient.size <= rememberedOrders) return;
    for (const [clientId, order] of byClient) {
      if (order.known !== "ended" || order.looking) continue;
      byClient.delete(clientId);
      if (order.id !== undefined) byId.delete(order.id);
      return;
    }
  };
  const named = (order: Tracked, id: string) => {
    if (order.id === id) return;
    order.id = id;
    byId.set(id, order);
  };

  const accepted = (order: Tracked, venueAt: Millis, again?: "again") => {
    if (order.known === "ended" || (order.known === "accepted" && again === undefined)) return;
    order.known = "accepted";
    if (order.doubt === "place" || again !== undefined) order.doubt = undefined;
    tell({ type: "order.accepted", clientId: order.clientId, venueOrderId: order.id ?? "" }, venueAt);
  };

  const filled = (order: Tracked | undefined, fill: Fill) => {
    const key = tradeKey(fill);
    if (trades.has(key)) return;
    trades.set(key, fill);
    if (trades.size > rememberedTrades) for (const oldest of trades.keys()) return void trades.delete(oldest);
    const { venueAt, ...news } = fill;
    tell(news, venueAt);
    if (order === undefined) return;
    if (order.doubt === "place") order.doubt = undefined;
    if (order.size === 0 && order.filled === 0) order.filled = fill.total - fill.size; // of an earlier run: what came before was told then
    order.filled += fill.size;
    if (order.filled < fill.total) expect(order, fill.total, 0);
    settle(order);
  };

  /** The end of an order is told when all fills that it speaks of have been told: else it would look smaller than it was. */
  const end = (order: Tracked, fact: Ending, executed: number, venueAt: Millis, waitMs: number) => {
    if (order.known === "ended") return;
    order.ending ??= { fact, executed, venueAt };
    if (order.filled < order.ending.executed) expect(order, order.ending.executed, waitMs);
    settle(order);
  };
  const settle = (order: Tracked) => {
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

  /** Fills are missing: gives the stream `waitMs`, then reads them from the history until they are complete. */
  const expect = (order: Tracked, executed: number, waitMs: number) => {
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
        if (clock.now() - startedAt > 60_000) {
          trouble(silent(`fills of order ${order.clientId}`, clock.now() - startedAt));
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
    const rows = await client.rest.history.fills({ orderId: order.id, limit: 1000 }, { signal });
    for (const fill of fillsOfRows(rows, instrumentOf, () => order.clientId)) {
      filled(order, fill);
      order.filled = Math.max(order.filled, fill.total); // also what a snapshot has told before we knew the order
    }
  };

  const doubt = (order: Tracked, request: "place" | "cancel", text: string) => {
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
    for (let pause = 100; order.doubt !== undefined && !signal.aborted; pause = Math.min(1_000, pause * 2)) {
      try {
        if (await lookOnce(order)) return;
      } catch (error) {
        if (!isBpError(error)) throw error;
        if (!signal.aborted) trouble(error);
      }
      if (order.doubt === "cancel" && clock.now() - startedAt > 60_000) {
        trouble(silent(`the fate of order ${order.clientId}`, clock.now() - startedAt));
        order.doubt = undefined;
        askSnapshot("the fate of an order is not known");
        return;
      }
      await clock.sleep(pause, signal);
    }
  };

  /** Asks where the order is; true when that is known. The recipe: resting? in the history? among the fills? */
  const lookOnce = async (order: Tracked): Promise<boolean> => {
    const { clientId, instrument } = order;
    const symbol = symbolOf(instrument.id);
    const askedAt = venueNow();
    const resting = await client.rest.orders.get(whichOf({ clientId, instrument: instrument.id }, order.id), {
      signal,
    });
    if (order.doubt === undefined) return true; // the stream was quicker
    if (resting !== undefined) {
      stands(order, resting, "again");
      return true;
    }
    const past = await findPast(order, symbol);
    if (past !== undefined) return isPast(order, past);
    const rows = await client.rest.history.fills({ symbol, from: order.sentAt - 5_000, limit: 1000 }, { signal });
    const own = rows.filter((row) => row.clientId === clientId);
    if (own[0] !== undefined) named(order, own[0].orderId);
    for (const fill of fillsOfRows(own, instrumentOf, () => clientId)) filled(order, fill);
    if (own.length > 0 && !isOver(order)) {
      accepted(order, venueNow());
      order.doubt = "cancel"; // it did arrive; whether its rest stands is still open
      return false;
    }
    if (order.doubt === "place" && own.length === 0 && askedAt > order.sentAt + patienceMs) {
      order.known = "ended";
      order.doubt = undefined;
      order.givenUp = true;
      tell({ type: "order.rejected", clientId, reason: "other", text: "never arrived" }, venueNow());
    }
    return order.doubt === undefined || isOver(order);
  };
  const findPast = async (order: Tracked, symbol: string): Promise<PastOrder | undefined> => {
    const { id } = order;
    if (id !== undefined) {
      const rows = await client.rest.history.orders({ orderId: id, symbol, limit: 10 }, { signal });
      return rows.find((row) => row.id === id);
    }
    const rows = await client.rest.history.orders({ symbol, limit: 200 }, { signal });
    const found = rows.find((row) => row.clientId === order.clientId);
    if (found !== undefined) named(order, found.id);
    return found;
  };
  /** An order of the history; true when it says how it ended. */
  const isPast = (order: Tracked, past: PastOrder): boolean => {
    const executed = executedOf(past.executedQuantity, order.instrument);
    if (past.status === "Filled") {
      order.doubt = undefined;
      accepted(order, venueNow());
      expect(order, executed, 0);
      return true;
    }
    const ending = endingOf(past.status, past.expiryReason, order.tif);
    if (ending === undefined) return false; // it rests, says the history, and the live list does not: ask again
    end(order, ending, executed, venueNow(), 0);
    return true;
  };

  /** The venue shows an order of ours as standing (or just done): from an answer or a lookup. */
  const stands = (order: Tracked, row: Order, again?: "again") => {
    named(order, row.id);
    const executed = executedOf(row.executedQuantity, order.instrument);
    const shot = order.tif === "ioc" || order.tif === "fok";
    const stoppedHalfway: Ending | undefined =
      shot && row.status === "PartiallyFilled"
        ? { type: "order.expired", reason: "filled-what-it-could", text: "the rest of an immediate order" }
        : undefined;
    const ending = endingOf(row.status, undefined, order.tif) ?? stoppedHalfway;
    if (ending !== undefined) return end(order, ending, executed, venueNow(), tellMs);
    accepted(order, millis(row.createdAt), again);
    if (executed > order.filled) expect(order, executed, 500);
    if (shot && row.status === "New" && again === undefined) run(() => checkShot(order));
  };
  /** An immediate order that is called new: it must be over soon, or be looked for. */
  const checkShot = async (order: Tracked) => {
    await clock.sleep(1_000, signal);
    if (order.known === "ended" || order.ending !== undefined || order.missing > order.filled) return;
    order.doubt ??= "cancel";
    look(order);
  };

  const refused = (order: Tracked, reason: RejectReason, text: string) => {
    if (order.known !== "nothing") return; // the stream has shown that it was taken
    order.known = "ended";
    order.doubt = undefined;
    tell({ type: "order.rejected", clientId: order.clientId, reason, text }, venueNow());
  };
  const placeFailed = (order: Tracked, error: unknown) => {
    if (!isBpError(error)) throw error;
    if (isBpError(error, "venue/refused")) {
      const { code, message } = error.context;
      if (saysItStands(code, message)) doubt(order, "place", error.message);
      else refused(order, reasonOfRefusal(code, message), `${code}: ${message}`);
    } else if (error.code === "venue/rate-limited" || error.code === "transport/budget")
      refused(order, "rate-limited", error.message);
    else if (error.retry === "unknown") doubt(order, "place", error.message);
    else if (wasNotSent(error)) refused(order, "other", error.message);
    else doubt(order, "place", error.message);
  };

  return {
    place: (command) => {
      const instrument = instrumentOf(symbolOf(command.instrument));
      if (instrument === undefined) throw new BpError("engine/unknown-instrument", { instrument: command.instrument });
      if (byClient.has(command.clientId))
        throw new BpError("config/conflict", {
          what: `order number ${command.clientId} is used twice`,
          hint: "take a fresh one for each order",
        });
      const params = placeParamsOf(command, instrument, options.redeem);
      const order = track(command.clientId, instrument, command);
      run(async () => {
        let row: Order;
        try {
          row = await client.rest.orders.place(params, laneOf(command));
        } catch (error) {
          return placeFailed(order, error);
        }
        try {
          stands(order, row);
        } catch (error) {
          if (!isBpError(error)) throw error;
          trouble(error); // an answer with figures off the grid: it stands, and we cannot say how
          doubt(order, "place", error.message);
        }
      });
    },
    cancel: (command) => {
      const instrument = instrumentOf(symbolOf(command.instrument));
      if (instrument === undefined) throw new BpError("engine/unknown-instrument", { instrument: command.instrument });
      const order = byClient.get(command.clientId) ?? track(command.clientId, instrument);
      run(async () => {
        try {
          const done = await client.rest.orders.cancel(whichOf(command, order.id));
          if (done.outcome === "cancelled") {
            named(order, done.order.id);
            end(
              order,
              { type: "order.cancelled" },
              executedOf(done.order.executedQuantity, instrument),
              venueNow(),
              tellMs,
            );
          } else if (done.outcome === "not-found") {
            await clock.sleep(tellMs, signal); // most often it has just been filled, and the stream is about to say so
            if (!isOver(order)) doubt(order, "cancel", "nothing rests under that number; it may have been filled");
          } else await confirmCancel(order);
        } catch (error) {
          if (!isBpError(error)) throw error;
          doubt(order, "cancel", error.message);
        }
      });
    },
    heard: (update, at) => {
      const instrument = instrumentOf(update.s);
      if (instrument === undefined) return; // a market that nobody here asked for
      const clientId = clientIdOf(update.c);
      let order = byId.get(update.i) ?? (clientId === undefined ? undefined : byClient.get(clientId));
      if (order === undefined && clientId !== undefined) order = track(clientId, instrument);
      if (order !== undefined) named(order, update.i);
      const venueAt = fromMicros(update.T);
      if (order?.givenUp === true) askSnapshot(`order ${order.clientId} has arrived after it was given up`);
      switch (update.e) {
        case "orderFill":
          if (order !== undefined) accepted(order, venueAt);
          return filled(order, fillOfUpdate(update, instrument, order?.clientId));
        case "orderAccepted":
          if (order !== undefined) accepted(order, venueAt);
          return;
        case "orderCancelled":
        case "orderExpired":
        case "triggerFailed": {
          if (order === undefined) return;
          const status = update.e === "orderCancelled" ? "Cancelled" : "Expired";
          const ending = endingOf(
            status,
            update.R ?? (update.e === "triggerFailed" ? "TriggerFailed" : undefined),
            order.tif,
          );
          if (ending !== undefined) end(order, ending, executedOf(update.z, instrument), venueAt, 0);
          return;
        }
        case "orderModified": // the venue has made a reduce-only order smaller: only a snapshot tells sizes
          return askSnapshot(`order ${update.i} was changed by the venue`);
        case "triggerPlaced":
          return;
        default:
          trouble(
            new BpError("wire/schema", {
              what: "account.orderUpdate",
              path: "e",
              expected: "an event that is known",
              raw: `${update.e} at ${at}`,
            }),
          );
          return askSnapshot(`an order event ${update.e} that is not known`);
      }
    },
    told: (fills, open) => {
      for (const each of open) {
        const instrument = instrumentOf(symbolOf(each.instrument));
        if (each.clientId === undefined || instrument === undefined || byClient.has(each.clientId)) continue;
        const order = track(each.clientId, instrument);
        named(order, each.venueOrderId);
        order.size = each.size;
        order.filled = each.filled;
        order.known = "accepted";
      }
      for (const fill of fills) {
        const key = tradeKey(fill);
        if (trades.has(key)) continue;
        trades.set(key, fill);
        const order = byId.get(fill.venueOrderId);
        if (order === undefined) continue;
        order.filled = Math.max(order.filled, fill.total);
        settle(order);
      }
    },
    tradesSince: (venueAt) => {
      const since = new Map<string, Fill>();
      for (const [key, fill] of trades) if (fill.venueAt >= venueAt) since.set(key, fill);
      return since;
    },
    clientIdOfOrder: (venueOrderId) => byId.get(venueOrderId)?.clientId,
  };

  /** A cancel was taken and not done yet: the stream will tell, else we ask. */
  async function confirmCancel(order: Tracked): Promise<void> {
    await clock.sleep(250, signal);
    if (order.known === "ended" || order.ending !== undefined || signal.aborted) return;
    for (let tries = 0; tries < 10 && !isOver(order); tries++) {
      const row = await client.rest.orders.get(
        whichOf({ clientId: order.clientId, instrument: order.instrument.id }, order.id),
        { signal },
      );
      if (row === undefined) break;
      await clock.sleep(500, signal);
    }
    if (!isOver(order)) doubt(order, "cancel", `${venueName} took the cancel and has not told what came of it`);
  }
}

function isOver(order: Tracked): boolean {
  return order.known === "ended" || order.ending !== undefined;
}

/** How a status ends an order; `undefined` for one that does not, and for `Filled`, which the fills tell. */
function endingOf(
  status: string,
  expiry: string | null | undefined,
  tif: PlaceOrder["tif"] | undefined,
): Ending | undefined {
  if (status === "Cancelled") return { type: "order.cancelled" };
  if (status !== "Expired" && status !== "TriggerFailed") return undefined;
  return { type: "order.expired", reason: reasonOfExpiry(expiry, tif), text: expiry ?? "the venue gives no reason" };
}

/** What takes at once works off an exposure that should not be there: quotes must not use up its requests. */
function laneOf({ tif }: PlaceOrder): CallOptions {
  return tif === "ioc" || tif === "fok" ? { lane: "cancel" } : {};
}

/** Failures of ours before anything left the house. */
function wasNotSent({ code }: BpError): boolean {
  return (
    code === "transport/unreachable" ||
    code === "transport/clock-skew" ||
    code === "venue/expired" ||
    code.startsWith("config/") ||
    code.startsWith("signing/")
  );
}

function silent(subject: string, ms: number): BpError {
  return new BpError("transport/silent", { subject, ms });
}

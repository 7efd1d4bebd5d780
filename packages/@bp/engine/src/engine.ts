// The line of the house: a fact in, commands out.
import {
  type AnyRule,
  type AnyStrategy,
  BpError,
  type ClientId,
  type Command,
  type Event,
  type EventOf,
  type Instrument,
  type InstrumentId,
  type Intent,
  type View,
  clientIdOf,
  venueOf,
} from "@bp/core";
import { type Wishes, createGate } from "@bp/risk";
import { external } from "./account.ts";
import type { Order } from "./orders.ts";
import { plan } from "./plan.ts";
import { createRests } from "./rests.ts";
import { type Asks, createAsks } from "./asks.ts";
import { flattening } from "./flatten.ts";
import { layOrders } from "./snapshot.ts";
import { viewOf } from "./views.ts";
import { type World, createWorld } from "./world.ts";

/** What an engine is made of. Plain values: the same options and the same events give the same commands. */
export interface EngineOptions {
  /** 0 to 255: the high byte of every order number, told apart from the runs before. */
  readonly run: number;
  readonly instruments: readonly Instrument[];
  readonly strategies: readonly { readonly strategy: AnyStrategy; readonly params: unknown }[];
  readonly rules: readonly AnyRule[];
  /**
   * A position at the first snapshot that is not ours: `ignore` counts it as external and never touches it, `adopt` gives it
   * to the strategy that trades the instrument (the first one named), at the venue's entry cost. Default `ignore`.
   */
  readonly existing?: "ignore" | "adopt";
  /** How long a request may stay on the wire before its absence proves anything, in ms: the venue's window and a margin. Default 10,000. */
  readonly graceMs?: number;
  /** How often the venue's truth is asked for without a reason, in ms. Default 60,000. */
  readonly askEveryMs?: number;
  /** An unexplained change of the position by more than this many lots halts. Default: any. */
  readonly unexplainedLots?: number;
  /** Worst price of a flatten and of protective orders, as a fraction beyond the touch. Default 0.005. */
  readonly slippageCap?: number;
}

/** Why something was not done, or was found: for the log, the console and the replay. */
export interface Note {
  /** The rule, or the part of the engine. */
  readonly rule: string;
  readonly why: string;
}

export interface Engine {
  readonly view: View;
  /** Our orders that may be at a venue. */
  readonly orders: ReadonlyMap<ClientId, Order>;
  /** The whole product in one line: a fact in, commands out. Deterministic; touches no clock, no net, no disk. */
  step(event: Event): readonly Command[];
  /** What the last step had to say beyond its commands; told once until it changes. */
  notes(): readonly Note[];
  /** The view of one strategy. @throws BpError `engine/bad-intent` if there is none of that name */
  viewOf(strategy: string): View;
}

interface Running {
  readonly strategy: AnyStrategy;
  readonly params: unknown;
  readonly view: View;
  memory: unknown;
}

/** The driver's beat, once a second. */
export const beat = "beat";

/**
 * Makes an engine.
 *
 * @throws BpError `engine/bad-intent` if two strategies have one name; whatever a strategy's `params.parse` throws
 */
export function createEngine(options: EngineOptions): Engine {
  const { graceMs = 10_000, askEveryMs = 60_000, slippageCap = 0.005, unexplainedLots = 0 } = options;
  const world = createWorld(options.instruments);
  const gate = createGate(options.rules);
  const whole = viewOf(world);
  const rests = createRests();
  const asks = createAsks(askEveryMs, graceMs * 0.3);
  const told = new Map<string, string>();
  let notes: Note[] = [];
  let placed = 0;
  const next = () => clientIdOf(options.run, ++placed);

  const running: Running[] = options.strategies.map(({ strategy, params: raw }) => {
    const params = strategy.params.parse(raw);
    return { strategy, params, view: viewOf(world, strategy.name), memory: strategy.start(params) };
  });
  const named = new Map(running.map((each) => [each.strategy.name, each]));
  if (named.size < running.length)
    throw new BpError("engine/bad-intent", { strategy: "all", why: "two strategies have one name" });

  const note = (rule: string, subject: string, why: string) => {
    if (told.get(`${rule}/${subject}`) === why) return;
    told.set(`${rule}/${subject}`, why);
    notes.push({ rule, why });
  };
  const halt = (why: string) => {
    if (world.halted !== undefined) return;
    world.halted = why;
    note("halt", "engine", why);
  };

  /** Everything the event says becomes part of the world. */
  const fold = (event: Event): void => {
    switch (event.type) {
      case "book.reset":
      case "book.changed":
      case "book.lost":
      case "trade.printed":
      case "mark.changed":
      case "instrument.changed":
        return world.foldMarket(event);
      case "link.lost":
      case "link.restored":
        world.foldLink(event);
        return note("link", `${event.venue}/${event.stream}`, `${event.venue} ${event.stream} ${event.type}: ${event.why}`);
      case "balance.changed":
        return world.account.balance(event);
      case "funding.paid":
        return world.account.funding(event, world.instrument(event.instrument));
      case "order.filled":
        return foldFill(event);
      case "order.accepted":
      case "order.cancelled":
      case "order.expired":
      case "order.rejected":
      case "order.doubted":
        return foldOrder(event);
      case "account.snapshot":
        return foldSnapshot(event);
      case "timer.fired":
        return;
      case "operator.asked":
        return foldAsk(event);
    }
  };

  const foldFill = (event: EventOf<"order.filled">) => {
    const order = event.clientId === undefined ? undefined : world.orders.find(event.clientId);
    if (!world.instruments.has(event.instrument)) return; // a market we do not trade
    if (!world.account.fill(event, order?.strategy ?? external, world.instrument(event.instrument))) return;
    if (order === undefined) return note("external", event.tradeId, `a trade that nobody here ordered: ${event.side} ${event.size} lots of ${event.instrument}`);
    if (event.total - event.size > order.filled) asks.want(venueOf(order.instrument), "an earlier fill is missing");
    world.orders.told(order, "order.filled", event.at, event.venueAt);
    world.orders.filledTo(order, Math.max(event.total, order.filled), event.venueAt);
    order.acceptedAt ??= event.venueAt;
    rests.worked(order.slot);
  };

  const foldOrder = (
    event: EventOf<"order.accepted" | "order.cancelled" | "order.expired" | "order.rejected" | "order.doubted">,
  ) => {
    const order = world.orders.find(event.clientId);
    if (order === undefined) return;
    const venue = venueOf(order.instrument);
    if (order.endedAt !== undefined) {
      // Told twice is normal. That it was accepted later than it ended is not: look.
      if (event.type === "order.accepted" && event.venueAt > order.endedAt) asks.want(venue, "an order that had ended stands");
      return;
    }
    const before = order.state;
    world.orders.told(order, event.type, event.at, event.venueAt);
    if (event.type === "order.accepted") order.acceptedAt ??= event.venueAt;
    if ("filled" in event && event.filled !== undefined && event.filled > order.filled)
      asks.want(venue, "the venue counts more fills than we do");
    if (event.type === "order.rejected" && before !== "open") {
      rests.refused(order.slot, order.price, event.reason, event.at);
      note("venue", order.slot, `refused (${event.reason}): ${event.text}`);
    }
    if (event.type === "order.expired") {
      rests.refused(order.slot, order.price, event.reason, event.at);
      if (event.reason !== "filled-what-it-could") note("venue", order.slot, `expired (${event.reason}): ${event.text}`);
    }
    if (order.state === "unknown") {
      asks.want(venue, `order ${event.clientId} is in doubt`);
      if (event.type === "order.doubted") note("unknown-order", order.slot, `${event.request} of order ${event.clientId}: ${event.text}`);
    }
  };

  const foldSnapshot = (event: EventOf<"account.snapshot">) => {
    const first = !asks.answered(event.venue);
    for (const fill of event.fills) foldFill({ ...fill, at: event.at, seq: event.seq });
    const changes = world.account.snapshot(event, (id) => world.instruments.get(id));
    asks.answer(event.venue, event.at);
    const found = layOrders(event, world, graceMs);
    for (const id of found.gone) note("reconcile", String(id), `order ${id} is no longer at the venue`);
    for (const id of found.revived) note("reconcile", String(id), `order ${id} stands after all`);
    surplus.push(...found.surplus.flatMap((each) => (each.clientId === undefined ? [] : [{ clientId: each.clientId, instrument: each.instrument }])));
    if (found.foreign.length > 0)
      note("external", event.venue, `${found.foreign.length} resting orders that nobody here placed are left alone`);
    for (const { instrument, was, is } of changes) {
      if (first && options.existing === "adopt") {
        const owner = running.find((each) => each.strategy.instruments(each.params).includes(instrument));
        if (owner !== undefined) {
          world.account.adopt(world.instrument(instrument), owner.strategy.name);
          note("adopt", instrument, `took over a position of ${is} lots in ${instrument}`);
          continue;
        }
      }
      note("external", instrument, `the account holds ${is} lots of ${instrument} that are not ours`);
      if (!first && Math.abs(is - (was ?? 0)) > unexplainedLots)
        halt(`the position in ${instrument} changed by ${is - (was ?? 0)} lots without a trade that we know of`);
    }
  };

  const foldAsk = (event: EventOf<"operator.asked">) => {
    if (event.ask === "halt") return halt(`${event.by} asked for it`);
    if (event.ask === "resume") {
      world.halted = undefined;
      if (world.quiet === "pause") world.quiet = undefined;
      return note("operator", "resume", `resumed by ${event.by} (${event.seq})`);
    }
    world.quiet = event.ask;
    return note("operator", "quiet", `${event.ask} by ${event.by}`);
  };

  /** Orders that stand without a slot; cancelled in the next round. */
  const surplus: { readonly clientId: ClientId; readonly instrument: InstrumentId }[] = [];

  /** What all strategies wish, or what a person has put in their place. */
  const wishes = (): readonly Wishes[] => {
    if (world.quiet === "pause" || world.quiet === "stop") return [];
    return running.map(({ strategy, params, view, memory }) => {
      const intents =
        world.quiet === "flatten" ? flattening(world, strategy.name, slippageCap) : strategy.want(view, memory, params);
      return { strategy: strategy.name, view, intents: intents.every(sighted) ? intents : intents.filter(sighted) };
    });
  };

  /** Nobody trades blind: the account must be known and the book whole. */
  const sighted = ({ instrument }: Intent): boolean =>
    world.account.known(venueOf(instrument)) && world.book(instrument).valid;

  const step = (event: Event): readonly Command[] => {
    notes = [];
    world.now = event.at;
    fold(event);
    for (const each of running)
      if (each.strategy.remember !== undefined)
        each.memory = each.strategy.remember(each.memory, event, each.view, each.params);
    gate.remember(event, whole);
    if (weighs(event)) {
      const why = gate.halted(whole);
      if (why !== undefined) halt(why);
    }
    if (event.type === "timer.fired" && event.name === beat) doubtSilent(world, graceMs, asks);

    const judged = gate.judge(wishes(), whole, world.orders);
    for (const { rule, slot, why } of judged.notes) note(rule, slot, why);
    const planned = plan(judged.approved, world, rests, next);
    for (const { rule, slot, why } of planned.notes) note(rule, slot, why);
    const asking = asks.due(event.at, event.type === "timer.fired");
    if (asking.length === 0 && surplus.length === 0) return planned.commands;
    const cancels = surplus.splice(0).map((each): Command => ({ type: "order.cancel", ...each }));
    return [...cancels, ...planned.commands, ...asking];
  };

  return {
    view: whole,
    orders: world.orders.live,
    step,
    notes: () => notes,
    viewOf: (strategy) => {
      const found = named.get(strategy);
      if (found === undefined) throw new BpError("engine/bad-intent", { strategy, why: "there is no such strategy" });
      return found.view;
    },
  };
}

/** Facts that can change what we are worth. */
function weighs({ type }: Event): boolean {
  switch (type) {
    case "order.filled":
    case "mark.changed":
    case "funding.paid":
    case "account.snapshot":
    case "timer.fired":
      return true;
    default:
      return false;
  }
}

/** An order that nobody has said anything about for longer than the grace time is in doubt, and the venue is asked. */
function doubtSilent(world: World, graceMs: number, asks: Asks): void {
  for (const order of world.orders.live.values()) {
    const waiting = order.state === "placing" || order.state === "cancelling" || (order.tif === "ioc" && order.state === "open");
    if (waiting && world.now - order.since > graceMs) world.orders.doubt(order, world.now);
    if (order.state === "unknown") asks.want(venueOf(order.instrument), `order ${order.clientId} is in doubt`);
  }
}

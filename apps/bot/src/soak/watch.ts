// Looks over a long run from outside: at each beat its limits, each hour its books beside the exchange's, all the time its slots.
import {
  Big,
  type Command,
  type Event,
  type EventOf,
  type Instrument,
  type InstrumentId,
  notionalOf,
  sizeToBig,
  ticks,
  type VenueId,
  venueOf,
} from "@bp/core";
import type { Engine, Note } from "@bp/engine";
import { sameLedgers } from "../ending.ts";
import type { Face, RunState } from "../session.ts";
import type { Ledger, Stage } from "../stage/stage.ts";
import type { Recipe } from "../wire-up.ts";
import { createSlots } from "./slots.ts";

/** Something that must not be. */
export interface Violation {
  readonly rule: "slots" | "books" | "orders" | "wallet" | "limits" | "naked" | "note" | "end";
  /** Seconds since the start of the run, market time. */
  readonly second: number;
  readonly says: string;
}

/** What was seen so far. */
export interface Seen {
  readonly events: number;
  readonly orders: number;
  readonly fills: number;
  /** How often our books were held against the exchange's. */
  readonly compared: number;
  /** Longest time that a pair was unhedged, ms. */
  readonly nakedMs: number;
  /** The most of each limit that was used, as a fraction of it. */
  readonly used: { readonly position: number; readonly notional: number; readonly leverage: number };
}

/** A watch over a run. It is a face: it is told each step. */
export interface Watch extends Face {
  readonly violations: readonly Violation[];
  readonly seen: Seen;
}

/** What is watched, and how often. */
export interface WatchOptions {
  /** How often the books are compared, ms of market time. */
  readonly everyMs: number;
  /** Told at each comparison, when it has come to a result. @param hours - since the start */
  readonly onLook?: (hours: number) => void;
}

/** Facts and answers are on their way: what differs for longer than so many beats differs. */
const patienceBeats = 5;
/** Notional and leverage move with the market after an order was allowed. */
const drift = 1.02;
/** Remarks that tell of what nobody can explain. */
const unexplained = /without a trade|nobody here ordered|not ours|unexplained/;

/** A watch that has seen nothing. */
export function createWatch({ everyMs, onLook }: WatchOptions): Watch {
  const violations: Violation[] = [];
  const used = { position: 0, notional: 0, leverage: 0 };
  const counts = { events: 0, orders: 0, fills: 0, compared: 0, nakedMs: 0 };
  let stage: Stage | undefined;
  let recipe: Recipe | undefined;
  let slots = createSlots(10_000);
  let startedAt: number | undefined;
  let nextLook = Number.POSITIVE_INFINITY;
  let late = 0;
  let ending = false;
  const nakedSince = new Map<string, number>();
  const wallets = new Map<VenueId, ReadonlyMap<string, string>>();
  let now = 0;

  const found = (rule: Violation["rule"], says: string) => {
    if (violations.length < 1_000) violations.push({ rule, second: (now - (startedAt ?? now)) / 1_000, says });
  };

  /** Our books beside the exchange's own. @returns whether they agree; they may not while facts are on their way */
  const booksOf = ({ engine, tally, instruments }: RunState): boolean => {
    const books = new Map<InstrumentId, Ledger>();
    for (const { id } of instruments) {
      const book = stage?.ledger?.(id);
      if (book !== undefined) books.set(id, book);
    }
    const isSame = sameLedgers(books, tally.figures(), engine);
    const isHeld = instruments.every((each) => {
      const book = books.get(each.id);
      const size = engine.view.position(each.id);
      return book === undefined || (size !== undefined && sizeToBig(each, size).eq(book.position));
    });
    return isSame && isHeld;
  };
  const look = (state: RunState, at: number) => {
    if (booksOf(state)) counts.compared += 1;
    else if (late < patienceBeats) {
      late += 1;
      return;
    } else found("books", "our orders, fills, volume, fees or positions are not the exchange's");
    late = 0;
    nextLook += everyMs;
    onLook?.((at - (startedAt ?? at)) / 3_600_000);
  };

  /** What a venue lists, beside what the engine has made of it. */
  const listed = ({ orders, venue }: EventOf<"account.snapshot">, engine: Engine) => {
    for (const { clientId } of orders)
      if (clientId === undefined || !engine.orders.has(clientId))
        found("orders", `${venue} lists an order ${clientId ?? "of nobody"} that the engine does not have`);
  };
  /** What the venue says is in the wallet must be what our fills, fees and funding make of what was there at the start. */
  const wallet = (event: EventOf<"account.snapshot">, { engine, instruments }: RunState) => {
    const { venue, balances } = event;
    const first = wallets.get(venue);
    if (first === undefined) {
      wallets.set(venue, new Map(balances.map(({ asset, total }) => [asset, total])));
      return;
    }
    const here = instruments.filter(({ id, kind }) => venueOf(id) === venue && kind === "perp");
    if (here.length < instruments.filter(({ id }) => venueOf(id) === venue).length) return; // coins move too
    for (const quote of new Set(here.map((each) => each.quote))) {
      let expected = new Big(first.get(quote) ?? 0);
      for (const each of here) {
        const held = each.quote === quote ? engine.view.holding(each.id) : undefined;
        if (held !== undefined) expected = expected.plus(held.realized).plus(held.funding).minus(held.fees);
      }
      const told = new Big(balances.find(({ asset }) => asset === quote)?.total ?? 0);
      const off = told.minus(expected).abs();
      if (off.gt("0.000001"))
        found("wallet", `${venue} holds ${told.toFixed()} ${quote}, our books say ${expected.toFixed()}`);
    }
  };

  const priceOf = (engine: Engine, id: InstrumentId) => engine.view.mark(id)?.mark ?? engine.view.book(id).mid();
  const limits = ({ engine, instruments }: RunState) => {
    const { limits: caps } = recipe ?? {};
    if (caps === undefined) return;
    const gross = new Map<VenueId, Big>();
    let worst = new Big(0);
    for (const each of instruments) {
      const size = engine.view.position(each.id);
      if (size === undefined) continue;
      const [up, down] = [size + engine.view.working(each.id, "buy"), size - engine.view.working(each.id, "sell")];
      const most = Math.max(Math.abs(size), up, -down);
      const cap = typeof caps.maxPosition === "object" ? caps.maxPosition[each.id] : caps.maxPosition;
      if (cap !== undefined) {
        const share = sizeToBig(each, most as typeof size)
          .div(cap)
          .toNumber(); // lots too
        used.position = Math.max(used.position, share);
        if (share > 1) found("limits", `${each.id} may come to ${share.toFixed(3)} of its greatest position`);
      }
      const price = priceOf(engine, each.id);
      if (price === undefined) continue;
      const worth = (lots: number) => notionalOf(each, ticks(Math.round(price)), lots as typeof size).abs();
      worst = worst.plus(worth(most));
      gross.set(venueOf(each.id), (gross.get(venueOf(each.id)) ?? new Big(0)).plus(worth(size)));
    }
    if (caps.maxNotional !== undefined) {
      const share = worst.div(caps.maxNotional).toNumber();
      used.notional = Math.max(used.notional, share);
      if (share > drift) found("limits", `notional is ${share.toFixed(3)} of its limit`);
    }
    if (caps.maxLeverage !== undefined)
      for (const [venue, worth] of gross) {
        const equity = equityOf(venue, engine, instruments);
        const share = equity === undefined || !equity.gt(0) ? 0 : worth.div(equity).div(caps.maxLeverage).toNumber();
        used.leverage = Math.max(used.leverage, share);
        if (share > drift) found("limits", `leverage at ${venue} is ${share.toFixed(3)} of its limit`);
      }
  };
  const equityOf = (venue: VenueId, engine: Engine, instruments: readonly Instrument[]): Big | undefined => {
    const here = instruments.filter(({ id }) => venueOf(id) === venue);
    const quote = here[0]?.quote;
    let sum = quote === undefined ? undefined : engine.view.balance(venue, quote)?.total;
    for (const { id } of here) sum = sum?.plus(engine.view.unrealized(id) ?? 0);
    return sum;
  };
  /** How long legs that belong together have not been equal. */
  const naked = ({ engine, instruments }: RunState) => {
    const { pairs = [], maxNakedMs, maxNakedBase, maxNakedNotional = "0" } = recipe?.limits ?? {};
    for (const [one, other] of pairs) {
      const name = `${one} and ${other}`;
      let sum = new Big(0);
      let price: Big | undefined;
      for (const id of [one, other]) {
        const each = instruments.find((known) => known.id === id);
        const size = engine.view.position(id);
        if (each === undefined || size === undefined) return;
        sum = sum.plus(sizeToBig(each, size));
        const mark = priceOf(engine, id);
        if (mark !== undefined) price = new Big(mark).times(each.tickSize);
      }
      const isNaked =
        maxNakedBase === undefined
          ? sum
              .abs()
              .times(price ?? 0)
              .gt(maxNakedNotional)
          : sum.abs().gt(maxNakedBase);
      if (!isNaked) {
        nakedSince.delete(name);
        continue;
      }
      const since = nakedSince.get(name) ?? now;
      nakedSince.set(name, since);
      const ms = now - since;
      counts.nakedMs = Math.max(counts.nakedMs, ms);
      if (maxNakedMs !== undefined && ms > maxNakedMs) found("naked", `${name} were unequal for ${ms} ms`);
    }
  };
  const beat = (state: RunState) => {
    limits(state);
    naked(state);
    if (now >= nextLook) look(state, now);
  };

  return {
    violations,
    get seen() {
      return { ...counts, used: { ...used } };
    },
    begun: (run) => {
      ({ stage, recipe } = run);
      slots = createSlots(recipe.graceMs);
      startedAt = stage.now();
      now = startedAt;
      nextLook = startedAt + everyMs;
    },
    step: (event: Event, commands: readonly Command[], notes: readonly Note[], state, fills) => {
      counts.events += 1;
      counts.fills += fills.length;
      if (event.at > now) now = event.at;
      slots.event(event);
      for (const command of commands) {
        if (command.type === "order.place") counts.orders += 1;
        const doubled = slots.command(command, now);
        if (doubled !== undefined) found("slots", `${doubled} was given to a second order`);
      }
      for (const { rule, why } of notes) if (rule === "halt" || unexplained.test(why)) found("note", `${rule}: ${why}`);
      if (event.type === "account.snapshot") {
        listed(event, state.engine);
        wallet(event, state);
      }
      if (event.type === "timer.fired" && !ending) beat(state);
    },
    ending: () => {
      ending = true;
    },
    ended: ({ code, why, summary }) => {
      if (code !== 0) found("end", `it ended with ${code}: ${why}`);
      if (summary.ledger?.equal === false) found("books", "at the end our books are not the exchange's");
      if (summary.openOrdersAtExit > 0) found("orders", `${summary.openOrdersAtExit} orders were left`);
    },
  };
}

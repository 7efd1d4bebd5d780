// The run itself: the engine that trades live, fed by a recorded market, on time that moves as fast as it computes.
import {
  type Big,
  BpError,
  type Command,
  type Event,
  exchangeOf,
  type Instrument,
  type InstrumentId,
  type Journal,
  type Millis,
  millis,
  symbolOf,
  type Tape,
  tapeRow,
  type Unnumbered,
  venueOf,
} from "@bp/core";
import { beat, createRunner, type Engine, type Note } from "@bp/engine";
import { createAnalyst, createTally, type Figures, type TallyOptions } from "@bp/report";
import { groundOf, marketsOf, type Seat } from "./ground.ts";
import { lacksOfPlayed } from "./lacks.ts";
import { type Books, booksOf } from "./ledger.ts";
import { type Models, modelLines, usualModels } from "./models.ts";
import type { BacktestResult } from "./result.ts";

/** What is run, over which data, by which models. */
export interface BacktestOptions {
  readonly tape: Tape;
  readonly seats: readonly Seat[];
  /**
   * Makes the engine, as for a live run.
   *
   * @param known - the markets of all seats; the engine's own are some of them
   * @param tape - the data of this very run: nothing that trades live has them, and `lookAheadCheck` finds who uses them
   */
  readonly engine: (known: readonly Instrument[], tape: Tape) => BacktestEngine;
  /** Default `usualModels`. */
  readonly models?: Models;
  /** Of what is drawn: latencies. Default 1. */
  readonly seed?: number;
  /** Where the run is written; default: nowhere. */
  readonly journal?: Journal;
  /** Hears every step. */
  readonly onStep?: (event: Event, commands: readonly Command[], notes: readonly Note[]) => void;
  /** What it is called in its analysis; left out: none is made, which is quicker. */
  readonly analyse?: { readonly run: string; readonly strategy: string };
  /** What its end means for a position: left as it is and marked (default), or closed. */
  readonly onExit?: "stop" | "flatten";
  /** It ends after so many ms of market time, above 0, if its data do not end before; left out: with its data. */
  readonly durationMs?: number | undefined;
}

/** An engine and what counts its money. */
export interface BacktestEngine {
  readonly engine: Engine;
  /** Those that it trades and watches. */
  readonly instruments: readonly Instrument[];
  /** As its tally is to count. */
  readonly tally?: Omit<TallyOptions, "instruments">;
}

/** A run that is under way. */
export interface Backtest {
  /** The moment that it has reached, ms. */
  readonly now: Millis;
  readonly from: Millis;
  /** When its data end, or its duration. */
  readonly to: Millis;
  /** What it has come to so far. */
  figures(): Figures;
  /** Profit so far after fees and funding, quote: `session.profit.net` of the figures, and quick. */
  net(): Big;
  /** Goes on for so many ms of market time. False: it is over. */
  advance(ms: number): boolean;
  /** What it has come to; ends it where it is if it is not over. */
  result(): BacktestResult;
}

/** How long orders may take to be gone at the end, ms of market time. */
const goodbyeMs = 30_000;
const beatMs = 1_000;
const keptAlerts = 100;

/**
 * Runs a strategy over recorded markets.
 *
 * @throws BpError `sim/bad-market` for data that hold none of the markets; whatever the engine throws for a mistake in a strategy
 * @example
 * const result = backtest({ tape, seats: [{ venue: "backpack", balances: { USDC: "10000" } }], engine });
 * console.log(result.figures.session.profit.net.toFixed(), result.lacks);
 */
export function backtest(options: BacktestOptions): BacktestResult {
  const run = createBacktest(options);
  while (run.advance(3_600_000));
  return run.result();
}

/** Begins one that is carried on piece by piece, so that a person can be told how far it is. @throws as `backtest` */
export function createBacktest(options: BacktestOptions): Backtest {
  const { tape, seats, models = usualModels, seed = 1, onExit = "stop" } = options;
  const ground = groundOf(tape, seats, models, seed);
  const to = Math.min(ground.to, ground.from + Math.ceil(options.durationMs ?? Infinity));
  const known = marketsOf(tape, seats, models);
  const { engine, instruments, tally: counting } = options.engine(known, ground.played.tape);
  const unknown = instruments.find(({ id }) => known.every((each) => each.id !== id));
  if (unknown !== undefined) throw new BpError("sim/bad-market", { why: `the data hold no market ${unknown.id}` });
  const silent = instruments.find(({ id }) => !isTraded(tape, id));
  if (silent !== undefined)
    throw new BpError("sim/bad-market", {
      why: `the data hold no book, prints or candles with a volume of ${silent.id}`,
    });
  const sole = true; // who else would trade here
  const tally = createTally({ ...counting, instruments, sole });
  const analyst = options.analyse === undefined ? undefined : createAnalyst({ ...counting, instruments, sole });
  const books = booksOf(ground);
  const { timeline, venues } = ground;
  const byId = new Map(venues.map((venue) => [venue.id, venue]));
  const alerts: BacktestResult["alerts"][number][] = [];
  let events = 0;
  let commands = 0;
  let ended: BacktestResult["ended"] | undefined;

  const send = (command: Command) => {
    const venue = byId.get(command.type === "account.ask" ? command.venue : venueOf(command.instrument));
    venue?.send(command);
  };
  const runner = createRunner({
    engine,
    journal: options.journal ?? { append: () => undefined, commit: () => undefined },
    send,
    elapsed: () => 0,
    onStep: (event, given, notes) => {
      events += 1;
      commands += given.length;
      tally.event(event);
      analyst?.event(event);
      for (const command of given) {
        tally.command(command);
        analyst?.command(command);
      }
      for (const { rule, why } of notes)
        if ((rule === "alert" || rule === "halt") && alerts.length < keptAlerts) alerts.push({ at: event.at, why });
      options.onStep?.(event, given, notes);
    },
  });
  const handle = (fact: Unnumbered) => runner.handle(fact);
  const closing = new AbortController();
  let failure: unknown;
  Promise.all(
    venues.map((venue) =>
      venue.open({ instruments: idsAt(instruments, venue.id), account: true }, handle, closing.signal),
    ),
  ).catch((error: unknown) => {
    failure = error;
  });

  const tick = () => {
    const now = millis(timeline.now() + beatMs);
    timeline.runUntil(now);
    handle({ type: "timer.fired", name: beat, at: now, venueAt: now });
  };
  /** Whether nothing more will be done, and why. */
  const over = (): BacktestResult["ended"] | undefined => {
    const at = timeline.now();
    if (books.liquidated !== undefined) return { kind: "liquidated", why: liquidation(books), at };
    if (engine.view.halted !== undefined) return { kind: "halted", why: engine.view.halted, at };
    if (engine.done !== undefined) return { kind: "done", why: engine.done, at };
    if (at < to) return undefined;
    return to < ground.to ? { kind: "done", why: "time is up", at } : { kind: "data", why: "the data end here", at };
  };
  /** Takes back what rests, as a live run does at its end, and lets what is on its way arrive. */
  const finish = (end: BacktestResult["ended"]) => {
    ended = end;
    const at = timeline.now();
    const ask = end.kind === "halted" || end.kind === "liquidated" ? "stop" : onExit;
    handle({ type: "operator.asked", ask, by: end.why, at, venueAt: at });
    for (let left = goodbyeMs; left > 0 && (left > goodbyeMs - 2 * beatMs || engine.orders.size > 0); left -= beatMs)
      tick();
    closing.abort();
  };

  return {
    get now() {
      return timeline.now();
    },
    from: millis(ground.from),
    to: millis(to),
    figures: () => tally.figures(),
    net: () => tally.net(),
    advance: (ms) => {
      if (failure !== undefined) throw failure;
      if (ended !== undefined) return false;
      for (const until = timeline.now() + ms; timeline.now() < until; ) {
        const end = over();
        if (end !== undefined) {
          finish(end);
          return false;
        }
        tick();
      }
      return true;
    },
    result: () => {
      if (ended === undefined) finish({ kind: "data", why: "it was ended before its data", at: timeline.now() });
      const figures = tally.figures();
      const lacks = lacksOfPlayed(ground.played, models);
      const meta = { mode: "backtest", models: modelLines(models), seed, dataDigest: tape.digest, lacks } as const;
      return {
        data: {
          digest: tape.digest,
          rows: tape.rows,
          from: millis(ground.from),
          to: millis(ground.to),
          markets: tape.instruments.map(({ id }) => id),
        },
        models,
        seed,
        lacks,
        ended: ended ?? { kind: "data", why: "the data end here", at: timeline.now() },
        events,
        commands,
        figures,
        ledgerEqual: books.equal(figures),
        alerts,
        ...(analyst === undefined || options.analyse === undefined
          ? {}
          : { analysis: analyst.analysis({ ...meta, ...options.analyse }) }),
      };
    },
  };
}

function idsAt(instruments: readonly Instrument[], venue: string): readonly InstrumentId[] {
  return instruments.map(({ id }) => id).filter((id) => venueOf(id) === venue);
}

/** Whether there is anything to trade with: marks and rates alone are no market. */
function isTraded(tape: Tape, id: InstrumentId): boolean {
  const place = tape.instruments.findIndex(
    (each) => symbolOf(each.id) === symbolOf(id) && venueOf(each.id) === exchangeOf(venueOf(id)),
  );
  const kinds: ReadonlySet<number> = new Set([tapeRow.bid, tapeRow.ask, tapeRow.bought, tapeRow.sold, tapeRow.open]);
  for (let row = 0; row < tape.rows; row++)
    if (tape.markets[row] === place && kinds.has((tape.kinds[row] ?? 0) & 0x7f)) return true;
  return false;
}

function liquidation(books: Books): string {
  const owed = [...books.carried()].map(([asset, amount]) => `${amount} ${asset}`).join(", ");
  const rest = owed === "" ? "" : `; the loss is ${owed} more than the account had`;
  return `${books.liquidated ?? ""} was liquidated, its margin was gone${rest}`;
}

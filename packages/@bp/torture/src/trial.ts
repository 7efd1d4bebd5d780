// One trial: a bot, its exchanges, a plan of faults, and the promises that are watched.
import {
  Big,
  type Command,
  decimal,
  exchangeOf,
  type InstrumentId,
  type Lots,
  lots,
  type Millis,
  millis,
  random,
  type Unnumbered,
  type VenueId,
  venueOf,
} from "@bp/core";
import { beat, leap } from "@bp/engine";
import { createExchange, createTimeline, type Exchange, simVenue } from "@bp/sim";
import { drawFaults } from "./draw.ts";
import type { Fault, FaultKind } from "./fault.ts";
import { happen, type Reach } from "./happen.ts";
import { invariants } from "./invariants/index.ts";
import { type RestlessMarket, restlessMarket, worthOf } from "./market.ts";
import { createProcess } from "./process.ts";
import type { Scene, Watcher } from "./scene.ts";
import type { Subject, TorturedAccount } from "./subject.ts";
import { byHand, createTruth } from "./truth.ts";
import { faultsOf, isOn, latencyOf } from "./weather.ts";

/** A broken promise. */
export interface Violation {
  /** Number of the invariant. */
  readonly invariant: number;
  /** What it says. */
  readonly promise: string;
  /** ms since the start. */
  readonly at: number;
  /** What was seen. */
  readonly says: string;
}

/** What came of a trial. */
export interface Outcome {
  readonly seed: number;
  readonly plan: readonly Fault[];
  /** The first of each invariant. */
  readonly violations: readonly Violation[];
  readonly events: number;
  readonly orders: number;
  readonly fills: number;
  /** How often the process was started. */
  readonly lives: number;
  /** Whether it had halted in the end. */
  readonly halted: string | undefined;
}

/** What is to be tried. */
export interface TrialOptions {
  readonly subject: Subject;
  readonly seed: number;
  /** Left out: the faults that the seed stands for. */
  readonly plan?: readonly Fault[];
  /** Of what kinds the seed's faults are. */
  readonly kinds: readonly FaultKind[];
  /** How long it trades, in seconds of the market. */
  readonly seconds: number;
  /** Hears everything, for a person who wants to see it. */
  readonly watch?: (line: string) => void;
}

/** Time to heal after the last fault, and to settle after the end, in ms. */
const healMs = 15_000;
const settleMs = 60_000;
/** What it settles for at least: an account may be asked for once more. */
const leastMs = 12_000;
/** A bot that was started has asked for the truth, and has it, after this. */
const youngMs = 8_000;
/** A stop of a run is followed by nothing for so long, in ms. */
const restartMs = 500;

/** The faults of a seed in a trial of this length. */
export function planOf({ subject, seed, kinds, seconds }: Omit<TrialOptions, "plan">): readonly Fault[] {
  const untilMs = Math.max(4_000, seconds * 1_000 - healMs);
  return drawFaults(seed, subject, kinds, { fromMs: 2_000, untilMs });
}

/** Tries it. The same options give the same outcome. */
export function tryIt(options: TrialOptions): Outcome {
  const { subject, seed, seconds, watch } = options;
  const plan = options.plan ?? planOf(options);
  const chance = random(seed);
  // Somewhere within the hour: funding is paid at its end.
  const start = millis(1_767_225_600_000 + chance.fork("start").whole(0, 3_599) * 1_000);
  const timeline = createTimeline(start);
  const jumps = plan.flatMap((each) => (each.kind === "jump" ? [{ ...each, at: millis(start + each.at) }] : []));
  const worth = worthOf(seed, start, subject.prices, jumps);
  const exchanges = new Map<string, Exchange>();
  const markets = new Map<string, RestlessMarket>();
  for (const { name, instruments } of subject.exchanges) {
    const accounts = subject.accounts.filter(({ venue }) => exchangeOf(venue) === name);
    const market = restlessMarket(seed, start, instruments, worth);
    markets.set(name, market);
    exchanges.set(name, createExchange({ start, market, accounts }));
  }
  const exchangeAt = ({ venue }: Pick<TorturedAccount, "venue">): Exchange => {
    const found = exchanges.get(exchangeOf(venue));
    if (found === undefined) throw new Error(`no exchange of ${venue}`); // a subject that cannot be
    return found;
  };
  const truth = createTruth(subject, exchangeAt);
  const since = () => timeline.now() - start;

  let calledOff: (() => void)[] = [];
  let venues = new Map<VenueId, ReturnType<typeof simVenue>>();
  let lives = 0;
  let events = 0;
  let last: string | undefined;
  let stopping = false;
  let ending = false;
  let over = false;
  const violations: Violation[] = [];
  const watchers: Watcher[] = [];
  let bornAt = 0;
  /** How new what each venue has told of its account is. */
  const told = new Map<VenueId, Millis>();

  const process = createProcess({
    subject,
    now: () => timeline.now(),
    at: (time, fn) => void timeline.at(time, fn),
    full: () => plan.some((each) => each.kind === "journal-full" && isOn(each, since())),
    commitMs: () => {
      let most = 0;
      for (const each of plan)
        if (each.kind === "journal-slow" && isOn(each, since())) most = Math.max(most, each.eachMs);
      return most;
    },
    send: (command) => {
      if (command.type === "order.place") truth.sent(command);
      for (const each of watchers) each.command?.(command);
      watch?.(`${text(since())} → ${commandText(command)}`);
      venues.get(venueFor(command))?.send(command);
    },
    onTold: (fact) => {
      if (fact.type === "account.snapshot") told.set(fact.venue, fact.asOf);
      for (const each of watchers) each.told?.(fact);
    },
    onStep: (event, commands, notes) => {
      events += 1;
      for (const each of watchers) each.stepped?.(event, commands, notes);
      if (watch !== undefined) {
        if (isWorthTelling(event)) watch(`${text(since())} ← ${JSON.stringify(event)}`);
        for (const { rule, why } of notes) watch(`${text(since())}   ${rule}: ${why}`);
      }
      const halted = process.engine?.view.halted;
      if (halted !== undefined) {
        last = halted;
        if (!stopping && !mayResume()) {
          stopping = true;
          later(1, () => ask("stop", "the end of the run"));
        }
      }
    },
    onJournalFailure: () => {
      ask("halt", "the journal");
      // As a session does: what rests is cancelled, then it ends. A person mends the disk and starts it again.
      stopping = true;
      later(1, () => ask("stop", "the end of the run"));
      later(20_000, () => died(1_000));
    },
    // As a session does: while nothing can be written in time, what is done at the venues is as if it were not told.
    onJournalPace: (pace) => {
      const type = pace === "slow" ? "link.lost" : "link.restored";
      for (const { venue } of subject.accounts)
        process.hear({ type, venue, stream: "account", why: `the journal is ${pace}`, ...dated() });
    },
    onDeath: (downMs) => died(downMs),
  });

  const later = (ms: number, fn: () => void) => void timeline.at(millis(timeline.now() + Math.max(0, ms)), fn);
  const dated = () => ({ at: timeline.now(), venueAt: timeline.now() });
  const ask = (what: "halt" | "stop" | "resume", by: string) =>
    process.hear({ type: "operator.asked", ask: what, by, ...dated() });
  let resumable = false;
  /** The mark of the kill switch: it outlives the process, and whatever the journal has lost. */
  let marked = false;
  const mayResume = () => resumable;

  const died = (down: number) => {
    process.die();
    for (const each of calledOff) each();
    calledOff = [];
    venues = new Map();
    for (const each of watchers) each.died?.();
    watch?.(`${text(since())} the bot is dead for ${down} ms`);
    if (!over) later(down, born);
  };
  const born = () => {
    if (process.engine !== undefined) return;
    if (plan.some((each) => each.kind === "journal-full" && isOn(each, since()))) return later(restartMs, born);
    const entriesBefore = process.diary.entries.length;
    const different = process.start();
    if (process.engine === undefined && different === undefined) return; // killed while it was recovering
    lives += 1;
    bornAt = since();
    stopping = false;
    watch?.(`${text(since())} the bot starts from ${entriesBefore} entries`);
    for (const each of watchers) each.started?.(different);
    if (process.engine === undefined) return;
    if (marked) ask("halt", "kill");
    const controller = new AbortController();
    calledOff.push(() => controller.abort());
    for (const account of subject.accounts) connect(account, controller.signal);
    if (entriesBefore > 0)
      for (const { venue } of subject.accounts)
        for (const stream of ["account", "market"] as const)
          process.hear({ type: "link.lost", venue, stream, why: "the bot was restarted", resumed: true, ...dated() });
    const isOver = ending || (process.engine?.view.halted !== undefined && !resumable);
    if (isOver) later(1, () => ask("stop", "the end of the run"));
  };
  const connect = (account: TorturedAccount, signal: AbortSignal) => {
    const { venue: id } = account;
    const dice = chance.fork(`${id} ${lives}`);
    const venue = simVenue({
      exchange: exchangeAt(account),
      account: account.name,
      id,
      timeline,
      latency: latencyOf(plan, id, start, dice.fork("latency")),
      faults: faultsOf(plan, id, start, seed + lives, since(), dice.fork("door")),
      answerMs: 5_000,
    });
    venues.set(id, venue);
    const markets = subject.instruments.map((each) => each.id).filter((each) => venueOf(each) === id);
    // It resolves when the signal aborts, and cannot fail: everything here is in memory.
    venue
      .open({ instruments: markets, account: true }, (fact: Unnumbered) => process.hear(fact), signal)
      .then(
        () => undefined,
        () => undefined,
      );
  };

  for (const invariant of invariants) {
    let said = false;
    const scene: Scene = {
      subject,
      plan,
      start,
      truth,
      process,
      now: () => timeline.now(),
      exchangeAt,
      calmMs: (venue) => calmMs(plan, since(), bornAt, venue),
      broken: (says) => {
        if (said) return;
        said = true;
        violations.push({ invariant: invariant.number, promise: invariant.says, at: since(), says });
        watch?.(`${text(since())} ! ${invariant.number} (${invariant.says}): ${says}`);
      },
    };
    watchers.push(invariant.watch(scene));
  }

  for (const fault of plan)
    timeline.at(millis(start + fault.at), () => {
      watch?.(`${text(since())} * ${fault.kind}`);
      befall(fault);
    });
  const befall = (fault: Fault) => {
    if (fault.kind === "crash") process.doom(fault.point, fault.step, fault.downMs);
    else if (fault.kind === "freeze") process.freeze(millis(timeline.now() + fault.forMs));
    else if (fault.kind === "kill") kill(fault.resumeMs);
    else if (fault.kind === "clock") {
      process.shift(fault.byMs);
      // As the live driver does when the machine's clock and its own come apart.
      process.hear({ type: "timer.fired", name: leap, ...dated() });
    } else if (fault.kind === "tick-changed") coarsen(fault.market);
    else happen(fault, reach);
  };
  const kill = (resumeMs: number | undefined) => {
    resumable = resumeMs !== undefined;
    marked = true;
    ask("halt", "kill");
    if (resumeMs === undefined) return;
    later(resumeMs, () => {
      truth.writeOff();
      for (const each of watchers) each.resumed?.();
      ask("resume", "a person");
      resumable = false;
      marked = false;
    });
  };
  /** A usual order's size in a market, from what rests there or from 20 in quote. */
  const sizeOf = (id: InstrumentId, share: number): Lots => {
    const instrument = subject.instruments.find((each) => each.id === id);
    if (instrument === undefined) return lots(0);
    const quote = 20 / Number(instrument.lotSize) / worth(instrument.base, timeline.now());
    return lots(Math.max(instrument.minSize, Math.ceil(quote * share)));
  };

  const reach: Reach = {
    accountAt: (venue) => {
      const account = subject.accounts.find((each) => each.venue === venue);
      if (account === undefined) return undefined;
      const [asset] = Object.keys(account.balances);
      return { name: account.name, exchange: exchangeAt(account), asset };
    },
    sizeOf,
    later,
    byHand: ({ name, exchange }, order) => exchange.place(name, { ...order, clientId: byHand }),
    take: (_, id, side, price, size) => markets.get(exchangeOf(venueOf(id)))?.take(id, side, price, size),
  };
  /** Only the bot is told: it must stop before it counts anything in the new steps. */
  const coarsen = (id: InstrumentId) => {
    const instrument = subject.instruments.find((each) => each.id === id);
    if (instrument === undefined) return;
    const tickSize = decimal(new Big(instrument.tickSize).times(10).toFixed());
    process.hear({ type: "instrument.changed", instrument: { ...instrument, tickSize }, ...dated() });
  };

  born();
  let second = 0;
  const pass = (until: number, quiet: () => boolean = () => false) => {
    while (second < until && !quiet()) {
      second += 1;
      timeline.runUntil(millis(start + second * 1_000));
      process.hear({ type: "timer.fired", name: beat, ...dated() });
      for (const each of watchers) each.beat?.();
    }
  };
  const isQuiet = () => process.engine?.orders.size === 0 && truth.standing.size === 0;
  /** What other hands did while nothing of it could be heard is known with the next list, at the latest with the routine one. */
  const isTold = () =>
    truth.fills.every(({ venue, command, fill }) => command !== undefined || (told.get(venue) ?? 0) > fill.at);
  pass(seconds);
  ending = true;
  ask("stop", "the end of the run");
  pass(seconds + leastMs / 1_000);
  if (process.engine === undefined) born();
  pass(seconds + settleMs / 1_000, isQuiet);
  // What is true at the venue must be known here, also by a bot that was started just now.
  const isYoung = () => process.engine === undefined || since() - bornAt < youngMs;
  pass(second + 3);
  pass(seconds + 2 * (settleMs / 1_000), () => !isYoung() && isQuiet());
  pass(second + subject.bounds.askEveryMs / 1_000 + 3, isTold);
  over = true;
  for (const each of watchers) each.ended?.();
  const halted = process.engine?.view.halted ?? last;
  died(0);
  return {
    seed,
    plan,
    violations,
    events,
    orders: truth.commands.size,
    fills: truth.fills.length,
    lives,
    halted,
  };
}

/** What is done to a command's venue. */
function venueFor(command: Command): VenueId {
  return command.type === "account.ask" ? command.venue : venueOf(command.instrument);
}

/** How long nothing has touched a venue, or the bot. */
function calmMs(plan: readonly Fault[], since: number, bornAt: number, venue: VenueId | undefined): number {
  let last = bornAt;
  for (const fault of plan) {
    if (fault.at > since) continue;
    if (venue !== undefined && "venue" in fault && fault.venue !== venue) continue;
    last = Math.max(last, "forMs" in fault ? Math.min(since, fault.at + fault.forMs) : fault.at);
  }
  return since - last;
}

const text = (ms: number) => (ms / 1_000).toFixed(3).padStart(8);

function commandText(command: Command): string {
  if (command.type === "account.ask") return `ask ${command.venue}: ${command.why}`;
  if (command.type === "order.cancel") return `cancel ${command.clientId}`;
  const { clientId, slot, side, size, price, tif, reduceOnly, instrument } = command;
  return `${side} ${size} @ ${price} ${tif}${reduceOnly ? " reduce-only" : ""} ${instrument} ${slot} #${clientId}`;
}

const isWorthTelling = ({ type }: Unnumbered) =>
  !["book.changed", "book.reset", "trade.printed", "mark.changed", "timer.fired", "balance.changed"].includes(type);

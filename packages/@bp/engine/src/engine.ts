// The line of the house: a fact in, commands out.
import {
  type AnyRule,
  type AnyStrategy,
  Big,
  BpError,
  type ClientId,
  type Command,
  decimal,
  type Event,
  type EventOf,
  type Instrument,
  type InstrumentId,
  type Intent,
  type Lots,
  type VenueId,
  type View,
  weighs,
} from "@bp/core";
import { createGate, type Remark, type Wishes, whenHalted } from "@bp/risk";
import { external } from "./account.ts";
import { adopted, type Running, wishOf } from "./asking.ts";
import { createAsks } from "./asks.ts";
import { changeOf, changesText, type Refusal, refusalText } from "./change.ts";
import { type Considered, createConsidering } from "./consider.ts";
import { createDifferences, type DifferenceClass, type DifferenceKind, type Differences } from "./differences.ts";
import { createRecorder, type Explained, type Recorder } from "./explained.ts";
import { createFold } from "./fold.ts";
import type { Note } from "./note.ts";
import { createNumbers } from "./numbers.ts";
import type { Order } from "./orders.ts";
import { plan } from "./plan.ts";
import { createRests } from "./rests.ts";
import { createSaid } from "./said.ts";
import { createTimes } from "./times.ts";
import { viewOf } from "./views.ts";
import { createWorld } from "./world.ts";

/** What an engine is made of. Plain values: the same options and the same events give the same commands. */
export interface EngineOptions {
  /** 0 to 255: the high byte of every order number, told apart from the runs before. */
  readonly run: number;
  readonly instruments: readonly Instrument[];
  readonly strategies: readonly { readonly strategy: AnyStrategy; readonly params: unknown }[];
  /** In the order in which they are asked. That a halt keeps everything out that adds risk need not be among them. */
  readonly rules: readonly AnyRule[];
  /**
   * A position at the first snapshot that is not ours: `ignore` counts it as external and never touches it, `adopt` gives it
   * to the strategy that trades the instrument (the first one named), at the venue's entry cost; `flatten` does the same and
   * closes it, within `slippageCap`, before that strategy is asked anything. Default `ignore`.
   */
  readonly existing?: "ignore" | "adopt" | "flatten";
  /** How long a request may stay on the wire before its absence proves anything, in ms: the venue's window and a margin. Default 10,000. */
  readonly graceMs?: number;
  /** How often the venue's truth is asked for without a reason, in ms. Default 60,000. */
  readonly askEveryMs?: number;
  /**
   * A change of a perpetual's position by more than this many lots that no trade explains halts, once a second snapshot
   * shows it too; so does a trade that nobody here ordered and that takes as much out of our own position (a
   * liquidation, another hand). Default 0: any.
   */
  readonly unexplainedLots?: number;
  /**
   * A change of a balance by more than this, in quote, that no trade, fee or funding explains halts. Venues do not tell
   * interest, borrowing, transfers and trades in other markets. Default: none halts, each is told as the user's own doing.
   */
  readonly maxUnexplained?: string;
  /** Orders of earlier runs that may still rest: where a snapshot shows one, it is cancelled. Default none. */
  readonly earlier?: readonly ClientId[];
  /** Worst price of a flatten, as a fraction beyond the touch. Default 0.005. */
  readonly slippageCap?: number;
}

/** A world, strategies, rules and a plan: everything between a fact and what is done about it. */
export interface Engine {
  /** The world as rules see it: positions and orders of all strategies together. */
  readonly view: View;
  /** Our orders that may be at a venue. */
  readonly orders: ReadonlyMap<ClientId, Order>;
  /** The newest order number of the run: given, or shown by a venue though the journal has lost it; before the first, the one before it. */
  readonly lastNumber: number;
  /**
   * The whole product in one line: a fact in, commands out. Deterministic; touches no clock, no net, no disk.
   *
   * A fact about the market that changes no wish is judged against the rules anew every 100 ms; everything else at once.
   *
   * @throws BpError `engine/unknown-instrument`, `engine/duplicate-slot`, `engine/bad-intent`: a mistake in a strategy
   */
  step(event: Event): readonly Command[];
  /**
   * A step, made in the same way, with everything that led to its commands. @throws as `step`
   *
   * @example
   * const { hearings, plan, commands } = engine.explain(event);
   */
  explain(event: Event): Explained;
  /** What the last step had to say beyond its commands; told once until it changes. */
  notes(): readonly Note[];
  /** What the venues' truth and ours had apart so far: counts by class, and the newest examples. */
  differences(): Differences;
  /** Why there is nothing more to do: every strategy is done. */
  readonly done: string | undefined;
  /** What a person has asked for that keeps strategies quiet: a `pause` can be resumed, `stop` and `flatten` are for good. */
  readonly quiet: "pause" | "stop" | "flatten" | undefined;
  /** What a strategy's parameters are now, as its schema gave them. @throws BpError `engine/bad-intent` if there is none of that name */
  paramsOf(strategy: string): unknown;
  /**
   * What would come of a strategy's parameters being these: what would be wished, what the rules would say, which orders would
   * stay, go and be placed. Nothing comes of asking: the run goes on as if nobody had. A change that is refused here is refused
   * as an event (`params.changed`) too.
   *
   * @param params - all of them, not checked yet
   * @throws BpError `engine/bad-intent` if there is no strategy of that name
   */
  consider(strategy: string, params: unknown): Considered;
  /** What a strategy remembers now: plain data, for whoever shows it. @throws BpError `engine/bad-intent` if there is none of that name */
  memoryOf(strategy: string): unknown;
  /**
   * What of our own position is still at the venue, of one strategy or of all: the position, less what a liquidation or
   * another hand took out of a perpetual. `undefined` while it is unknown.
   *
   * @throws BpError `engine/unknown-instrument`
   */
  left(instrument: InstrumentId, strategy?: string): Lots | undefined;
  /** The view of one strategy. @throws BpError `engine/bad-intent` if there is none of that name */
  viewOf(strategy: string): View;
}

/** What one strategy wishes, kept from round to round. */
interface Asked extends Wishes {
  intents: readonly Intent[];
}

const whyCalm = "nothing that counts has changed since the last round, which is less than 100 ms ago";

/** Why a round is judged. */
function whyJudged(reasons: Readonly<Record<"folded" | "changed" | "busy" | "halts", boolean>>): string {
  if (reasons.halts) return "whether everything is halted has changed";
  if (reasons.folded) return "the event changed what can be seen, or an order, or what is held";
  if (reasons.changed) return "a wish has changed";
  return reasons.busy ? "the round before led to commands" : "the last round is 100 ms old, or older";
}

/** How long a round is good for while the market moves and no wish changes, in ms. */
const calmMs = 100;
const nothing: readonly never[] = [];
const noSuch: { readonly refused: Refusal } = { refused: { key: undefined, why: "there is no such strategy" } };

/**
 * Makes an engine.
 *
 * @throws BpError `engine/bad-intent` if two strategies have one name, or one has a name that cannot be; `grid/not-client-id` for a run outside 0 to 255;
 *   whatever a strategy's `params.parse` throws
 */
export function createEngine(options: EngineOptions): Engine {
  const { graceMs = 10_000, askEveryMs = 60_000, slippageCap = 0.005, unexplainedLots = 0 } = options;
  const patience = { graceMs, patienceMs: graceMs * 0.3 };
  const world = createWorld(options.instruments);
  const halts = options.rules.some(({ name }) => name === whenHalted().name);
  const gate = createGate(halts ? options.rules : [whenHalted(), ...options.rules]);
  const whole = viewOf(world);
  const rests = createRests();
  const asks = createAsks(askEveryMs, patience.patienceMs);
  const times = createTimes(world, graceMs * 2, graceMs * 3);
  const differences = createDifferences();
  const news = createSaid();
  let notes: readonly Note[] = nothing;
  let judgedAt = 0;
  let busy = true;
  let recorder: Recorder | undefined;
  const surplus: Pick<Order, "clientId" | "instrument">[] = [];
  const numbers = createNumbers(options.run, (id) => world.orders.find(id) !== undefined);

  const running: Running[] = options.strategies.map(({ strategy, params: raw }) => {
    const params = strategy.params.parse(raw);
    return { strategy, params, memory: strategy.start(params), done: undefined };
  });
  const wishes: Asked[] = running.map(({ strategy: { name } }) => ({
    strategy: name,
    view: viewOf(world, name),
    intents: nothing,
  }));
  const named = new Map(wishes.map((each) => [each.strategy, each.view]));
  if (named.size < running.length)
    throw new BpError("engine/bad-intent", { strategy: "all", why: "two strategies have one name" });
  for (const strategy of named.keys())
    if (strategy === external || strategy.includes("/"))
      throw new BpError("engine/bad-intent", { strategy, why: `a name without "/", and not "${external}"` });

  const note = (rule: string, why: string) => {
    notes = [...notes, { rule, why }];
  };
  const halt = (why: string) => {
    if (world.halted !== undefined) return;
    world.halted = why;
    note("halt", why);
  };
  const differ = (venue: VenueId, kind: DifferenceKind, is: DifferenceClass, why: string) => {
    differences.add({ venue, kind, is, at: world.now, why });
    note(is, why);
  };
  const { existing = "ignore", earlier = [], maxUnexplained } = options;
  const heirOf = (instrument: InstrumentId) =>
    existing !== "ignore"
      ? running.find((each) => each.strategy.instruments(each.params).includes(instrument))?.strategy.name
      : undefined;
  const flattens = existing === "flatten";
  const fold = createFold({
    world,
    asks,
    rests,
    patience,
    unexplainedLots,
    maxUnexplained: maxUnexplained === undefined ? undefined : new Big(decimal(maxUnexplained)),
    settleMs: graceMs * 8, // funding may be listed a minute after it is paid
    earlier: new Set(earlier),
    claimLost: numbers.claimLost,
    lost: new Set(),
    foreign: new Set(),
    surplus,
    heirOf,
    flattens,
    note,
    differ,
    halt,
  });
  const voices = createSaid();

  /** Asks all strategies what they wish, or puts there what a person wants instead. Returns whether it is other than before. */
  const askAll = (): boolean => {
    let changed = false;
    for (let at = 0; at < running.length; at++) {
      const each = running[at];
      const asked = wishes[at];
      if (each === undefined || asked === undefined) break;
      const intents = wishOf(each, asked.view, world, slippageCap);
      if (!same(intents, asked.intents)) changed = true;
      asked.intents = intents;
    }
    return changed;
  };

  /** Lets a strategy say what a person should know, and whether it is at its end. */
  const listen = (each: Running, view: View, remarks: Remark[]) => {
    const { strategy, memory, params } = each;
    for (const { topic, say, alert } of strategy.remarks?.(view, memory, params) ?? nothing)
      remarks.push({ rule: alert === true ? "alert" : strategy.name, slot: `${strategy.name}/${topic}`, why: say });
    const end = strategy.ends?.(view, memory, params);
    each.done = end?.kind === "done" ? end.why : undefined;
    if (end?.kind === "halt") halt(`${strategy.name}: ${end.why}`);
  };
  /** The strategy whose order or parameters an event is about; `undefined`: about none of ours. */
  const ownerOf = (event: Event): string | undefined =>
    event.type === "params.changed"
      ? event.strategy
      : "clientId" in event && event.clientId !== undefined
        ? world.orders.find(event.clientId)?.strategy
        : undefined;
  /** Gives a strategy other parameters. Returns whether it has them: what may not be is told and changes nothing. */
  const change = ({ strategy, params, by }: EventOf<"params.changed">): boolean => {
    const each = running.find(({ strategy: { name } }) => name === strategy);
    const to = each === undefined ? noSuch : changeOf(each.strategy, each.params, params);
    if (each === undefined || to.refused !== undefined) {
      note(
        "operator",
        `other parameters of ${strategy} by ${by} are left aside: ${refusalText(to.refused ?? noSuch.refused)}`,
      );
      return false;
    }
    const view = named.get(strategy);
    if (view !== undefined) each.memory = adopted(each, to.params, view);
    each.params = to.params;
    note("operator", `${strategy}, by ${by}: ${changesText(to.values)}`);
    return true;
  };
  /** Folds the event into the memories, and hears what their owners have to say. */
  const remember = (event: Event) => {
    let moved = event.type === "timer.fired" || event.type === "params.changed";
    const owner = running.length > 1 ? ownerOf(event) : undefined;
    for (let at = 0; at < running.length; at++) {
      const each = running[at];
      const asked = wishes[at];
      if (each?.strategy.remember === undefined || asked === undefined) continue;
      if (owner !== undefined && owner !== each.strategy.name) continue;
      const memory = each.strategy.remember(each.memory, event, asked.view, each.params);
      if (memory !== each.memory) moved = true;
      each.memory = memory;
    }
    if (!moved) return;
    const remarks: Remark[] = [];
    for (let at = 0; at < running.length; at++) {
      const each = running[at];
      const asked = wishes[at];
      if (each !== undefined && asked !== undefined) listen(each, asked.view, remarks);
    }
    for (const { rule, slot, why } of voices(remarks)) note(rule, `${slot}: ${why}`);
  };

  const step = (raw: Event): readonly Command[] => {
    notes = nothing;
    const { event, leaptMs, set } = times.hear(raw, world.now);
    world.now = event.at;
    if (leaptMs > 0) leapt(leaptMs);
    if (set !== undefined) {
      world.account.redate(set.venue);
      note("clock", `the clock of ${set.venue} was set by ${set.byMs} ms`);
      asks.want(set.venue, "its clock was set", event.at);
    }
    if (world.fills.length > 0) world.fills.length = 0;
    const folded = fold(event);
    if (event.type !== "params.changed" || change(event)) remember(event);
    gate.remember(event, whole);
    const halted = world.halted;
    if (weighs(event)) {
      const why = gate.halted(whole);
      if (why !== undefined) halt(why);
    }
    const changed = askAll();
    const calm = !folded && !changed && !busy && world.halted === halted;
    const stays = calm && event.at - judgedAt < calmMs && event.at >= judgedAt;
    if (recorder !== undefined) {
      const reasons = { folded, changed, busy, halts: world.halted !== halted };
      recorder.seen(event, stays ? { done: false, why: whyCalm } : { done: true, why: whyJudged(reasons) });
    }
    if (stays) return nothing;
    return round(event);
  };

  /** The process stood still, the machine slept or its clock was set: nothing proves anything until the venues have told anew. */
  const leapt = (ms: number) => {
    note("clock", `time has leapt by ${ms} ms: the venues are asked anew`);
    world.orders.waited(ms);
    for (const venue of world.heard()) {
      world.account.forget(venue);
      asks.want(venue, "time has leapt", world.now);
    }
  };

  const round = ({ at }: Event): readonly Command[] => {
    const judged = gate.judge(wishes, whole, world.orders, recorder?.hearings);
    for (const { rule, slot, why } of judged.notes) note(rule, `${slot}: ${why}`);
    const planned = plan(judged.approved, world, rests, numbers.next, recorder?.plan);
    for (const { rule, slot, why } of news(planned.notes)) note(rule, `${slot}: ${why}`);
    judgedAt = at;
    busy = planned.commands.length > 0;
    const asking = asks.due(at);
    if (asking.length === 0 && surplus.length === 0) return planned.commands;
    const cancels = surplus
      .splice(0)
      .map(({ clientId, instrument }): Command => ({ type: "order.cancel", clientId, instrument }));
    return [...cancels, ...planned.commands, ...asking];
  };

  const runningOf = (strategy: string): Running => {
    const found = running.find((each) => each.strategy.name === strategy);
    if (found === undefined) throw new BpError("engine/bad-intent", { strategy, why: "there is no such strategy" });
    return found;
  };
  const considering = createConsidering({ world, gate, rests, running, run: options.run, slippageCap });

  return {
    view: whole,
    orders: world.orders.live,
    get lastNumber() {
      return numbers.last;
    },
    step,
    explain: (event) => {
      recorder = createRecorder({ world, gate, running, wishes });
      try {
        const commands = step(event);
        return recorder.done(commands, notes);
      } finally {
        recorder = undefined;
      }
    },
    notes: () => notes,
    get quiet() {
      return world.quiet;
    },
    get done() {
      return running.length > 0 && running.every(({ done }) => done !== undefined)
        ? running.map(({ done }) => done).join("; ")
        : undefined;
    },
    differences: () => differences.all(),
    paramsOf: (strategy) => runningOf(strategy).params,
    consider: (strategy, params) => considering(runningOf(strategy), params),
    memoryOf: (strategy) => runningOf(strategy).memory,
    left: (id, strategy) => (whole.position(id) === undefined ? undefined : world.account.left(id, strategy)),
    viewOf: (strategy) => {
      const found = named.get(strategy);
      if (found === undefined) throw new BpError("engine/bad-intent", { strategy, why: "there is no such strategy" });
      return found;
    },
  };
}

/** Whether two wishes are made of the same intents. */
function same(a: readonly Intent[], b: readonly Intent[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

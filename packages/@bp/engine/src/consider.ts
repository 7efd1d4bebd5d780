// What would come of other parameters, found out beside the run: nothing that the run goes on with is touched.
import { type Event, isBpError, type StrategyEnd } from "@bp/core";
import type { Gate, Hearing, Remark } from "@bp/risk";
import { adopted, type Running, wishOf } from "./asking.ts";
import { changeOf, type Refusal, type ValueChange } from "./change.ts";
import type { Decision } from "./decisions.ts";
import { createNumbers } from "./numbers.ts";
import { createOrders, type Orders } from "./orders.ts";
import { plan } from "./plan.ts";
import type { Rests } from "./rests.ts";
import { viewOf } from "./views.ts";
import type { World } from "./world.ts";

/** What would come of other parameters if they held now and the market stood still. Plain data, but for `params`. */
export interface Considered {
  /** Why they may not be; then nothing else is said. */
  readonly refused: Refusal | undefined;
  /** As the schema gives them. */
  readonly params: unknown;
  /** What is other than now. */
  readonly values: readonly ValueChange[];
  /** Each wish of every strategy with what the rules say of it, once what has to go is gone. */
  readonly hearings: readonly Hearing[];
  /** What becomes of each order that works, and what is placed, at once or when the order in its slot is gone. */
  readonly plan: readonly Decision[];
  /** Why wishes are smaller, wait or are left out: rules and filters. */
  readonly notes: readonly Remark[];
  /** It would be at its end. */
  readonly end: StrategyEnd | undefined;
  /** Who would speak: the strategy, a person who asked for quiet, or the closing of a position from before the start. */
  readonly voice: "own" | "quiet" | "clearing";
}

/** The parts of an engine that a change is considered with. */
export interface Considering {
  readonly world: World;
  readonly gate: Gate;
  readonly rests: Rests;
  readonly running: readonly Running[];
  /** As in `EngineOptions`. */
  readonly run: number;
  readonly slippageCap: number;
}

/** What became of all wishes once. */
interface Round {
  readonly hearings: readonly Hearing[];
  readonly decided: readonly Decision[];
  readonly notes: readonly Remark[];
}

const nothing: readonly never[] = [];

/** Makes the question. The answer is worked out on copies. */
export function createConsidering(parts: Considering): (of: Running, raw: unknown) => Considered {
  return (of, raw) => {
    const change = changeOf(of.strategy, of.params, raw);
    if (change.refused !== undefined) return refusedWith(change.refused);
    try {
      return whatComes(parts, of, change);
    } catch (error) {
      const why = isBpError(error) || error instanceof Error ? error.message : String(error);
      return refusedWith({ key: undefined, why: `the strategy cannot go on with them: ${why}` });
    }
  };
}

function whatComes(
  { world, gate, rests, running, run, slippageCap }: Considering,
  of: Running,
  { params, values }: { readonly params: unknown; readonly values: readonly ValueChange[] },
): Considered {
  const { name, remember, ends } = of.strategy;
  const copy = copyOf(world);
  const own = viewOf(copy, name);
  const now = world.now;
  const fact = { type: "params.changed", strategy: name, params: {}, by: "a plan" } as const;
  const event: Event = { ...fact, at: now, venueAt: now, seq: 0 };
  const ready = adopted(of, params, own);
  const memory = remember === undefined ? ready : remember(ready, event, own, params);
  const asked = running.map((each) => (each === of ? { strategy: each.strategy, params, memory } : each));
  const whole = viewOf(copy);
  const numbers = createNumbers(run, (id) => copy.orders.find(id) !== undefined);
  const round = (): Round => {
    const wishes = asked.map((each) => {
      const view = viewOf(copy, each.strategy.name);
      return { strategy: each.strategy.name, view, intents: wishOf(each, view, copy, slippageCap) };
    });
    const hearings: Hearing[] = [];
    const decided: Decision[] = [];
    const judged = gate.consider(wishes, whole, copy.orders, hearings);
    const { notes } = plan(judged.approved, copy, rests, numbers.next, decided);
    return { hearings, decided, notes: [...judged.notes, ...notes] };
  };
  const first = round();
  const gone = first.decided.filter(({ action }) => action === "cancel");
  leave(copy.orders, gone);
  const last = gone.length === 0 ? first : round();
  return {
    refused: undefined,
    params,
    values,
    hearings: last.hearings,
    plan: together(first.decided, last === first ? nothing : last.decided),
    notes: last.notes,
    end: ends?.(own, memory, params),
    voice: world.quiet !== undefined ? "quiet" : world.clearing.has(name) ? "clearing" : "own",
  };
}

/** A world that shows the same, and whose orders can be changed. Trades that were told are not told again. */
function copyOf(world: World): World {
  return {
    ...world,
    orders: createOrders(world.orders.live.values()),
    clearing: new Set(world.clearing),
    fills: [],
  };
}

/** What is cancelled is gone, as it were. */
function leave(orders: Orders, gone: readonly Decision[]): void {
  for (const { clientId } of gone) {
    const order = clientId === undefined ? undefined : orders.find(clientId);
    if (order !== undefined) orders.end(order, order.since);
  }
}

/** Both rounds as one: what waited in the first only for a slot is told as what became of it in the second. */
function together(first: readonly Decision[], last: readonly Decision[]): readonly Decision[] {
  const settled = new Set(last.filter(({ action }) => action !== "leave").map(({ slot }) => slot));
  const before = first.filter(({ slot, action }) => action !== "wait" || !settled.has(slot));
  const known = new Set(
    before.flatMap(({ clientId, action }) => (clientId === undefined ? [] : [`${action} ${clientId}`])),
  );
  const placed = new Set(
    before.flatMap(({ clientId, action }) => (action === "place" && clientId !== undefined ? [clientId] : [])),
  );
  const news = last.filter(({ action, clientId }) => {
    if (clientId === undefined) return true;
    return !placed.has(clientId) && !known.has(`${action} ${clientId}`);
  });
  return [...before, ...news].map((each) => (each.action === "place" ? withoutId(each) : each));
}

/** Its number is none that anybody was given. */
function withoutId(placed: Decision): Decision {
  const { clientId: _, ...decision } = placed;
  return decision;
}

function refusedWith(refused: Refusal): Considered {
  const none = { hearings: nothing, plan: nothing, notes: nothing };
  return { refused, params: undefined, values: nothing, ...none, end: undefined, voice: "own" };
}

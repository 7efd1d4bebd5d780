// How a run ends: own orders cancelled, verified with every venue, and the books compared.
import {
  Big,
  type ClientId,
  type Command,
  type Event,
  type InstrumentId,
  type Lots,
  sizeToBig,
  type Unnumbered,
  type VenueId,
  type View,
} from "@bp/core";
import type { Engine } from "@bp/engine";
import { type Figures, volumeSums } from "@bp/report";
import type { Ledger, Stage } from "./stage/stage.ts";
import { isOwn } from "./watchdog/own.ts";
import { marketsOf, type Recipe } from "./wire-up.ts";

/** How long cancels and the last snapshots may take, in ms. */
const patienceMs = 20_000;
/** How long closing what is ours may take, in ms. */
const closingMs = 60_000;

type Watch<T> = (watcher: (fact: T) => void) => () => void;

/** What is being closed, and who watches over it. */
export interface Closing {
  readonly stage: Stage;
  readonly engine: Engine;
  readonly ids: readonly InstrumentId[];
  /** Whose positions; `undefined`: all. */
  readonly strategies: readonly string[] | undefined;
  /** Whether the engine has broken meanwhile. */
  readonly broken: () => boolean;
}

/**
 * Waits until what is ours is closed.
 *
 * @returns the markets in which something is still held, or may be
 */
export async function closeAll({ stage, engine, ids, strategies, broken }: Closing): Promise<readonly InstrumentId[]> {
  const owners = strategies ?? [undefined];
  const left = () =>
    ids.filter((id) =>
      owners.some((owner) => {
        const held = engine.left(id, owner);
        return held === undefined || isTradable(engine.view, id, held);
      }),
    );
  await waited(stage, closingMs, () => left().length === 0 || broken());
  return left();
}

/** Waits until it is over, or for so long, ms. */
async function waited(stage: Stage, ms: number, isOver: () => boolean): Promise<void> {
  const deadline = stage.clock.now() + ms;
  while (!isOver() && stage.clock.now() < deadline) await stage.pause(50);
}

/** Strategies whose positions belong together: one without the other is a bet that nobody made. */
const paired: ReadonlySet<string> = new Set(["dual-hedge", "hedge"]);

/**
 * Waits until it is known what strategies with legs that belong together hold: while an account's stream is down, it is not.
 *
 * @returns whether it is
 */
export async function legsKnown(
  stage: Stage,
  engine: Engine,
  { strategies }: Recipe,
  broken: () => boolean,
): Promise<boolean> {
  const isKnown = () =>
    strategies.every(
      (each) => !paired.has(each.use) || marketsOf(each).every((id) => engine.left(id, each.name) !== undefined),
    );
  await waited(stage, patienceMs, () => isKnown() || broken());
  return isKnown();
}

/**
 * Strategies that hold one leg without the other.
 *
 * @returns which, and what is left over in words; unknown positions are not among them
 */
export function nakedOf(
  engine: Engine,
  { strategies }: Recipe,
): readonly { readonly strategy: string; readonly says: string }[] {
  return strategies.flatMap((strategy) => {
    if (!paired.has(strategy.use)) return [];
    const view = engine.viewOf(strategy.name);
    const ids = marketsOf(strategy);
    let sum = new Big(0);
    for (const id of ids) {
      const held = engine.left(id, strategy.name);
      if (held === undefined) return []; // nothing is concluded of what is not known
      sum = sum.plus(sizeToBig(view.instrument(id), held));
    }
    const coarsest = ids
      .map((id) => sizeToBig(view.instrument(id), view.instrument(id).minSize))
      .reduce((most, each) => (each.gt(most) ? each : most), new Big(0));
    if (sum.abs().lt(coarsest) || sum.eq(0)) return [];
    return [{ strategy: strategy.name, says: `${strategy.name} holds ${sum.toFixed()} more on one leg` }];
  });
}

/**
 * Whether an order of this size would be taken: on spot a small rest stays, and what was sold there is not bought back; on
 * perpetuals reductions may be small.
 */
function isTradable(view: View, id: InstrumentId, size: Lots): boolean {
  const instrument = view.instrument(id);
  const lots = Math.abs(size);
  if (lots < instrument.minSize || (instrument.kind === "spot" && size < 0)) return false;
  const mid = view.book(id).mid();
  if (instrument.kind === "perp" || mid === undefined) return true;
  const worth = sizeToBig(instrument, lots as Lots)
    .times(mid)
    .times(instrument.tickSize); // lots without their sign
  return worth.gte(instrument.minNotional);
}

/**
 * Waits until our orders are gone and every venue's own list says so too. A list that was being read when we asked may be
 * older than the end of our last order; the one that comes second is not.
 *
 * @param watch - calls back for each event until its answer is called
 * @param broken - whether the engine has broken meanwhile: then it learns nothing more
 * @returns whether that was seen
 */
export async function settle(
  stage: Stage,
  engine: Engine,
  watch: Watch<Event>,
  broken: () => boolean,
): Promise<boolean> {
  const deadline = stage.clock.now() + patienceMs;
  const asked = new Map<VenueId, { questions: number; answers: number }>();
  const forget = () => {
    for (const { id } of stage.venues) asked.set(id, { questions: 0, answers: 0 });
  };
  forget();
  const stop = watch((event) => {
    const count = event.type === "account.snapshot" ? asked.get(event.venue) : undefined;
    if (count !== undefined && count.questions > 0) count.answers += 1;
  });
  try {
    while (stage.clock.now() < deadline && !broken()) {
      if (engine.orders.size > 0)
        forget(); // also when one turns out to stand after all: from the beginning
      else if ([...asked.values()].every(({ answers }) => answers >= 2)) return true;
      else
        for (const [venue, count] of asked) {
          if (count.answers >= 2 || count.questions > count.answers) continue;
          count.questions += 1;
          if (!sent(stage, ask(venue))) return false;
        }
      await stage.pause(20);
    }
    return false;
  } finally {
    stop();
  }
}

/**
 * The engine is broken: cancels what has a number of the run at the venues, and believes only the venues' own lists. What the engine
 * knows is cancelled first, and proves nothing.
 *
 * @param watch - calls back for each fact of a venue until its answer is called
 * @returns whether two lists of each venue in a row had none
 */
export async function sweep(
  stage: Stage,
  engine: Engine,
  clientRun: number,
  watch: Watch<Unnumbered>,
): Promise<boolean> {
  const clean = new Map<VenueId, number>(stage.venues.map(({ id }) => [id, 0]));
  const takeBack = (orders: readonly { readonly clientId: ClientId; readonly instrument: InstrumentId }[]) =>
    orders.every(({ clientId, instrument }) => sent(stage, { type: "order.cancel", clientId, instrument }));
  let isShut = false;
  const stop = watch((fact) => {
    if (fact.type !== "account.snapshot") return;
    const ours = fact.orders.flatMap(({ clientId, instrument }) =>
      clientId !== undefined && isOwn([{ clientRun }], clientId) ? [{ clientId, instrument }] : [],
    );
    clean.set(fact.venue, ours.length === 0 ? (clean.get(fact.venue) ?? 0) + 1 : 0);
    if (!takeBack(ours)) isShut = true;
  });
  const isVerified = () => !isShut && [...clean.values()].every((lists) => lists >= 2);
  try {
    if (!takeBack([...engine.orders.values()])) return false;
    const deadline = stage.clock.now() + patienceMs;
    while (stage.clock.now() < deadline) {
      for (const [venue, lists] of clean) if (lists < 2 && !sent(stage, ask(venue))) return false;
      await stage.pause(500);
      if (isVerified()) return true;
    }
    return false;
  } finally {
    stop();
  }
}

function ask(venue: VenueId): Command {
  return { type: "account.ask", venue, why: "verify that no order of ours is left" };
}

/** Hands a command over; false where there is nobody to take it any more. */
function sent(stage: Stage, command: Command): boolean {
  try {
    stage.send(command);
    return true;
  } catch {
    return false; // the venue is not open: the caller reports that nothing could be verified
  }
}

/** Whether the exchange's books of record and ours agree to the last unit, market by market. */
export function sameLedgers(venue: ReadonlyMap<InstrumentId, Ledger>, figures: Figures, engine: Engine): boolean {
  return figures.instruments.every(({ instrument, session, held }) => {
    const book = venue.get(instrument.id);
    if (book === undefined) return true; // nobody shows us that one
    const open = [...engine.orders.values()].filter((each) => each.instrument === instrument.id).length;
    return (
      book.fills === session.sums.fills &&
      same(book.volumeQuote, volumeSums(session.sums.volumes).all.quote) &&
      same(book.feesQuote, session.profit.fees) &&
      same(book.position, held) &&
      book.openOrders === open
    );
  });
}

const same = (a: string, b: Big) => new Big(a).eq(b);

// The bot in a process of its own, on virtual time: the same session and journal as `bot start`, venues at the other end of a
// socket pair. `node --conditions=@bp/source bot.ts`, with the pair as file 3.
import { type Clock, type Millis, millis, type Unnumbered, type Venue, type VenueId, venueOf } from "@bp/core";
import { live, paceOf } from "@bp/engine";
import { openJournal } from "@bp/journal";
import { volumeSums } from "@bp/report";
import { createOperator } from "../../src/operator.ts";
import { type Face, type RunState, runSession, type SessionResult } from "../../src/session.ts";
import { routeTo, type Stage } from "../../src/stage/stage.ts";
import { listen, say as sayAnything } from "./channel.ts";
import { dieAt, left, persisted } from "./crash.ts";
import type { Begin, Belief, End, Moment, Said } from "./words.ts";

function say(said: Said): void {
  sayAnything(said);
}

async function run({ journal, recipe, instruments, venues: ids, now: start, death }: Begin): Promise<void> {
  dieAt(death);
  const time = virtualTime(start);
  const emits = new Map<VenueId, (fact: Unnumbered) => void>();
  const venues = ids.map((id): Venue => remote(id, emits));
  const routed = routeTo(venues);
  const stage: Stage = {
    place: "sandbox",
    venues,
    clock: time.clock,
    speed: 1,
    seed: 1,
    accounts: ids.map((id) => `there/${id}`),
    lasts: true,
    about: "an exchange in another process",
    drive: async (markets, handle, signal) => {
      await live({
        venues,
        instruments: markets,
        handle,
        clock: time.clock,
        signal,
        pace: paceOf(1, start),
      });
      return undefined;
    },
    send: (command) => {
      routed(command);
      left();
    },
    now: () => time.clock.now(),
    pause: (ms) => time.clock.sleep(ms),
    mid: () => Promise.resolve(undefined),
    hands: () => undefined,
    close: () => Promise.resolve(),
  };
  const operator = createOperator();
  let state: RunState | undefined;
  const face: Face = {
    begun: () => undefined,
    step: (_event, _commands, _notes, now) => {
      state = now;
    },
    ending: () => undefined,
    ended: () => undefined,
  };
  const store = openJournal(journal);
  let over = false;
  let look = false;
  runSession({
    stage,
    recipe,
    instruments,
    store,
    resume: true,
    durationSeconds: undefined,
    face,
    operator,
  }).then(
    (result) => {
      store.close();
      over = true;
      say({ is: "ended", end: endOf(result) });
      return undefined;
    },
    (error: unknown) => {
      over = true;
      say({ is: "failed", why: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    },
  );
  for (;;) {
    await settled();
    if (!over)
      say({ is: "done", wakeAt: time.wakeAt(), ...(look && state !== undefined ? { belief: beliefOf(state) } : {}) });
    const moment = listen() as Moment | undefined; // the parent says nothing else
    if (moment === undefined || over) return;
    time.set(moment.now);
    for (const { venue, fact } of moment.facts) emits.get(venue)?.(fact);
    time.wake();
    if (moment.ask !== undefined) operator.ask(moment.ask, "the test");
    look = moment.look === true;
  }
}

/** A venue whose other end is the parent. */
function remote(id: VenueId, emits: Map<VenueId, (fact: Unnumbered) => void>): Venue {
  return {
    id,
    instruments: () => Promise.resolve([]),
    open: (_asked, emit, signal) =>
      new Promise((resolve) => {
        emits.set(id, emit);
        say({ is: "open", venue: id });
        signal.addEventListener("abort", () => {
          emits.delete(id);
          resolve();
        });
      }),
    send: (command) => say({ is: "command", command, step: persisted() }),
  };
}

/** A clock that the parent moves, and that knows when somebody wants to be woken. */
function virtualTime(start: Millis) {
  let now = start;
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();
  const clock: Clock = {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (!(ms > 0) || signal?.aborted === true) return resolve();
        const wake = () => {
          signal?.removeEventListener("abort", wake);
          sleepers.delete(sleeper);
          resolve();
        };
        const sleeper = { at: now + ms, wake };
        sleepers.add(sleeper);
        signal?.addEventListener("abort", wake);
      }),
  };
  return {
    clock,
    set: (to: Millis) => {
      now = millis(to);
    },
    wake: () => {
      const due = [...sleepers].filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at);
      for (const { wake } of due) wake();
    },
    wakeAt: () => Math.min(...[...sleepers].map(({ at }) => at)),
  };
}

/** Lets promises run on. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function beliefOf({ engine, instruments }: RunState): Belief {
  return {
    orders: [...engine.orders.values()].map(({ clientId, state }) => ({ clientId, state })),
    positions: Object.fromEntries(instruments.map(({ id }) => [id, engine.view.position(id)])),
    halted: engine.view.halted,
    up: instruments.every(({ id }) => engine.view.link(venueOf(id)) === "up"),
  };
}

function endOf({ code, why, summary, state, failure }: SessionResult): End {
  const { instruments } = state.tally.figures();
  return {
    code,
    why,
    run: summary.run,
    steps: persisted(),
    openOrders: summary.openOrdersAtExit,
    failure: failure instanceof Error ? failure.message : undefined,
    figures: Object.fromEntries(
      instruments.map(({ instrument, session, held }) => [
        instrument.id,
        {
          fills: session.sums.fills,
          volumeQuote: volumeSums(session.sums.volumes).all.quote.toFixed(),
          feesQuote: session.profit.fees.toFixed(),
          position: held.toFixed(),
        },
      ]),
    ),
  };
}

const begin = listen() as Begin | undefined; // the parent's first word
if (begin !== undefined) await run(begin);

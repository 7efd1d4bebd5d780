// The live driver: venues open their streams into the runner, and the clock beats.
import { type Clock, type InstrumentId, type Unnumbered, type Venue, venueOf } from "@bp/core";
import { beat, leap } from "../fold.ts";
import type { Pace } from "./pace.ts";

/** What is driven. */
export interface LiveOptions {
  readonly venues: readonly Venue[];
  readonly instruments: readonly InstrumentId[];
  readonly handle: (fact: Unnumbered) => void;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly pace: Pace;
  /**
   * The machine's own clock in ms, where `clock` does not follow it when it is set: a difference that changes by more than 5 s
   * between two beats tells that it was set, or that the machine slept.
   */
  readonly wall?: () => number;
}

/** How far the machine's clock and the run's may come apart between two beats, ms. */
const apartMs = 5_000;

/**
 * Opens the venues and beats until `signal` aborts.
 *
 * @throws whatever a venue could not survive, or `handle` threw at a beat. The other venues stay open and the beats go on,
 *   so that what rests can be cancelled: abort `signal` when that is done
 */
export async function live(options: LiveOptions): Promise<void> {
  const { venues, instruments, signal, pace, handle } = options;
  const emit = pace.speed === 1 ? handle : (fact: Unnumbered) => handle(pace.fact(fact));
  const opened = venues.map((venue) =>
    venue.open({ instruments: instruments.filter((id) => venueOf(id) === venue.id), account: true }, emit, signal),
  );
  await Promise.all([...opened, beats(options)]);
}

/** One beat a second of market time, but no more than twenty a second of the wall clock. */
async function beats({ clock, signal, pace, handle, wall }: LiveOptions): Promise<void> {
  const everyMs = Math.max(50, 1_000 / pace.speed);
  let apart = wall === undefined ? 0 : wall() - clock.now();
  while (!signal.aborted) {
    await clock.sleep(everyMs, signal);
    if (signal.aborted) return;
    const at = pace.toMarket(clock.now());
    const now = wall === undefined ? apart : wall() - clock.now();
    if (Math.abs(now - apart) > apartMs) handle({ type: "timer.fired", name: leap, at, venueAt: at });
    apart = now;
    handle({ type: "timer.fired", name: beat, at, venueAt: at });
  }
}

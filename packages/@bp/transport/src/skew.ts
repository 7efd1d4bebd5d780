// The venue's clock, as far as it can be known from here.
import { BpError, type Clock, type Millis, millis } from "@bp/core";
import { systemClock } from "./clock.ts";

/** How the venue is asked for its time, and how well it has to be known. */
export interface SkewOptions {
  /** Asks the venue for its time, ms since 1970. One round trip, nothing else: no repeats, no waiting for a budget. */
  readonly measure: (signal?: AbortSignal) => Promise<number>;
  readonly clock?: Clock;
  /** How uncertain the offset may be, ms: half of the quickest round trip must be below it. */
  readonly limitMs: number;
  /** Round trips of one `sync`; 5 if left out. The quickest counts. */
  readonly samples?: number;
}

/** The venue's clock, as far as it can be known from here. Sign by it, not by the machine's. */
export interface Skew {
  /**
   * The venue's time.
   *
   * @throws BpError `transport/clock-skew` when it was never measured, or not well enough
   */
  now(): Millis;
  /** Venue's clock minus ours, ms; `undefined` before the first `sync`. */
  readonly offsetMs: number | undefined;
  /** How far the offset may be off, ms; `undefined` before the first `sync`. */
  readonly uncertaintyMs: number | undefined;
  /**
   * Measures anew. A sample that fails is left out.
   *
   * @throws whatever the last sample threw, if all failed; the old offset stays
   */
  sync(signal?: AbortSignal): Promise<void>;
  /**
   * Hears when one of the two clocks was set: a measurement is further from the one before than both can be wrong, and than a
   * second. @returns the way to stop
   */
  onStep(listener: (byMs: number) => void): () => void;
  /** Syncs every `everyMs` until `signal` aborts; a failure is told and the old offset stays. Resolves then. */
  keep(everyMs: number, signal: AbortSignal, onFailure?: (error: unknown) => void): Promise<void>;
}

/** Clocks that drift do not move as far between two measurements, ms. */
const leastStepMs = 1_000;

/**
 * Compares clocks: offset = venue's time − the middle of the round trip, taken from the quickest of several.
 *
 * @throws BpError `config/invalid` for a limit that is not above 0
 * @see Cristian (1989), Probabilistic clock synchronization
 */
export function createSkew({ measure, clock = systemClock, limitMs, samples = 5 }: SkewOptions): Skew {
  if (!(limitMs > 0))
    throw new BpError("config/invalid", { path: "skew.limitMs", found: String(limitMs), expected: "ms above 0" });
  let offsetMs: number | undefined;
  let uncertaintyMs: number | undefined;
  let running: Promise<void> | undefined;
  let givenUp: AbortSignal | undefined; // of the caller who began it
  const listeners = new Set<(byMs: number) => void>();

  const sample = async (signal: AbortSignal | undefined) => {
    const sent = clock.now();
    const venue = await measure(signal);
    const tripMs = clock.now() - sent;
    if (!Number.isFinite(venue) || tripMs < 0) throw new BpError("transport/clock-skew", {});
    return { offset: venue - (sent + tripMs / 2), uncertainty: tripMs / 2 };
  };
  const measureAll = async (signal: AbortSignal | undefined) => {
    let best: Awaited<ReturnType<typeof sample>> | undefined;
    let failure: unknown;
    for (let taken = 0; taken < samples; taken++) {
      if (signal?.aborted === true) break;
      try {
        const found = await sample(signal);
        if (best === undefined || found.uncertainty < best.uncertainty) best = found;
      } catch (error) {
        failure = error;
      }
    }
    if (best !== undefined) {
      const byMs = best.offset - (offsetMs ?? best.offset);
      const isStep = Math.abs(byMs) > Math.max(leastStepMs, best.uncertainty + (uncertaintyMs ?? 0));
      offsetMs = best.offset;
      uncertaintyMs = best.uncertainty;
      if (isStep) for (const listener of listeners) listener(byMs);
    } else if (failure !== undefined) throw failure;
  };
  const sync = async (signal?: AbortSignal): Promise<void> => {
    const joined = running;
    if (joined === undefined) {
      givenUp = signal;
      running = measureAll(signal).finally(() => {
        running = undefined;
      });
      return running;
    }
    // A round that its first caller gave up says nothing to those who joined it: they go on by themselves.
    const before = givenUp;
    const ended = await joined.then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    if (before?.aborted === true && signal?.aborted !== true) return sync(signal);
    if (ended !== undefined) throw ended.error;
  };

  return {
    now: () => {
      if (offsetMs === undefined || uncertaintyMs === undefined) throw new BpError("transport/clock-skew", {});
      if (uncertaintyMs >= limitMs) throw new BpError("transport/clock-skew", { skewMs: Math.round(offsetMs) });
      return millis(Math.round(clock.now() + offsetMs));
    },
    get offsetMs() {
      return offsetMs;
    },
    get uncertaintyMs() {
      return uncertaintyMs;
    },
    sync,
    onStep: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    keep: async (everyMs, signal, onFailure) => {
      while (!signal.aborted) {
        await clock.sleep(everyMs, signal);
        if (signal.aborted) return;
        try {
          await sync(signal);
        } catch (error) {
          onFailure?.(error);
        }
      }
    },
  };
}

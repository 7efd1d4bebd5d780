// Silence that a venue asked for: one for a host, whatever is counted and whoever sends.
import type { Clock } from "@bp/core";
import { perHost } from "./host.ts";

/** Nothing goes to a host while it lasts, cancels included. Budgets that are given the same one stop together. */
export interface Pause {
  /** Nothing goes out for this long. A shorter pause never ends a longer one. */
  pause(ms: number): void;
  /** ms until it ends; 0 when there is none. */
  pausedMs(): number;
}

/**
 * A pause for one host, to be shared by all budgets whose requests go there.
 *
 * @example
 * const pause = createPause(systemClock);
 * const fast = createBudget({ capacity: 2_000, perMs: 60_000, reserved: 0.2, clock: systemClock, pause });
 * const slow = createBudget({ capacity: 30, perMs: 60_000, reserved: 0, clock: systemClock, pause });
 */
export function createPause(clock: Clock): Pause {
  let until = Number.NEGATIVE_INFINITY;
  let last: number = clock.now();
  const now = () => {
    const at: number = clock.now();
    if (at < last) until -= last - at; // or a clock that was set back would make it last for hours
    last = at;
    return at;
  };
  return {
    pause: (ms) => {
      if (!(ms > 0)) return; // also what is no number: it would make all later pauses none
      until = Math.max(until, now() + ms);
    },
    pausedMs: () => {
      const at = now();
      return Math.max(0, until - at);
    },
  };
}

const pauses = /* @__PURE__ */ perHost(createPause);

/**
 * The pause of a host as this process knows it: clients that were made apart and go the same way stop together.
 *
 * @param url - whose host is meant; a text that is no URL has a pause of its own
 * @param proxy - the way out, because a venue counts by the address that it sees
 */
export function pauseOfHost(clock: Clock, url: string, proxy = ""): Pause {
  return pauses.of(clock, url, proxy);
}

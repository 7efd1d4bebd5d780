// Silence that a venue asked for: one for a host, whatever is counted and whoever sends.
import type { Clock } from "@bp/core";
import { perHost } from "./host.ts";
import type { Lane } from "./purse.ts";

/**
 * Nothing goes to a host while it lasts, but that cancels wait a minute of it at most: then one goes to see whether the venue is well
 * again, and another one a minute later. What asks for longer may be a mistake, or not the venue's word, and orders that rest are a
 * risk. Budgets that are given the same one stop together.
 */
export interface Pause {
  /** Nothing goes out for this long. A shorter pause never ends a longer one. */
  pause(ms: number): void;
  /** ms until this lane may send again, until the end of the pause if it is left out; 0 when it may. */
  pausedMs(lane?: Lane): number;
  /** Something was sent: during a pause it was a cancel that looks, and the next one waits its minute. */
  passed(): void;
  /** What was sent to look has found the venue well. */
  lift(): void;
}

/** As long as a venue's window is, and as the longest pause that is made up here: what cancels wait at most, ms. */
const longestForCancelsMs = 60_000;

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
  let lookAt = Number.NEGATIVE_INFINITY;
  let last: number = clock.now();
  const now = () => {
    const at: number = clock.now();
    if (at < last) {
      until -= last - at; // or a clock that was set back would make it last for hours
      lookAt -= last - at;
    }
    last = at;
    return at;
  };
  return {
    pause: (ms) => {
      if (!(ms > 0)) return; // also what is no number: it would make all later pauses none
      const at = now();
      if (at >= until) lookAt = at + longestForCancelsMs;
      until = Math.max(until, at + ms);
    },
    pausedMs: (lane) => {
      const at = now();
      return Math.max(0, (lane === "cancel" ? Math.min(until, lookAt) : until) - at);
    },
    passed: () => {
      const at = now();
      if (at < until) lookAt = at + longestForCancelsMs;
    },
    lift: () => {
      until = now();
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

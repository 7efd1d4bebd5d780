// What the venue allows on a connection, and how a dead one is told from a quiet one.
import type { Service } from "./names.ts";

/** Limits of one connection. */
export interface Limits {
  /** Streams. */
  readonly most: number;
  /** Messages of ours; one a second less than the venue takes, because pings and pongs count too. */
  readonly messagesPerSecond: number;
  /** Streams in one message. */
  readonly perFrame: number;
  /** Longer than the venue's own pings are apart, ms. */
  readonly silenceMs: number;
  /** Before the venue cuts it at 24 hours, ms. */
  readonly renewAfterMs: number;
}

const minute = 60_000;
const renewAfterMs = 23 * 60 * minute;

/** The limits of a service: futures ping every 5 minutes, spot every 3. */
export function limitsOf(service: Service): Limits {
  return service === "futures"
    ? { most: 200, messagesPerSecond: 9, perFrame: 100, silenceMs: 6 * minute, renewAfterMs }
    : { most: 1_024, messagesPerSecond: 4, perFrame: 100, silenceMs: 4 * minute, renewAfterMs };
}

// What a metric is: a name with a unit as Prometheus wants it, and how it is read off a frame.
import type { Frame } from "dashboard/contract";

/** What is measured from: the newest frame, and the door itself. */
export interface Measured {
  /** `undefined`: the run has not begun, or there is no bot here. */
  readonly frame: Frame | undefined;
  /** How old the frame is, ms. */
  readonly ageMs: number;
  readonly streams: number;
  /** Requests that were refused, by status. */
  readonly refused: ReadonlyMap<number, number>;
  readonly wrongTokens: number;
  /** Connections that were too many. */
  readonly connections: number;
}

/** A value with its labels. What is not known has none. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric. */
export interface Metric {
  readonly name: string;
  readonly type: "gauge" | "counter";
  /** A sentence: it is also what docs/metrics.md says. */
  readonly help: string;
  readonly labels: readonly string[];
  readonly read: (measured: Measured) => readonly Sample[];
}

/** A sample of decimal text or a number; none of what is unknown or no number. */
export function sample(value: string | number | undefined, labels: Sample["labels"] = {}): readonly Sample[] {
  const found = value === undefined || value === "" ? Number.NaN : Number(value);
  return Number.isFinite(found) ? [{ labels, value: found }] : [];
}

/** A metric of a frame alone. */
export const ofFrame =
  (read: (frame: Frame) => readonly Sample[]): Metric["read"] =>
  ({ frame }) =>
    frame === undefined ? [] : read(frame);

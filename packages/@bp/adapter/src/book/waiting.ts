// Depth frames that wait for a snapshot.
import { createSequence, type Millis, type SequenceRule } from "@bp/core";
import type { DepthFrame } from "./frame.ts";

/** A frame and when it reached us. */
export interface Waiting {
  readonly bytes: Uint8Array;
  readonly at: Millis;
}

/** Most frames that wait: several seconds of the busiest market. */
const most = 10_000;

/** Keeps frames in the order in which they came. */
export function createWaiting() {
  let kept: Waiting[] = [];
  return {
    all: (): readonly Waiting[] => kept,
    keep: (bytes: Uint8Array, at: Millis): void => {
      if (kept.length >= most) kept = kept.slice(most / 2); // a snapshot ahead of the rest still fits
      kept.push({ bytes: new Uint8Array(bytes), at }); // a copy, which `slice` of a Buffer is not
    },
    clear: (): void => {
      kept = [];
    },
  };
}

/** Whether frames connect to a snapshot as of `lastUpdateId`, one after the other. */
export function follows(
  rule: SequenceRule,
  lastUpdateId: number,
  kept: readonly Waiting[],
  decode: (bytes: Uint8Array) => DepthFrame | undefined,
): boolean {
  const trial = createSequence(rule);
  trial.snapshot(lastUpdateId);
  return kept.every(({ bytes }) => {
    const frame = decode(bytes);
    if (frame === undefined) return false;
    const verdict = trial.judge(frame.first, frame.last, previousOf(frame));
    return verdict === "apply" || verdict === "drop";
  });
}

/** What core's sequence takes. */
export function previousOf({ previous }: DepthFrame): number | undefined {
  return previous < 0 ? undefined : previous;
}

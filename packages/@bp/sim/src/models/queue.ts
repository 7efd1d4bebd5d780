// Our place in a queue of which only the total is known.
import { BpError } from "@bp/core";
import type { QueueModel } from "../contract.ts";

/** Nothing in front of us leaves but by prints: the pessimist's model, and the default. */
export const printsOnly: QueueModel = () => 1;

/**
 * Decreases come from behind us with probability behindⁿ / (behindⁿ + frontⁿ).
 *
 * @param exponent - n, above 0; 1 spreads them evenly, 2 to 3 is usual; fit it from own fills
 * @see rigtorp.se, Estimating order queue position (2013)
 */
export function byShare(exponent: number): QueueModel {
  return (front, behind) => {
    const back = behind ** exponent;
    const sum = back + front ** exponent;
    return sum === 0 ? 1 : back / sum;
  };
}

/**
 * Decreases come from behind us with probability ln(1 + behind) / ln(1 + behind + front): large queues before us empty faster
 * than their share.
 *
 * @see hftbacktest, `LogProbQueueModel`
 */
export const byLog: QueueModel = (front, behind) => {
  const whole = Math.log(1 + behind + front);
  return whole === 0 ? 1 : Math.min(1, Math.log(1 + behind) / whole);
};

/**
 * The same with both logarithms taken apart: ln(1 + behind) / (ln(1 + behind) + ln(1 + front)). Hardly knows how large queues are.
 *
 * @see hftbacktest, `LogProbQueueModel2`
 */
export const byLogs: QueueModel = (front, behind) => {
  const back = Math.log(1 + behind);
  const sum = back + Math.log(1 + front);
  return sum === 0 ? 1 : back / sum;
};

/**
 * Decreases come from behind us with probability 1 - (front / (front + behind))ⁿ. With n above 1 more of them than our place says.
 *
 * @param exponent - n, above 0; 1 is the same as `byShare(1)`
 * @see hftbacktest, `PowerProbQueueModel3`
 */
export function byFront(exponent: number): QueueModel {
  return (front, behind) => {
    const whole = front + behind;
    return whole === 0 ? 1 : 1 - (front / whole) ** exponent;
  };
}

/**
 * A model by its name: `prints`, `share:N` or `behind:N` with an exponent N above 0, `log`, `log2`.
 *
 * | name | share of an unexplained decrease that comes from behind us, b lots, with f lots in front | |
 * |---|---|---|
 * | `prints` | 1 | nothing but prints brings us on: the pessimist, and the default |
 * | `share:N` | bᴺ / (bᴺ + fᴺ) | N from 2 to 3 is usual; `bot resim` fits it from own fills |
 * | `behind:N` | 1 − (f / (f + b))ᴺ | |
 * | `log` | ln(1 + b) / ln(1 + b + f) | |
 * | `log2` | ln(1 + b) / (ln(1 + b) + ln(1 + f)) | |
 *
 * @throws BpError `config/invalid` for another one
 */
export function queueNamed(name: string): QueueModel {
  if (name === "prints") return printsOnly;
  if (name === "log") return byLog;
  if (name === "log2") return byLogs;
  const [, kind, text] = /^(share|behind):(\d+(?:\.\d+)?)$/.exec(name) ?? [];
  const exponent = Number(text ?? Number.NaN);
  if (exponent > 0) return kind === "share" ? byShare(exponent) : byFront(exponent);
  throw new BpError("config/invalid", {
    path: "queue",
    found: JSON.stringify(name),
    expected: "prints, log, log2, share:N or behind:N with N above 0",
  });
}

/**
 * What is in front of us after a level changed.
 *
 * @param front - size in front before, in lots
 * @param before - size of the level before, without our own orders
 * @param after - its size now
 * @param printed - traded at this price since the level last changed; explains that much of a decrease
 * @returns lots, may have a fraction; 0 to `after`
 */
export function queueAfter(front: number, before: number, after: number, printed: number, model: QueueModel): number {
  const decrease = before - after - printed;
  if (decrease <= 0) return Math.max(0, Math.min(front, after));
  const behind = before - front;
  const fromBehind = model(front, behind) * decrease;
  const overflow = Math.min(behind - fromBehind, 0); // more than was behind us cannot have left from there
  return Math.max(0, Math.min(front - (decrease - fromBehind) + overflow, after));
}

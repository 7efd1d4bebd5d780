// The deepest fall of what a run has earned, looked at whenever that can have changed: between two samples equity may fall further.
import type { Drawdown } from "./tables.ts";

/** A fall in money: `depth` is for whoever knows of what. */
export interface DeepestFall extends Omit<Drawdown, "depth"> {
  /** What had been earned at the high. */
  readonly high: number;
}

/** Follows it from nothing earned on, as the rule over the drawdown does. */
export interface Fall {
  /** @param earned - common quote, after an event of time `at` */
  step(at: number, earned: number): void;
  /** `undefined`: it has never fallen. */
  readonly deepest: DeepestFall | undefined;
}

/** Nothing has fallen. */
export function createFall(): Fall {
  let high = 0;
  let since: number | undefined;
  let isRunning = false; // the deepest one is not over
  const fall: { step: Fall["step"]; deepest: DeepestFall | undefined } = {
    deepest: undefined,
    step: (at, earned) => {
      since ??= at;
      if (earned >= high) {
        [high, since] = [earned, at];
        if (isRunning && fall.deepest !== undefined) fall.deepest = { ...fall.deepest, recovered: at };
        isRunning = false;
      } else if (earned - high < (fall.deepest?.amount ?? 0)) {
        fall.deepest = { amount: earned - high, high, from: since, lowest: at, recovered: null };
        isRunning = true;
      }
    },
  };
  return fall;
}

/**
 * Puts it among the drawdowns of samples, in the place of what they saw of it.
 *
 * @param sampled - the deepest first
 * @param capital - quote, above 0
 */
export function withFall(
  sampled: readonly Drawdown[],
  fall: DeepestFall | undefined,
  capital: number,
): readonly Drawdown[] {
  if (fall === undefined || (sampled[0]?.amount ?? 0) <= fall.amount) return sampled;
  const { high, amount, from, lowest, recovered } = fall;
  const others = sampled.filter((each) => each.lowest < from || (recovered !== null && each.from >= recovered));
  const whole = { depth: amount / (capital + high), amount, from, lowest, recovered };
  return [whole, ...others].toSorted((a, b) => a.depth - b.depth);
}

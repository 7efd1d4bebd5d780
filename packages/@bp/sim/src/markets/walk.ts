// The fair price of an asset: a random walk on a long leash, with jumps and pushes.
import type { Random } from "@bp/core";

/** What an asset's price does; fractions of the price. */
export interface WalkOptions {
  /** Standard deviation of one second. */
  readonly volatility: number;
  /** Seconds after which a departure from the anchor has shrunk to 1/e. */
  readonly leashSeconds: number;
  /** Standard deviation of the anchor over one day. */
  readonly drift: number;
}

export interface Walk {
  /** Quote per base at the moment of the last `move`. */
  readonly price: number;
  /** Lets time pass. @param seconds - at least 0 */
  move(seconds: number): void;
  /** Shifts the price at once by a fraction of it, as a large trade or a jump does. */
  push(fraction: number): void;
}

/**
 * A mean-reverting walk (Ornstein–Uhlenbeck in the logarithm, drawn exactly for any step) around an anchor that walks
 * freely. Over ten minutes it stays within a few standard deviations `volatility × sqrt(leashSeconds / 2)`.
 */
export function walk(start: number, options: WalkOptions, chance: Random): Walk {
  const { volatility, leashSeconds, drift } = options;
  let anchor = Math.log(start);
  let departure = 0;
  let price = start;
  return {
    get price() {
      return price;
    },
    move: (seconds) => {
      const kept = Math.exp(-seconds / leashSeconds);
      departure = departure * kept + volatility * Math.sqrt((leashSeconds / 2) * (1 - kept * kept)) * chance.normal();
      anchor += drift * Math.sqrt(seconds / 86_400) * chance.normal();
      price = Math.exp(anchor + departure);
    },
    push: (fraction) => {
      departure += fraction;
      price = Math.exp(anchor + departure);
    },
  };
}

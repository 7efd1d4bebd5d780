// The fair price of a coin: the same path in every exchange that draws it from the same seed and moment.
import type { Random } from "@bp/core";
import { type WalkOptions, walk } from "./walk.ts";

/** One coin's path; quote per base. Moments in ms must not go back. */
export interface Fair {
  /** What a spot market trades around. */
  spot(at: number): number;
  /** What a perpetual trades around: a little more or less. */
  perp(at: number): number;
  /** Shifts both at once by a fraction of the price. Whoever pushes must do so in every exchange alike. */
  push(fraction: number): void;
}

const stepMs = 100;
const basisOptions: WalkOptions = { volatility: 0.0002, leashSeconds: 60, drift: 0 };

/**
 * Moves in steps of 100 ms, whoever asks and however often: two venues with different markets of one coin see one price, so
 * that what is bought here can be sold there.
 *
 * @param begin - ms since 1970
 */
export function fairPath(price: number, begin: number, options: WalkOptions, chance: Random): Fair {
  const fair = walk(price, options, chance.fork("walk"));
  const basis = walk(1, basisOptions, chance.fork("basis"));
  let steps = 0;
  const move = (at: number) => {
    for (const last = Math.floor((at - begin) / stepMs); steps < last; steps++) {
      fair.move(stepMs / 1_000);
      basis.move(stepMs / 1_000);
    }
  };
  return {
    spot: (at) => {
      move(at);
      return fair.price;
    },
    perp: (at) => {
      move(at);
      return fair.price * basis.price;
    },
    push: (fraction) => fair.push(fraction),
  };
}

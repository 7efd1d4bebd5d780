// What the mid did after fills, on average, and how sure that is.
import type { Markout } from "./split.ts";

/** Milliseconds after a fill at which an analysis looks at the mid again. */
export const analysisHorizons = [1_000, 5_000, 30_000, 300_000] as const;

/** A mean weighted by volume, with what its standard error is made of. */
interface WeightedMean {
  weight: number;
  moved: number;
  squares: number;
  squaresMoved: number;
  squaresMovedTwice: number;
  count: number;
}

/** Moves after fills, by side and by look: 0 is just before the fill, 1 the first horizon, and so on. */
export interface Markouts {
  /** @param weight - notional, above 0; @param move - side × (mid − price) / price */
  add(look: number, buy: boolean, weight: number, move: number): void;
  rows(): readonly Markout[];
  readonly sides: Readonly<Record<"buy" | "sell", readonly WeightedMean[]>>;
}

/**
 * Fills count as independent: they are not quite, so that the standard error is a lower bound.
 *
 * @param parts - of several markets, to begin with what they have; they stay as they are
 */
export function createMarkouts(parts: readonly Markouts[] = []): Markouts {
  const make = (side: "buy" | "sell") =>
    Array.from({ length: analysisHorizons.length + 1 }, (_, look) =>
      parts.reduce((sum, part) => together(sum, part.sides[side][look] ?? nothing()), nothing()),
    );
  const sides = { buy: make("buy"), sell: make("sell") };
  return {
    sides,
    add: (look, buy, weight, move) => {
      const mean = (buy ? sides.buy : sides.sell)[look];
      if (mean === undefined) return;
      const weighed = weight * weight;
      mean.weight += weight;
      mean.moved += weight * move;
      mean.squares += weighed;
      mean.squaresMoved += weighed * move;
      mean.squaresMovedTwice += weighed * move * move;
      mean.count += 1;
    },
    rows: () => {
      const both = sides.buy.map((mean, look) => together(mean, sides.sell[look] ?? nothing()));
      return (["buy", "sell", "both"] as const).flatMap((side) => {
        const means = side === "both" ? both : sides[side];
        return analysisHorizons.map((horizonMs, at): Markout => {
          const mean = means[at + 1] ?? nothing();
          return {
            side,
            horizonMs,
            bps: bpsOf(mean),
            standardError: errorOf(mean),
            captureBps: bpsOf(means[0] ?? nothing()),
            fills: mean.count,
          };
        });
      });
    },
  };
}

function nothing(): WeightedMean {
  return { weight: 0, moved: 0, squares: 0, squaresMoved: 0, squaresMovedTwice: 0, count: 0 };
}

function together(a: WeightedMean, b: WeightedMean): WeightedMean {
  return {
    weight: a.weight + b.weight,
    moved: a.moved + b.moved,
    squares: a.squares + b.squares,
    squaresMoved: a.squaresMoved + b.squaresMoved,
    squaresMovedTwice: a.squaresMovedTwice + b.squaresMovedTwice,
    count: a.count + b.count,
  };
}

function bpsOf({ weight, moved }: WeightedMean): number | null {
  return weight > 0 ? (moved / weight) * 10_000 : null;
}

/** √(Σ w²(x − x̄)²) / Σ w. @see Cochran (1977), Sampling Techniques, ratio estimators */
function errorOf({ weight, moved, squares, squaresMoved, squaresMovedTwice, count }: WeightedMean): number | null {
  if (count < 2 || weight === 0) return null;
  const mean = moved / weight;
  const spread = squaresMovedTwice - 2 * mean * squaresMoved + mean * mean * squares;
  return (Math.sqrt(Math.max(0, spread)) / weight) * 10_000;
}

// Where a profit came from: the spread, the market's answer to our fills, the inventory, fees and funding.
import { Big } from "@bp/core";
import { markoutHorizons } from "./mids.ts";

/** What happened to the mid after our fills, by one horizon. In quote. */
export interface Selection {
  /** 1,000, 10,000 or 60,000. */
  readonly horizonMs: number;
  /**
   * What the mid moved against us between a fill and this much later: Σ side × size × (mid before − mid after). Positive is
   * a loss: the others knew better.
   */
  readonly adverse: Big;
  /** What the mid moved for us from then until now, marked at the mark. Positive is a gain. */
  readonly inventory: Big;
  /**
   * Fills of which the mid at that moment is known. Those that are still to come to it are valued at the mark; where nobody knew
   * it, nothing is called adverse, and all that the mid has done since the fill is inventory.
   */
  readonly settled: number;
}

/**
 * The change of equity, told apart. For each horizon
 * `spread − adverse + inventory + carried − fees + feeDrift + funding = equityChange`, exactly.
 */
export interface Causes {
  /** Σ side × size × (mid just before the fill − price), over the fills where it is known: what was earned by being passive, before the mid answered. */
  readonly spread: Big;
  readonly selection: readonly Selection[];
  /** What lots carried over from an earlier run have earned or lost since they were opened. */
  readonly carried: Big;
  readonly fees: Big;
  /** Fees charged in base are gone as coins: what these would have cost more (positive) or less since. Spot only. */
  readonly feeDrift: Big;
  readonly funding: Big;
  /** What the account is worth more than before: cash flows, and what is held at the mark. */
  readonly equityChange: Big;
}

const zero = new Big(0);

/** A fill that waits for the mids before and after it. */
export interface Shot {
  /** Base, positive for a buy. */
  readonly signed: Big;
  /** Quote per base: the mid just before it, and its own price while that is not known. */
  before: Big;
}

/** What is added up over the fills of one instrument, for one horizon. */
interface Looks {
  /** Σ side × size × mid, over the fills that have come to it; where nobody knew the mid, as it was before the fill. In quote. */
  valued: Big;
  /** Σ side × size of the same fills, base. */
  signed: Big;
  /** Those whose mid is known. */
  count: number;
}

/** Adds up fills, and the mids before and after them. */
export interface CauseSums {
  /** @param signed - base, positive for a buy @returns what `look` is told of */
  fill(signed: Big, price: Big): Shot;
  /** The mid before a fill (`horizon` 0, which comes first) or after one. Quote per base; `undefined`: nobody will know it. */
  look(horizon: number, shot: Shot, mid: Big | undefined): void;
  /** The spread alone. */
  spread(): Big;
  /**
   * @param mark - quote per base, for what is still held and for fills that are still to come to a horizon; `undefined` only
   *   where nothing has been traded
   */
  causes(
    mark: Big | undefined,
    rest: {
      readonly carried: readonly { readonly size: Big; readonly price: Big }[];
      readonly fees: Big;
      readonly baseFees: Big;
      readonly baseFeesInQuote: Big;
      readonly funding: Big;
    },
  ): Causes;
}

/** Sums before the first fill. */
export function createCauses(): CauseSums {
  const looks = new Map<number, Looks>(markoutHorizons.map((each) => [each, { valued: zero, signed: zero, count: 0 }]));
  let signedSum = zero; // base
  let paid = zero; // Σ side × size × price, quote
  let spread = zero;

  const looked = (horizon: number): Looks => looks.get(horizon) ?? { valued: zero, signed: zero, count: 0 };
  /** Σ side × size × mid, those still to come at a price. */
  const worth = (horizon: number, price: Big) => {
    const { valued, signed } = looked(horizon);
    return valued.plus(signedSum.minus(signed).times(price));
  };

  return {
    fill: (signed, price) => {
      signedSum = signedSum.plus(signed);
      paid = paid.plus(signed.times(price));
      return { signed, before: price };
    },
    look: (horizon, shot, mid) => {
      const { signed } = shot;
      if (horizon === 0) {
        if (mid === undefined) return;
        spread = spread.plus(signed.times(mid.minus(shot.before)));
        shot.before = mid;
        return;
      }
      const sum = looked(horizon);
      sum.valued = sum.valued.plus(signed.times(mid ?? shot.before));
      sum.signed = sum.signed.plus(signed);
      if (mid !== undefined) sum.count += 1;
    },
    spread: () => spread,
    causes: (mark, { carried, fees, baseFees, baseFeesInQuote, funding }) => {
      const price = mark ?? zero;
      const before = paid.plus(spread);
      const now = signedSum.times(price);
      const feeDrift = feeDriftOf(mark, { baseFees, baseFeesInQuote });
      const carriedGain = carried.reduce(
        (sum, lot) => (mark === undefined ? sum : sum.plus(mark.minus(lot.price).times(lot.size))),
        zero,
      );
      return {
        spread,
        selection: markoutHorizons.map((horizonMs) => {
          const after = worth(horizonMs, price);
          return {
            horizonMs,
            adverse: before.minus(after),
            inventory: now.minus(after),
            settled: looked(horizonMs).count,
          };
        }),
        carried: carriedGain,
        fees,
        feeDrift,
        funding,
        equityChange: now.minus(paid).plus(carriedGain).minus(fees).plus(feeDrift).plus(funding),
      };
    },
  };
}

/** By how much coins that fees have taken were booked above (negative: below) what they are worth at the mark. */
export function feeDriftOf(
  mark: Big | undefined,
  { baseFees, baseFeesInQuote }: { readonly baseFees: Big; readonly baseFeesInQuote: Big },
): Big {
  return mark === undefined ? zero : baseFeesInQuote.minus(baseFees.times(mark));
}

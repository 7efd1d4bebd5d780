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
  /** Fills of which the mid at that moment is known: others are to come to it, or nobody knew it then. They are valued at the mark. */
  readonly settled: number;
}

/**
 * The change of equity, told apart. For each horizon
 * `spread − adverse + inventory + carried − fees + feeDrift + funding = equityChange`, exactly.
 */
export interface Causes {
  /** Σ side × size × (mid just before the fill − price): what was earned by being passive, before the mid answered. */
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

/** What is added up over the fills of one instrument. */
interface Looks {
  /** Σ side × size × mid, over the fills whose mid is known, in quote. */
  valued: Big;
  /** Σ side × size of the same fills, base. */
  signed: Big;
  count: number;
}

/** Adds up fills, and the mids before and after them. */
export interface CauseSums {
  /** @param signed - base, positive for a buy */
  fill(signed: Big, price: Big): void;
  /** The mid before a fill (`horizon` 0) or after one is known. Quote per base. */
  look(horizon: number, signed: Big, mid: Big): void;
  /** The spread alone. @param mark - as for all of them */
  spread(mark: Big | undefined): Big;
  /**
   * @param mark - quote per base, for what is still held and for fills whose mid is not known; `undefined` only where
   *   nothing has been traded
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
  const looks = new Map<number, Looks>(
    [0, ...markoutHorizons].map((each) => [each, { valued: zero, signed: zero, count: 0 }]),
  );
  let signedSum = zero; // base
  let paid = zero; // Σ side × size × price, quote

  const looked = (horizon: number): Looks => looks.get(horizon) ?? { valued: zero, signed: zero, count: 0 };
  /** Σ side × size × mid, those without one at a price. */
  const worth = (horizon: number, price: Big) => {
    const { valued, signed } = looked(horizon);
    return valued.plus(signedSum.minus(signed).times(price));
  };

  return {
    fill: (signed, price) => {
      signedSum = signedSum.plus(signed);
      paid = paid.plus(signed.times(price));
    },
    look: (horizon, signed, mid) => {
      const sum = looked(horizon);
      sum.valued = sum.valued.plus(signed.times(mid));
      sum.signed = sum.signed.plus(signed);
      sum.count += 1;
    },
    spread: (mark) => worth(0, mark ?? zero).minus(paid),
    causes: (mark, { carried, fees, baseFees, baseFeesInQuote, funding }) => {
      const price = mark ?? zero;
      const before = worth(0, price);
      const now = signedSum.times(price);
      const spread = before.minus(paid);
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

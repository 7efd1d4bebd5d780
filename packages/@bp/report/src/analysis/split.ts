// Where the money came from, to the last digit.

/** What is told apart by how long after a fill one looks. Decimal text, quote. */
export interface SelectionAt {
  /** 1,000, 5,000, 30,000 or 300,000. */
  readonly horizonMs: number;
  /** Σ side × size × (mid before − mid after): positive is a loss. */
  readonly adverse: string;
  /** What the mid moved for us from then on, up to the mark. Positive is a gain. */
  readonly inventory: string;
  /**
   * Fills of which the mid at that moment is known. Those that are still to come to it are valued at the mark; where nobody knew
   * it, nothing is called adverse, and all that the mid has done since the fill is inventory.
   */
  readonly settled: number;
}

/**
 * The change of equity, told apart. Decimal text, quote. For each horizon, exactly
 * `spread − adverse + inventory + carried − fees + rebates + feeDrift + funding = equityChange`.
 */
export interface ProfitSplit {
  /** Σ side × size × (mid just before the fill − price). */
  readonly spread: string;
  /** 1, 5, 30 and 300 s. */
  readonly selection: readonly SelectionAt[];
  /** What lots of an earlier run have earned since they were opened. */
  readonly carried: string;
  /** Paid, 0 or positive. */
  readonly fees: string;
  /** Received, 0 or positive. */
  readonly rebates: string;
  /** What coins taken as fees (spot) would have cost more (positive) or less since. */
  readonly feeDrift: string;
  /** Received; negative is paid. */
  readonly funding: string;
  /** Cash flows, and what is held at the mark. The parts come from the same exact sums, so they add up to it by arithmetic. */
  readonly equityChange: string;
  /**
   * `0`, or what is wrong: the largest of what the parts of a horizon miss of the whole, and of what `equityChange` differs by from a
   * book of cash and coins that is kept fill by fill beside it, beyond the rounding of that. It finds a mistake of ours in adding
   * up, and no fact that the log lacks.
   */
  readonly residual: string;
}

/** What the mid did after fills: d × (mid after − price) / price, weighted by volume. */
export interface Markout {
  /** `buy`, `sell` or `both`. */
  readonly side: "buy" | "sell" | "both";
  readonly horizonMs: number;
  /** Bps; positive is for us, before fees; `null` where no fill is settled. */
  readonly bps: number | null;
  /** Of `bps`; `null` with fewer than two fills. */
  readonly standardError: number | null;
  /** Mid before − price, in bps of the price: what was captured at the fill. */
  readonly captureBps: number | null;
  readonly fills: number;
}

// Series over time, thin enough to draw.

/** A series: two columns of equal length, times never going back. At most about 2,000 points; highs and lows are kept. */
export interface Points {
  /** Ms since 1970. */
  readonly at: readonly number[];
  readonly value: readonly number[];
}

/** Our fills as columns of equal length. Where there are more than 2,000, every n-th is here. */
export interface FillPoints {
  readonly at: readonly number[];
  /** Quote per base. */
  readonly price: readonly number[];
  /** Base, positive bought, negative sold. */
  readonly size: readonly number[];
  /** 1 rested, 0 took. */
  readonly maker: readonly number[];
}

/** One market over time. */
export interface MarketSeries {
  /** `venue:symbol`. */
  readonly market: string;
  readonly venue: string;
  readonly base: string;
  readonly quote: string;
  /** The mark; without one the mid, the last print, the last fill. Quote per base. */
  readonly price: Points;
  /** Signed base. */
  readonly inventory: Points;
  readonly fills: FillPoints;
  /** Every n-th fill is in `fills`. */
  readonly fillsEvery: number;
}

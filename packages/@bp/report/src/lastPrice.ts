// What a market was last worth while its book is not known.
import { Big, type Instrument } from "@bp/core";

/** The newest of the mids, prints and own fills of a market, by the venue's time. A book that is lost takes no price away. */
export interface LastPrice {
  /** @param price - ticks of `grid`; @param at - the venue's time, until which it is known to hold; older news changes nothing */
  tell(price: number, at: number, grid: Instrument): void;
  /** In ticks of `grid`; `undefined` before the first price. */
  in(grid: Instrument): number | undefined;
  /** Exact, quote per base. */
  exact(): Big | undefined;
}

/** Nothing is known. */
export function createLastPrice(): LastPrice {
  let price = Number.NaN;
  let at = Number.NEGATIVE_INFINITY;
  let tick: Instrument["tickSize"] | undefined;
  return {
    tell: (told, when, { tickSize }) => {
      if (when < at) return;
      price = told;
      at = when;
      tick = tickSize;
    },
    in: ({ tickSize }) => {
      if (tick === undefined || tick === tickSize) return tick === undefined ? undefined : price;
      return new Big(price).times(tick).div(tickSize).toNumber();
    },
    exact: () => (tick === undefined ? undefined : new Big(price).times(tick)),
  };
}

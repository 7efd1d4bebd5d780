// Makers of a generated market: each keeps a ladder of orders on both sides of what it thinks fair.
import { type Instrument, lots, type Random, type Side, ticks } from "@bp/core";
import type { MarketHands } from "../contract.ts";

/** How one maker quotes; fractions of the price. */
export interface MakerOptions {
  /** Distance of its best order from its fair price. */
  readonly halfSpread: number;
  /** Distance of its outermost order. */
  readonly reach: number;
  /** Orders a side. */
  readonly levels: number;
  /** Quote units of the best order; the outer ones are larger. */
  readonly notional: number;
  /** Standard deviation of its error about the fair price. */
  readonly error: number;
}

export interface Maker {
  /** Looks at the price and moves the orders that are too far from where they should be. */
  quote(fair: number): void;
}

interface Rung {
  readonly side: Side;
  /** Fraction of the price. */
  readonly distance: number;
  /** Fraction of the price by which it may be off before it is moved. */
  readonly tolerance: number;
  readonly notional: number;
  id: string | undefined;
  price: number;
}

/** A maker of one market, with its own errors. */
export function maker(instrument: Instrument, hands: MarketHands, options: MakerOptions, chance: Random): Maker {
  const tick = Number(instrument.tickSize); // estimates below, so a number will do
  const lot = Number(instrument.lotSize);
  const rungs = ladder(options, chance);
  return {
    quote: (fair) => {
      const seen = fair * (1 + options.error * chance.normal());
      for (const rung of rungs) {
        const away = seen * (rung.side === "buy" ? 1 - rung.distance : 1 + rung.distance);
        const price = Math.max(1, rung.side === "buy" ? Math.floor(away / tick) : Math.ceil(away / tick));
        const standing = rung.id !== undefined && hands.rest(rung.id) > 0;
        if (standing && Math.abs(price - rung.price) * tick <= rung.tolerance * seen) continue;
        if (standing && rung.id !== undefined) hands.cancel(rung.id);
        rung.price = price;
        const size = Math.max(1, Math.round((rung.notional * (0.5 + chance.next())) / seen / lot));
        rung.id = hands.place({
          instrument: instrument.id,
          side: rung.side,
          type: "limit",
          price: ticks(price),
          size: lots(size),
          tif: "gtc",
          postOnly: false,
          reduceOnly: false,
        });
      }
    },
  };
}

/** Rungs from the inside out, bids and asks in turn; distances grow by a constant factor. */
function ladder(options: MakerOptions, chance: Random): Rung[] {
  const { halfSpread, reach, levels, notional } = options;
  const growth = levels > 1 ? (reach / halfSpread) ** (1 / (levels - 1)) : 1;
  const rungs: Rung[] = [];
  for (let level = 0; level < levels; level++)
    for (const side of ["buy", "sell"] as const) {
      const distance = halfSpread * growth ** level * (level === 0 ? 1 : 0.85 + 0.3 * chance.next());
      rungs.push({
        side,
        distance,
        tolerance: distance * 0.25,
        notional: notional * (1 + level * 0.5),
        id: undefined,
        price: 0,
      });
    }
  return rungs;
}

// What of a market's fills is still open, first in first out, and what each part that closes has come to.
import type { Big } from "@bp/core";
import type { Swing } from "./swing.ts";

/** A part of a position. */
export interface OpenLot {
  /** Lots, signed; a fraction only where an earlier run had another lot size. */
  size: number;
  /** Ticks; a fraction only of what was carried or taken over. */
  readonly price: number;
  /** The same, exact, where the number is not. Quote per base. */
  readonly exact: Big | undefined;
  readonly openedAt: number;
  /** Paid at the opening for one lot, quote. */
  readonly feePerLot: number;
  readonly slot: string;
  /** Its place in the market's swing. */
  readonly place: number;
}

/** What a fill closes. */
export interface ClosedPart {
  readonly lot: OpenLot;
  /** Lots, above 0. */
  readonly size: number;
  /** 1 long, −1 short. */
  readonly side: number;
}

/** Open lots, the oldest first. */
export interface OpenLots {
  /** Adds a trade of `size` lots, signed; `opened` makes the lot of what goes beyond what it closes. */
  trade(size: number, closed: (part: ClosedPart) => void, opened: (size: number) => OpenLot): void;
  all(): readonly OpenLot[];
  replace(lots: readonly OpenLot[]): void;
}

/** None is open. */
export function createOpenLots(): OpenLots {
  let lots: OpenLot[] = [];
  let first = 0;
  return {
    trade: (size, closed, opened) => {
      let rest = size;
      while (rest !== 0) {
        const lot = lots[first];
        if (lot === undefined || lot.size > 0 === rest > 0) break;
        const side = lot.size > 0 ? 1 : -1;
        const part = Math.min(lot.size * side, rest * -side);
        closed({ lot, size: part, side });
        rest += part * side;
        lot.size -= part * side;
        if (lot.size !== 0) break;
        first += 1;
      }
      if (first === lots.length) {
        lots = [];
        first = 0;
      } else if (first > 1_024 && first * 2 > lots.length) {
        lots = lots.slice(first);
        first = 0;
      }
      if (rest !== 0) lots.push(opened(rest));
    },
    all: () => lots.slice(first),
    replace: (fresh) => {
      lots = [...fresh];
      first = 0;
    },
  };
}

/** The worst and the best that a part was worth by the mid while it was open, in ticks × lots; NaN without mids. */
export function excursion(part: ClosedPart, swing: Swing): { readonly worst: number; readonly best: number } {
  const { lot, size, side } = part;
  const [low, high] = [swing.low(lot.place), swing.high(lot.place)];
  const [bad, good] = side > 0 ? [low, high] : [high, low];
  return {
    worst: Math.min(0, (bad - lot.price) * side * size),
    best: Math.max(0, (good - lot.price) * side * size),
  };
}

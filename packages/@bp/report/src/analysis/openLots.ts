// What of a market's fills is still open, first in first out, and what each part that closes has come to.
import type { Big } from "@bp/core";

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

/** Hears of a part of a lot that closes: lots, above 0, and 1 for long, −1 for short. */
export type OnClosed = (lot: OpenLot, size: number, side: 1 | -1) => void;

/** Open lots, the oldest first. */
export interface OpenLots {
  /** Closes what a trade of `size` lots, signed, closes. @returns what goes beyond it, signed, which is to be opened */
  close(size: number, closed: OnClosed): number;
  open(lot: OpenLot): void;
  all(): readonly OpenLot[];
  replace(lots: readonly OpenLot[]): void;
}

/** None is open. */
export function createOpenLots(): OpenLots {
  let lots: OpenLot[] = [];
  let first = 0;
  return {
    close: (size, closed) => {
      let rest = size;
      while (rest !== 0) {
        const lot = lots[first];
        if (lot === undefined || lot.size > 0 === rest > 0) break;
        const side = lot.size > 0 ? 1 : -1;
        const part = Math.min(lot.size * side, rest * -side);
        closed(lot, part, side);
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
      return rest;
    },
    open: (lot) => {
      lots.push(lot);
    },
    all: () => lots.slice(first),
    replace: (fresh) => {
      lots = [...fresh];
      first = 0;
    },
  };
}

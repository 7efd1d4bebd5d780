// The levels of a book as far as they are known, so that what does not change is not told.
import { type Instrument, tapeRow, toLots, toTicks } from "@bp/core";
import type { TextLevel } from "./line.ts";

/** All levels of one book. */
export interface Known {
  /** Reads them, so that `lay` takes them. @throws as `lay`, now and not when a frame that waits is applied */
  check(bids: readonly TextLevel[], asks: readonly TextLevel[]): void;
  /**
   * Takes levels and tells those that are other than before.
   *
   * @throws BpError `grid/*`, RangeError, before anything is told, where a level cannot be
   */
  lay(
    bids: readonly TextLevel[],
    asks: readonly TextLevel[],
    tell: (kind: number, price: number, size: number) => void,
  ): void;
  clear(): void;
}

/** An empty one. */
export function createKnown(instrument: Instrument): Known {
  const sides = { bids: new Map<number, number>(), asks: new Map<number, number>() };
  const prices: number[] = [];
  const sizes: number[] = [];
  let checked: { readonly bids: readonly TextLevel[]; readonly asks: readonly TextLevel[] } | undefined; // what was read last
  const read = (levels: readonly TextLevel[]) => {
    for (const [priceText, sizeText] of levels) {
      const price = toTicks(instrument, priceText);
      const size = toLots(instrument, sizeText);
      if (price < 1 || size < 0) throw new RangeError(`a level of ${sizeText} at ${priceText}`);
      prices.push(price);
      sizes.push(size);
    }
  };
  const check = (bids: readonly TextLevel[], asks: readonly TextLevel[]) => {
    checked = undefined;
    prices.length = 0;
    sizes.length = 0;
    read(bids);
    read(asks);
    checked = { bids, asks };
  };
  return {
    check,
    lay: (bids, asks, tell) => {
      if (checked?.bids !== bids || checked.asks !== asks) check(bids, asks); // a frame is not read twice
      for (let at = 0; at < prices.length; at++) {
        const price = prices[at] ?? 0;
        const size = sizes[at] ?? 0;
        const isBid = at < bids.length;
        const side = isBid ? sides.bids : sides.asks;
        if ((side.get(price) ?? 0) === size) continue;
        if (size === 0) side.delete(price);
        else side.set(price, size);
        tell(isBid ? tapeRow.bid : tapeRow.ask, price, size);
      }
    },
    clear: () => {
      sides.bids.clear();
      sides.asks.clear();
    },
  };
}

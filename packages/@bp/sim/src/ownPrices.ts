// The prices at which accounts have orders: few of them, kept sorted, best first.

/** One side's prices. */
export interface OwnPrices {
  /** The best one; 0: none. */
  readonly best: number;
  /** The next worse one than a price that may be in it or not; 0: none. */
  after(price: number): number;
  add(price: number): void;
  remove(price: number): void;
}

/** @param way - 1: the highest is best (bids); -1: the lowest */
export function createOwnPrices(way: 1 | -1): OwnPrices {
  const prices: number[] = [];
  /** The first place whose price is not better. */
  const placeOf = (price: number): number => {
    let low = 0;
    let high = prices.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (((prices[middle] ?? 0) - price) * way > 0) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    get best() {
      return prices.length === 0 ? 0 : (prices[0] ?? 0);
    },
    after: (price) => {
      const place = placeOf(price);
      return prices[prices[place] === price ? place + 1 : place] ?? 0;
    },
    add: (price) => void prices.splice(placeOf(price), 0, price),
    remove: (price) => {
      const place = placeOf(price);
      if (prices[place] === price) prices.splice(place, 1);
    },
  };
}

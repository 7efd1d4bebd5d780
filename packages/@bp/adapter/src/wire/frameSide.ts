// One side of a depth frame out of its bytes: ticks and lots by offset, no strings.
import { end, steps } from "./scan.ts";

/** One side of a frame. Arrays are longer than `count` and are used again by the next frame. */
export class FrameSide {
  /** How many levels there are. */
  count = 0;
  /** Ticks. */
  prices = new Float64Array(64);
  /** Lots, absolute; 0 removes the level. */
  sizes = new Float64Array(64);

  /** Makes room for one more. */
  grow(): void {
    const { prices, sizes } = this;
    this.prices = new Float64Array(prices.length * 2);
    this.prices.set(prices);
    this.sizes = new Float64Array(sizes.length * 2);
    this.sizes.set(sizes);
  }

  /** Adds a level. */
  push(price: number, size: number): void {
    if (this.count === this.prices.length) this.grow();
    this.prices[this.count] = price;
    this.sizes[this.count] = size;
    this.count += 1;
  }
}

/**
 * Makes a reader of `[["price","size"],...]`: it fills a side and answers the place behind it, or -1 at the first surprise.
 *
 * @param priceDigits - digits behind the point of the tick, as `gridPairOf` has them; likewise the others
 */
export function sideReader(priceDigits: number, priceStep: number, sizeDigits: number, sizeStep: number) {
  return (bytes: Uint8Array, at: number, side: FrameSide): number => {
    let { prices, sizes } = side;
    let count = 0;
    side.count = 0;
    if (bytes[at] !== 0x5b) return -1;
    if (bytes[at + 1] === 0x5d) return at + 2;
    do {
      if (bytes[at + 1] !== 0x5b || bytes[at + 2] !== 0x22) return -1; // ["
      const price = steps(bytes, at + 3, priceDigits, priceStep);
      if (price < 0) return -1;
      at = end;
      if (bytes[at] !== 0x2c || bytes[at + 1] !== 0x22) return -1; // ,"
      const size = steps(bytes, at + 2, sizeDigits, sizeStep);
      if (size < 0) return -1;
      at = end;
      if (bytes[at] !== 0x5d) return -1;
      if (count === prices.length) {
        side.count = count;
        side.grow();
        ({ prices, sizes } = side);
      }
      prices[count] = price;
      sizes[count] = size;
      count += 1;
      at += 1;
    } while (bytes[at] === 0x2c);
    side.count = count;
    return bytes[at] === 0x5d ? at + 1 : -1;
  };
}

// The order book: sizes in two flat arrays around the touch, the far levels in a map, so that a change costs a store.
import { BpError } from "./errors.ts";
import type { Level, Side } from "./side.ts";
import type { Lots, Millis, Ticks } from "./units.ts";
import type { BookView } from "./view.ts";

/** A book that can be written. The same object serves live trading, simulation and backtest. */
export interface Book extends BookView {
  /** Best bid in ticks; 0 while the side is empty or the book invalid. Reading it allocates nothing. */
  readonly bidPrice: number;
  /** Lots at the best bid; 0 while there is none. */
  readonly bidSize: number;
  /** Best ask in ticks; 0 while the side is empty or the book invalid. */
  readonly askPrice: number;
  /** Lots at the best ask; 0 while there is none. */
  readonly askSize: number;
  /** Best bid at or above best ask: after a whole frame this means that the book is wrong. Within a frame it may pass. */
  readonly crossed: boolean;
  /**
   * Sets the size that rests at a price. Does nothing while the book is invalid.
   *
   * @param price - whole ticks
   * @param size - absolute, whole lots; 0 removes the level, also one that is not there
   * @throws BpError `book/bad-level` for a price or size that is not whole, or a size below 0
   */
  apply(side: "bid" | "ask", price: number, size: number): void;
  /**
   * Replaces everything and makes the book valid. Any order; the last of two entries for one price counts; size 0 is skipped.
   *
   * @param at - when it reached us
   * @throws BpError `book/bad-level`; the book is then empty and invalid
   */
  reset(bids: readonly Level[], asks: readonly Level[], at: Millis): void;
  /** Notes that a change reached us at `at`. */
  stamp(at: Millis): void;
  /** Forgets everything: the book is invalid until the next `reset`. */
  lose(): void;
  /** Lots resting at a price of a side, 0 where there are none. */
  size(side: "bid" | "ask", price: number): number;
  /**
   * What taking `size` lots at once would trade against: a buy walks the asks upwards, a sell the bids downwards.
   *
   * @param size - lots, above 0; `Infinity` takes the whole side
   * @returns `filled` lots (less than `size` where the book is too thin), their `cost` in ticks × lots (exact up to 2^53),
   *   and the `worst` price in ticks (0 when nothing is filled)
   */
  sweep(side: Side, size: number): { readonly filled: number; readonly cost: number; readonly worst: number };
}

/**
 * An empty, invalid book; `reset` brings it to life.
 *
 * @param options.window - ticks that each side keeps in its flat array, 16 to 2^24; levels further from the touch are
 *   kept in a map, so that none is lost. Default 2^15 (256 KiB a side)
 * @throws BpError `book/bad-window`
 */
export function createBook(options?: { readonly window?: number }): Book {
  const window = options?.window ?? 0x8000;
  if (!Number.isInteger(window) || window < 16 || window > 0x100_0000) throw new BpError("book/bad-window", { window });
  return new FlatBook(window);
}

class FlatBook implements Book {
  readonly #bids: Half;
  readonly #asks: Half;
  #at = 0;
  #valid = false;

  constructor(window: number) {
    this.#bids = new Half(window, 1);
    this.#asks = new Half(window, -1);
  }

  get valid(): boolean {
    return this.#valid;
  }

  get at(): Millis {
    return this.#at as Millis; // came in as Millis; 0 before the first time
  }

  get bidPrice(): number {
    return this.#bids.bestPrice();
  }

  get bidSize(): number {
    return this.#bids.bestSize();
  }

  get askPrice(): number {
    return this.#asks.bestPrice();
  }

  get askSize(): number {
    return this.#asks.bestSize();
  }

  get bid(): Level | undefined {
    return this.#bids.best < 0 ? undefined : levelOf(this.bidPrice, this.bidSize);
  }

  get ask(): Level | undefined {
    return this.#asks.best < 0 ? undefined : levelOf(this.askPrice, this.askSize);
  }

  get crossed(): boolean {
    return this.#bids.best >= 0 && this.#asks.best >= 0 && this.bidPrice >= this.askPrice;
  }

  apply(side: "bid" | "ask", price: number, size: number): void {
    if (!this.#valid) return;
    if (side === "bid") this.#bids.set(price, size);
    else this.#asks.set(0 - price, size);
  }

  reset(bids: readonly Level[], asks: readonly Level[], at: Millis): void {
    this.lose();
    this.#bids.centre(bids);
    this.#asks.centre(asks);
    try {
      for (const [price, size] of bids) this.#bids.set(price, size);
      for (const [price, size] of asks) this.#asks.set(0 - price, size);
    } catch (error) {
      this.lose();
      throw error;
    }
    this.#at = at;
    this.#valid = true;
  }

  stamp(at: Millis): void {
    this.#at = at;
  }

  lose(): void {
    this.#valid = false;
    this.#bids.clear();
    this.#asks.clear();
  }

  size(side: "bid" | "ask", price: number): number {
    return side === "bid" ? this.#bids.get(price) : this.#asks.get(0 - price);
  }

  levels(side: "bid" | "ask", depth: number): readonly Level[] {
    const found: Level[] = [];
    if (!(depth > 0)) return found;
    (side === "bid" ? this.#bids : this.#asks).walk((price, size) => {
      found.push(levelOf(price, size));
      return found.length < depth;
    });
    return found;
  }

  mid(): number | undefined {
    return this.#bids.best < 0 || this.#asks.best < 0 ? undefined : (this.bidPrice + this.askPrice) / 2;
  }

  microprice(): number | undefined {
    if (this.#bids.best < 0 || this.#asks.best < 0) return undefined;
    const bidSize = this.#bids.bestSize();
    const askSize = this.#asks.bestSize();
    return (this.bidPrice * askSize + this.askPrice * bidSize) / (bidSize + askSize);
  }

  sweep(side: Side, size: number): { readonly filled: number; readonly cost: number; readonly worst: number } {
    let filled = 0;
    let cost = 0;
    let worst = 0;
    if (!(size > 0)) return { filled, cost, worst };
    (side === "sell" ? this.#bids : this.#asks).walk((price, there) => {
      const taken = Math.min(there, size - filled);
      filled += taken;
      cost += price * taken;
      worst = price;
      return filled < size;
    });
    return { filled, cost, worst };
  }
}

const levelOf = (price: number, size: number): Level => [price as Ticks, size as Lots]; // whole numbers: `set` let them in

/**
 * One side. Keys are prices turned so that the better one is always the greater: ticks for bids, minus ticks for asks.
 * Always true: no far key is inside the window or above it, and the window holds the best level of a side that has one.
 */
class Half {
  readonly #sizes: Float64Array;
  readonly #window: number;
  readonly #sign: 1 | -1;
  readonly #far = new Map<number, number>();
  #base = 0; // the key of slot 0
  #low = 0; // no level is below this slot
  /** Slot of the best level, -1 while the side is empty. */
  best = -1;

  constructor(window: number, sign: 1 | -1) {
    this.#sizes = new Float64Array(window);
    this.#window = window;
    this.#sign = sign;
  }

  bestPrice(): number {
    return this.best < 0 ? 0 : (this.#base + this.best) * this.#sign + 0; // + 0 turns -0 into 0
  }

  bestSize(): number {
    return this.best < 0 ? 0 : (this.#sizes[this.best] ?? 0);
  }

  set(key: number, size: number): void {
    const slot = key - this.#base;
    if ((slot | 0) !== slot || slot < 0 || slot >= this.#window || !isSize(size)) {
      this.#setOutside(key, size);
      return;
    }
    this.#sizes[slot] = size;
    if (size !== 0) {
      if (slot > this.best) {
        if (this.best < 0) this.#low = slot;
        this.best = slot;
      } else if (slot < this.#low) this.#low = slot;
    } else if (slot === this.best) this.#sink();
  }

  get(key: number): number {
    const slot = key - this.#base;
    return slot >= 0 && slot < this.#window ? (this.#sizes[slot] ?? 0) : (this.#far.get(key) ?? 0);
  }

  clear(): void {
    if (this.best >= 0) this.#sizes.fill(0, this.#low, this.best + 1);
    this.best = -1;
    this.#far.clear();
  }

  /** Puts the window of an empty side where the best of these levels will want it, so that filling it never moves it. */
  centre(levels: readonly Level[]): void {
    let top = Number.NEGATIVE_INFINITY;
    for (const [price, size] of levels) if (size > 0 && price * this.#sign > top) top = price * this.#sign;
    if (Number.isSafeInteger(top)) this.#base = this.#baseFor(top);
  }

  /** Calls `visit` with each level, best first, until it returns false. */
  walk(visit: (price: number, size: number) => boolean): void {
    for (let slot = this.best; slot >= 0 && slot >= this.#low; slot--) {
      const size = this.#sizes[slot] ?? 0;
      if (size !== 0 && !visit((this.#base + slot) * this.#sign + 0, size)) return;
    }
    if (this.#far.size === 0) return;
    for (const [key, size] of [...this.#far].toSorted((a, b) => b[0] - a[0]))
      if (!visit(key * this.#sign + 0, size)) return;
  }

  #setOutside(key: number, size: number): void {
    if (!Number.isSafeInteger(key) || !isSize(size))
      throw new BpError("book/bad-level", { price: key * this.#sign, size });
    if (size === 0) this.#far.delete(key);
    else if (this.best < 0 || key > this.#base) {
      this.#move(key);
      this.set(key, size);
    } else this.#far.set(key, size);
  }

  /** The best level is gone: finds the next one. */
  #sink(): void {
    const sizes = this.#sizes;
    const low = this.#low;
    let slot = this.best - 1;
    while (slot >= low && sizes[slot] === 0) slot--;
    if (slot >= low) {
      this.best = slot;
      if (slot < this.#window >> 3 && this.#far.size > 0) this.#move(this.#base + slot);
      return;
    }
    this.best = -1;
    if (this.#far.size === 0) return;
    let top = Number.NEGATIVE_INFINITY;
    for (const key of this.#far.keys()) if (key > top) top = key;
    this.#move(top);
  }

  /** Re-centres the window so that `key`, the best or about to be, has a quarter of it above and the rest below. */
  #move(key: number): void {
    const base = this.#baseFor(key);
    const shift = base - this.#base;
    if (shift > 0) this.#moveUp(shift);
    else if (shift < 0) this.#moveDown(-shift);
  }

  #moveUp(shift: number): void {
    const sizes = this.#sizes;
    const { best } = this;
    const kept = Math.max(this.#low, shift); // slots below it leave the window
    for (let slot = this.#low; slot < kept && slot <= best; slot++) {
      const size = sizes[slot] ?? 0;
      if (size !== 0) this.#far.set(this.#base + slot, size);
    }
    this.#base += shift;
    if (kept > best) {
      if (best >= 0) sizes.fill(0, this.#low, best + 1);
      this.best = -1;
      return;
    }
    sizes.copyWithin(kept - shift, kept, best + 1);
    sizes.fill(0, Math.max(this.#low, best + 1 - shift), best + 1);
    this.#low = kept - shift;
    this.best = best - shift;
  }

  #moveDown(shift: number): void {
    const sizes = this.#sizes;
    if (this.best >= 0) {
      sizes.copyWithin(this.#low + shift, this.#low, this.best + 1);
      sizes.fill(0, this.#low, Math.min(this.best + 1, this.#low + shift));
      this.best += shift;
      this.#low += shift;
    }
    this.#base -= shift;
    for (const [key, size] of this.#far)
      if (key >= this.#base) {
        this.#far.delete(key);
        this.set(key, size);
      }
  }

  #baseFor(key: number): number {
    return key - (this.#window - (this.#window >> 2)); // may be rounded to an even number beyond 2^53: as good
  }
}

const isSize = (size: number): boolean => size >= 0 && Number.isSafeInteger(size);

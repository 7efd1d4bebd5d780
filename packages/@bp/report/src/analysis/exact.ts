// Sums without a rounding error that cost as little as sums of doubles, as long as whole numbers stay below 2^53.
import { Big } from "@bp/core";

const most = 2 ** 52;
const zero = new Big(0);
/** 1, 10, 100 … 10^15: exact. */
const powers = Array.from({ length: 16 }, (_, scale) => 10 ** scale);

/** A sum of products, exact: of doubles where these are exact, else of `Big`. */
export class ExactSum {
  #low = 0; // whole, within ±2^52
  #rest: Big = zero;

  /** Adds a × b. Both finite; fast where both are whole and the product is below 2^52. */
  add(a: number, b: number): void {
    const product = a * b;
    if (Number.isInteger(a) && Number.isInteger(b) && product < most && product > -most) {
      this.#low += product;
      if (this.#low > most || this.#low < -most) this.#carry();
    } else this.addBig(new Big(a).times(b));
  }

  addBig(value: Big): void {
    this.#rest = this.#rest.plus(value);
  }

  total(): Big {
    return this.#rest.plus(this.#low);
  }

  #carry(): void {
    this.#rest = this.#rest.plus(this.#low);
    this.#low = 0;
  }
}

/** A sum of decimal texts, each times a whole number, exact. */
export class DecimalSum {
  /** One for each count of digits after the point. */
  readonly #scales: (ExactSum | undefined)[] = [];
  #rest: Big = zero;

  /** Adds an exact decimal × factor. @returns the decimal as a double, near enough to look at */
  add(text: string, factor = 1): number {
    let value = 0;
    let digits = 0;
    let point = -1;
    const negative = text.charCodeAt(0) === 45;
    for (let at = negative ? 1 : 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 46) point = at;
      else {
        value = value * 10 + code - 48;
        digits += 1;
      }
    }
    if (digits > 15) {
      this.#rest = this.#rest.plus(new Big(text).times(factor));
      return Number(text);
    }
    const scale = point < 0 ? 0 : text.length - 1 - point;
    let sum = this.#scales[scale];
    if (sum === undefined) {
      sum = new ExactSum();
      this.#scales[scale] = sum;
    }
    const signed = negative ? 0 - value : value;
    sum.add(signed, factor);
    return signed / (powers[scale] ?? 10 ** scale);
  }

  total(): Big {
    let total = this.#rest;
    for (const [scale, sum] of this.#scales.entries())
      if (sum !== undefined) total = total.plus(sum.total().times(new Big(10).pow(-scale)));
    return total;
  }
}

// Reading bytes of a frame by offset. Every function answers -1 at the first surprise, and `end` says where it stopped.

/** Where the last successful read of this module ended: just behind what was read. Valid until the next read. */
export let end = 0;

const quote = 0x22;
const point = 0x2e;
const zero = 0x30;
const tens = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/**
 * Reads decimal text as whole steps of `step / 10^digits`.
 *
 * @param at - just behind the opening quote; the text must end with a quote
 * @returns steps, 0 to 2^53 - 1; -1 for a sign, an exponent, a value off the grid or too large, and everything else
 */
export function steps(bytes: Uint8Array, at: number, digits: number, step: number): number {
  let units = 0;
  let byte = bytes[at] ?? quote;
  const begin = at;
  while (byte >= zero && byte <= 0x39) {
    units = units * 10 + (byte - zero);
    byte = bytes[++at] ?? 0;
  }
  if (at === begin) return -1;
  let missing = digits;
  if (byte === point) {
    const fraction = at + 1;
    byte = bytes[++at] ?? quote;
    while (byte >= zero && byte <= 0x39) {
      if (missing > 0) {
        units = units * 10 + (byte - zero);
        missing--;
      } else if (byte !== zero) return -1;
      byte = bytes[++at] ?? 0;
    }
    if (at === fraction) return -1;
  }
  if (byte !== quote) return -1;
  if (missing > 0) units *= tens[missing] ?? Number.NaN;
  if (!(units <= Number.MAX_SAFE_INTEGER)) return -1; // also what is no number
  end = at + 1;
  if (step === 1) return units;
  units /= step;
  return units % 1 === 0 ? units : -1;
}

/** Reads a whole number without sign and without quotes; -1 where there is none or it is above 2^53 - 1. */
export function whole(bytes: Uint8Array, at: number): number {
  const begin = at;
  let value = 0;
  let byte = bytes[at] ?? 0;
  while (byte >= zero && byte <= 0x39) {
    value = value * 10 + (byte - zero);
    byte = bytes[++at] ?? 0;
  }
  end = at;
  if (bytes[begin] === zero && at - begin > 1) return -1; // JSON knows no leading zeros
  return at > begin && value <= Number.MAX_SAFE_INTEGER ? value : -1;
}

/** The place behind the digits that begin at `at`; -1 where there are none, or so many that they may be above 2^53 - 1. */
export function behindDigits(bytes: Uint8Array, at: number): number {
  const begin = at;
  let byte = bytes[at] ?? 0;
  while (byte >= zero && byte <= 0x39) byte = bytes[++at] ?? 0;
  const length = at - begin;
  if (length > 15 && (length > 16 || bytes[begin] === 0x39)) return -1;
  if (bytes[begin] === zero && length > 1) return -1; // JSON knows no leading zeros
  return length > 0 ? at : -1;
}

/** Whether these bytes stand at `at`. */
export function stands(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  for (let place = 0; place < text.length; place++) if (bytes[at + place] !== text[place]) return false;
  return true;
}

/** The place behind the string that begins at `at` (behind its opening quote); -1 if it has an escape or no end. */
export function behindString(bytes: Uint8Array, at: number): number {
  for (let byte = bytes[at]; byte !== undefined; byte = bytes[++at]) {
    if (byte === quote) return at + 1;
    if (byte === 0x5c) return -1;
  }
  return -1;
}

/** ASCII text as bytes. */
export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

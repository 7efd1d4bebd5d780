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
  // Nine digits and less are small integers to the machine; what more of them come to is thrown away.
  let small = 0;
  let digit = digitAt(bytes, at);
  const begin = at;
  for (; digit <= 9; digit = digitAt(bytes, ++at)) small = (Math.imul(small, 10) + digit) | 0;
  if (at === begin) return -1;
  let count = at - begin;
  let missing = digits;
  if (bytes[at] === point) {
    const fraction = ++at;
    digit = digitAt(bytes, at);
    for (; missing > 0 && digit <= 9; digit = digitAt(bytes, ++at)) {
      small = (Math.imul(small, 10) + digit) | 0;
      missing--;
    }
    count += at - fraction;
    for (; digit === 0; digit = digitAt(bytes, ++at)); // zeros beyond the grid
    if (at === fraction) return -1;
  }
  if (bytes[at] !== quote) return -1;
  end = at + 1;
  if (count <= 9 && missing === 0 && step === 1) return small;
  return rare(count <= 9 ? small : largeAt(bytes, begin, count), missing, step);
}

/** What `steps` does not do itself, so that it is small enough to be compiled into its caller. */
function rare(read: number, missing: number, step: number): number {
  const units = read * (tens[missing] ?? Number.NaN);
  if (!(units <= Number.MAX_SAFE_INTEGER)) return -1; // also what is no number
  const value = units / step;
  return value % 1 === 0 ? value : -1;
}

/** The value of the next `count` digits, with a point among them or not. */
function largeAt(bytes: Uint8Array, at: number, count: number): number {
  let units = 0;
  for (let left = count; left > 0; at++) {
    if (bytes[at] === point) continue;
    units = units * 10 + digitAt(bytes, at);
    left -= 1;
  }
  return units;
}

/**
 * Reads a whole number without sign and without quotes; -1 where there is none or it is above 2^53 - 1.
 *
 * Eight digits at a time, which are small integers to the machine: a float operation for each digit of an id or of a time in
 * µs would wait for the one before.
 */
export function whole(bytes: Uint8Array, at: number): number {
  const begin = at;
  let high = 0;
  let digit = digitAt(bytes, at);
  for (const stop = at + 8; digit <= 9 && at < stop; digit = digitAt(bytes, ++at)) high = (high * 10 + digit) | 0;
  let low = 0;
  const middle = at;
  for (const stop = at + 8; digit <= 9 && at < stop; digit = digitAt(bytes, ++at)) low = (low * 10 + digit) | 0;
  end = at;
  if (at === begin || digit <= 9) return -1; // nothing, or 17 digits
  if (bytes[begin] === zero && at - begin > 1) return -1; // JSON knows no leading zeros
  const value = high * (tens[at - middle] ?? Number.NaN) + low;
  return value <= Number.MAX_SAFE_INTEGER ? value : -1;
}

/** The digit that stands there; anything above 9 if it is none. */
function digitAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) - zero) >>> 0;
}

/** The place behind the digits that begin at `at`; -1 where there are none, or so many that they may be above 2^53 - 1. */
export function behindDigits(bytes: Uint8Array, at: number): number {
  const begin = at;
  while (digitAt(bytes, at) <= 9) at += 1;
  const length = at - begin;
  if (length > 15 && (length > 16 || bytes[begin] === 0x39)) return -1;
  if (bytes[begin] === zero && length > 1) return -1; // JSON knows no leading zeros
  return length > 0 ? at : -1;
}

/** Known ASCII text, prepared for `stands`. */
export interface Literal {
  readonly length: number;
  /** Four bytes each, the last one with the last four of the text; of a text of less than four bytes: those. */
  readonly words: Int32Array;
}

/** Prepares text that is looked for. */
export function literal(text: string): Literal {
  const bytes = bytesOf(text);
  const { length } = bytes;
  const words = Array.from({ length: Math.ceil(length / 4) }, (_, place) =>
    wordAt(bytes, Math.min(place * 4, length - 4)),
  );
  return { length, words: Int32Array.from(length < 4 ? bytes : words) };
}

/** Whether this text stands at `at`. Four bytes at a time take less than half of the time of a loop over bytes. */
export function stands(bytes: Uint8Array, at: number, { length, words }: Literal): boolean {
  const last = at + length - 4;
  if (at < 0 || last + 4 > bytes.length) return false;
  let place = 0;
  if (length < 4) {
    for (; place < length; place++) if (bytes[at + place] !== words[place]) return false;
    return true;
  }
  for (; at < last; at += 4) if (wordAt(bytes, at) !== words[place++]) return false;
  return wordAt(bytes, last) === words[place];
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
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

// Keys of a frame that nobody asked for, stepped over byte by byte.
import { behindDigits, literal, stands } from "@bp/adapter";

const trueWord = literal("true");
const falseWord = literal("false");

/**
 * The place behind a key and its value, if the value is plain text, a whole number, true or false; else -1.
 *
 * @param at - the key's opening quote
 */
export function behindOther(bytes: Uint8Array, at: number): number {
  const colon = behindWord(bytes, at);
  if (colon < 0 || bytes[colon] !== 0x3a) return -1;
  const value = colon + 1;
  if (bytes[value] === 0x22) return behindWord(bytes, value);
  const flag = behindFlag(bytes, value);
  return flag < 0 ? behindDigits(bytes, value) : flag;
}

/** The place behind true or false; -1 where neither stands. */
export function behindFlag(bytes: Uint8Array, at: number): number {
  if (stands(bytes, at, trueWord)) return at + trueWord.length;
  return stands(bytes, at, falseWord) ? at + falseWord.length : -1;
}

/** The place behind the text whose opening quote stands at `at`; -1 for anything but printable ASCII without escapes. */
function behindWord(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 0x22) return -1;
  let place = at + 1;
  for (let byte = bytes[place] ?? 0; byte !== 0x22; byte = bytes[++place] ?? 0)
    if (byte < 0x20 || byte > 0x7e || byte === 0x5c) return -1;
  return place + 1;
}

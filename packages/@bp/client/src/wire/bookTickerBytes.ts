// The bookTicker frame out of its bytes.

import { end, literal, stands, steps, whole } from "@bp/adapter";
import { gridPairOf, type Instrument } from "@bp/core";
import { dataAt, endsAt } from "./envelope.ts";

/** The touch of a market, filled again and again. Price and size are 0 where a side is empty. */
export interface BookTickerFrame {
  /** `T`, engine time in µs. */
  time: number;
  /** `u`, in the sequence of the depth stream. */
  id: number;
  /** Ticks. */
  bid: number;
  /** Lots. */
  bidSize: number;
  /** Ticks. */
  ask: number;
  /** Lots. */
  askSize: number;
}

const bookTickerWord = literal('"bookTicker"');
const nullWord = literal("null");

/**
 * Makes a reader of the bookTicker frames of one market. Keys of `data` in any order; false at the first surprise (an id as text
 * above 2^53, as the venue's documentation has it, is one), and then the frame holds nothing of use.
 */
export function bookTickerReader(
  symbol: string,
  instrument: Instrument,
): (bytes: Uint8Array, frame: BookTickerFrame) => boolean {
  const name = literal(`"${symbol}"`);
  const { price, size } = gridPairOf(instrument);
  const orNull = (bytes: Uint8Array, at: number, digits: number, step: number): number => {
    if (bytes[at] === 0x22) {
      const value = steps(bytes, at + 1, digits, step);
      behind = end;
      return value;
    }
    behind = at + nullWord.length;
    return stands(bytes, at, nullWord) ? 0 : -1;
  };
  let behind = 0;
  return (bytes, frame) => {
    let at = dataAt(bytes);
    if (at < 0) return false;
    let seen = 0;
    for (;;) {
      if (bytes[at] !== 0x22 || bytes[at + 2] !== 0x22 || bytes[at + 3] !== 0x3a) return false; // "K":
      const key = bytes[at + 1] ?? 0;
      at += 4;
      switch (key) {
        case 0x45: // E
          if (whole(bytes, at) < 0) return false;
          at = end;
          break;
        case 0x54: // T
          frame.time = whole(bytes, at);
          if (frame.time < 0) return false;
          at = end;
          seen |= 1;
          break;
        case 0x75: {
          const quoted = bytes[at] === 0x22 ? 1 : 0;
          frame.id = whole(bytes, at + quoted);
          if (frame.id < 0 || (quoted === 1 && bytes[end] !== 0x22)) return false;
          at = end + quoted;
          seen |= 2;
          break;
        }
        case 0x61: // a
          frame.ask = orNull(bytes, at, price.digits, price.step);
          if (frame.ask < 0) return false;
          at = behind;
          seen |= 4;
          break;
        case 0x41: // A
          frame.askSize = orNull(bytes, at, size.digits, size.step);
          if (frame.askSize < 0) return false;
          at = behind;
          seen |= 8;
          break;
        case 0x62: // b
          frame.bid = orNull(bytes, at, price.digits, price.step);
          if (frame.bid < 0) return false;
          at = behind;
          seen |= 16;
          break;
        case 0x42: // B
          frame.bidSize = orNull(bytes, at, size.digits, size.step);
          if (frame.bidSize < 0) return false;
          at = behind;
          seen |= 32;
          break;
        case 0x65: // e
          if (!stands(bytes, at, bookTickerWord)) return false;
          at += bookTickerWord.length;
          seen |= 64;
          break;
        case 0x73: // s
          if (!stands(bytes, at, name)) return false;
          at += name.length;
          seen |= 128;
          break;
        default:
          return false;
      }
      const byte = bytes[at++];
      if (byte === 0x2c) continue;
      return byte === 0x7d && seen === 255 && endsAt(bytes, at);
    }
  };
}

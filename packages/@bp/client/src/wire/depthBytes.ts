// The depth frame out of its bytes: ticks and lots by offset, no strings, no JSON.parse.

import { behindDigits, type DepthReader, end, literal, sideReader, stands, whole } from "@bp/adapter";
import { gridPairOf, type Instrument } from "@bp/core";
import { dataAt, endsAt } from "./envelope.ts";

const depthWord = literal('"depth"');

/**
 * Makes a reader of the depth frames of one market; `time` is `T`, engine time in µs. It knows the form that the venue sends (keys by alphabet, `data` before
 * `stream`) and that of its documentation; the keys of `data` may come in any order. Spaces, other keys, signs, exponents,
 * prices off the grid, another market: it answers false, and the caller takes the slow way.
 *
 * @param symbol - as in the frame's `s`; letters that JSON would escape are not read
 */
export function depthReader(symbol: string, instrument: Instrument): DepthReader {
  const name = literal(`"${symbol}"`);
  const { price, size } = gridPairOf(instrument);
  const readSide = sideReader(price.digits, price.step, size.digits, size.step);
  return (bytes, frame) => {
    let at = dataAt(bytes);
    if (at < 0) return false;
    let seen = 0;
    for (;;) {
      if (bytes[at] !== 0x22 || bytes[at + 2] !== 0x22 || bytes[at + 3] !== 0x3a) return false; // "K":
      const key = bytes[at + 1] ?? 0;
      at += 4;
      switch (key) {
        case 0x45: // E, when it left the venue: not needed, and not looked at where it has its usual 16 digits
          at = bytes[at + 16] === 0x2c ? at + 16 : behindDigits(bytes, at);
          if (at < 0) return false;
          break;
        case 0x54: // T
          frame.time = whole(bytes, at);
          if (frame.time < 0) return false;
          at = end;
          seen |= 1;
          break;
        case 0x55: // U
          frame.first = whole(bytes, at);
          if (frame.first < 0) return false;
          at = end;
          seen |= 2;
          break;
        case 0x75: // u
          frame.last = whole(bytes, at);
          if (frame.last < 0) return false;
          at = end;
          seen |= 4;
          break;
        case 0x61: // a
          at = readSide(bytes, at, frame.asks);
          if (at < 0) return false;
          seen |= 8;
          break;
        case 0x62: // b
          at = readSide(bytes, at, frame.bids);
          if (at < 0) return false;
          seen |= 16;
          break;
        case 0x65: // e
          if (!stands(bytes, at, depthWord)) return false;
          at += depthWord.length;
          seen |= 32;
          break;
        case 0x73: // s
          if (!stands(bytes, at, name)) return false;
          at += name.length;
          seen |= 64;
          break;
        default:
          return false;
      }
      const byte = bytes[at++];
      if (byte === 0x2c) continue;
      return byte === 0x7d && seen === 127 && endsAt(bytes, at);
    }
  };
}

// The trade frame out of its bytes.

import { behindString, end, literal, stands, steps, whole } from "@bp/adapter";
import { gridPairOf, type Instrument } from "@bp/core";
import { dataAt, endsAt } from "./envelope.ts";

/** A public trade that is filled again and again. */
export interface TradeFrame {
  /** `T`, engine time in µs. */
  time: number;
  /** `t`, counting within the symbol. One above 2^53 - 1 is left to the slow way. */
  id: number;
  /** `p`, ticks. */
  price: number;
  /** `q`, lots. */
  size: number;
  /** `m`: a sale took. */
  buyerRested: boolean;
}

const tradeWord = literal('"trade"');
const trueWord = literal("true");
const falseWord = literal("false");

/**
 * Makes a reader of the trade frames of one market. Keys of `data` in any order; false at the first surprise, and then the frame
 * holds nothing of use.
 */
export function tradeReader(symbol: string, instrument: Instrument): (bytes: Uint8Array, frame: TradeFrame) => boolean {
  const name = literal(`"${symbol}"`);
  const { price, size } = gridPairOf(instrument);
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
        case 0x74: // t
          frame.id = whole(bytes, at);
          if (frame.id < 0) return false;
          at = end;
          seen |= 2;
          break;
        case 0x70: // p
          frame.price = bytes[at] === 0x22 ? steps(bytes, at + 1, price.digits, price.step) : -1;
          if (frame.price < 0) return false;
          at = end;
          seen |= 4;
          break;
        case 0x71: // q
          frame.size = bytes[at] === 0x22 ? steps(bytes, at + 1, size.digits, size.step) : -1;
          if (frame.size < 0) return false;
          at = end;
          seen |= 8;
          break;
        case 0x6d: // m
          frame.buyerRested = stands(bytes, at, trueWord);
          if (!frame.buyerRested && !stands(bytes, at, falseWord)) return false;
          at += frame.buyerRested ? trueWord.length : falseWord.length;
          seen |= 16;
          break;
        case 0x61: // a
        case 0x62: // b
          at = bytes[at] === 0x22 ? behindString(bytes, at + 1) : -1;
          if (at < 0) return false;
          break;
        case 0x65: // e
          if (!stands(bytes, at, tradeWord)) return false;
          at += tradeWord.length;
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

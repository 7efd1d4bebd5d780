// The bookTicker frame out of its bytes.
import { end, literal, stands, steps, whole } from "@bp/adapter";
import { gridPairOf, type Instrument } from "@bp/core";
import { dataAt, endsAt } from "./envelopeBytes.ts";
import { behindOther } from "./otherBytes.ts";

/** The touch of a market, filled again and again. */
export interface BookTickerFrame {
  /** `T`, ms; 0 where the venue does not say it (spot). */
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

const eventWord = literal('"bookTicker"');

/**
 * Makes a reader of the bookTicker frames of one market, with or without `e`, `E` and `T`; keys of the data in any order. False at the
 * first surprise, and then the frame holds nothing of use.
 */
export function bookTickerReader(
  symbol: string,
  instrument: Instrument,
): (bytes: Uint8Array, frame: BookTickerFrame) => boolean {
  const name = literal(`"${symbol}"`);
  const { price, size } = gridPairOf(instrument);
  const priceAt = (bytes: Uint8Array, at: number) =>
    bytes[at] === 0x22 ? steps(bytes, at + 1, price.digits, price.step) : -1;
  const sizeAt = (bytes: Uint8Array, at: number) =>
    bytes[at] === 0x22 ? steps(bytes, at + 1, size.digits, size.step) : -1;
  return (bytes, frame) => {
    let at = dataAt(bytes);
    if (at < 0) return false;
    let seen = 0;
    frame.time = 0;
    for (;;) {
      if (bytes[at] !== 0x22 || bytes[at + 2] !== 0x22 || bytes[at + 3] !== 0x3a) return false; // "K":
      const key = bytes[at + 1] ?? 0;
      at += 4;
      switch (key) {
        case 0x54: // T
          frame.time = whole(bytes, at);
          if (frame.time < 0) return false;
          at = end;
          break;
        case 0x75: // u
          frame.id = whole(bytes, at);
          if (frame.id < 0) return false;
          at = end;
          seen |= 1;
          break;
        case 0x62: // b
          frame.bid = priceAt(bytes, at);
          if (frame.bid < 0) return false;
          at = end;
          seen |= 2;
          break;
        case 0x42: // B
          frame.bidSize = sizeAt(bytes, at);
          if (frame.bidSize < 0) return false;
          at = end;
          seen |= 4;
          break;
        case 0x61: // a
          frame.ask = priceAt(bytes, at);
          if (frame.ask < 0) return false;
          at = end;
          seen |= 8;
          break;
        case 0x41: // A
          frame.askSize = sizeAt(bytes, at);
          if (frame.askSize < 0) return false;
          at = end;
          seen |= 16;
          break;
        case 0x73: // s
          if (!stands(bytes, at, name)) return false;
          at += name.length;
          seen |= 32;
          break;
        case 0x65: // e
          if (!stands(bytes, at, eventWord)) return false;
          at += eventWord.length;
          break;
        default: // E, and what may come
          at = behindOther(bytes, at - 4);
          if (at < 0) return false;
      }
      const byte = bytes[at++];
      if (byte === 0x2c) continue;
      return byte === 0x7d && seen === 63 && endsAt(bytes, at);
    }
  };
}

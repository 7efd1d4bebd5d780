// Public trades out of their bytes.
import { end, type Literal, literal, stands, steps, whole } from "@bp/adapter";
import { gridPairOf, type Instrument } from "@bp/core";
import { dataAt, endsAt } from "./envelopeBytes.ts";
import { behindFlag, behindOther } from "./otherBytes.ts";

/** A public trade, or several put together; filled again and again. */
export interface TradeFrame {
  /** `T`, ms. */
  time: number;
  /** `t`, or `a` of trades put together, counting within the symbol. One above 2^53 - 1 is left to the slow way. */
  id: number;
  /** `p`, ticks. */
  price: number;
  /** `q`, lots. */
  size: number;
  /** `m`: a sale took. */
  buyerRested: boolean;
}

/** Fills `frame`; false at the first surprise, and then `frame` holds nothing of use. */
export type TradeReader = (bytes: Uint8Array, frame: TradeFrame) => boolean;

/** Makes a reader of the `aggTrade` frames of one market; keys of the data in any order. */
export function aggTradeReader(symbol: string, instrument: Instrument): TradeReader {
  return readerOf(literal('"aggTrade"'), 0x61, symbol, instrument);
}

/** Makes a reader of the `trade` frames of one market, which spot has; keys of the data in any order. */
export function tradeReader(symbol: string, instrument: Instrument): TradeReader {
  return readerOf(literal('"trade"'), 0x74, symbol, instrument);
}

function readerOf(event: Literal, idKey: number, symbol: string, instrument: Instrument): TradeReader {
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
        case idKey:
          frame.id = whole(bytes, at);
          if (frame.id < 0) return false;
          at = end;
          seen |= 2;
          break;
        case 0x54: // T
          frame.time = whole(bytes, at);
          if (frame.time < 0) return false;
          at = end;
          seen |= 1;
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
          at = behindFlag(bytes, at);
          if (at < 0) return false;
          frame.buyerRested = bytes[at - 2] === 0x75; // tr-u-e
          seen |= 16;
          break;
        case 0x65: // e
          if (!stands(bytes, at, event)) return false;
          at += event.length;
          seen |= 32;
          break;
        case 0x73: // s
          if (!stands(bytes, at, name)) return false;
          at += name.length;
          seen |= 64;
          break;
        default: // E, f, l, M, and what may come
          at = behindOther(bytes, at - 4);
          if (at < 0) return false;
      }
      const byte = bytes[at++];
      if (byte === 0x2c) continue;
      return byte === 0x7d && seen === 127 && endsAt(bytes, at);
    }
  };
}

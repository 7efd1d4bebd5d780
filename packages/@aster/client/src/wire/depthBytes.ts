// The depth frame out of its bytes: ticks and lots by offset, no strings, no JSON.parse.
import { behindDigits, type DepthReader, end, literal, sideReader, stands, whole } from "@bp/adapter";
import { gridPairOf, type Instrument } from "@bp/core";
import { behindOther } from "./otherBytes.ts";

const eventWord = literal('"depthUpdate"');
const previousKey = literal('"pu":');
const bidsKey = literal('"bids":');
const asksKey = literal('"asks":');
const milliseconds = literal('ms"');
const dataNext = literal(',"data":{');

const needed = 1 | 2 | 4 | 8 | 16 | 32;

/**
 * Makes a reader of the depth frames of one market, with the envelope of its stream of changes or without any; `time` is `T` (else
 * `E`), ms. Keys of the data may come in any order, and others than we know are stepped over where their value is text or a whole
 * number. Spaces, signs, exponents, prices off the grid, another market, another stream (the top of the book looks alike): it answers
 * false, and the caller takes the slow way.
 *
 * @param symbol - as in the frame's `s`; letters that JSON would escape are not read
 */
export function depthReader(symbol: string, instrument: Instrument): DepthReader {
  const name = literal(`"${symbol}"`);
  const head = literal(`{"stream":"${symbol.toLowerCase()}@depth`);
  const { price, size } = gridPairOf(instrument);
  const readSide = sideReader(price.digits, price.step, size.digits, size.step);

  /** The place of the data's first key: behind the envelope if there is one. */
  const begin = (bytes: Uint8Array): number => {
    if (!stands(bytes, 0, head)) return bytes[0] === 0x7b && bytes[3] !== 0x74 ? 1 : -1;
    let at = head.length;
    if (bytes[at] === 0x40) at = behindSpeed(bytes, at + 1);
    else if (bytes[at] === 0x22) at += 1;
    else return -1; // depth20
    return at > 0 && stands(bytes, at, dataNext) ? at + dataNext.length : -1;
  };

  return (bytes, frame) => {
    let at = begin(bytes);
    if (at < 0) return false;
    const wrapped = at > 1;
    let seen = 0;
    let sentAt = -1;
    frame.previous = -1;
    frame.time = -1;
    for (;;) {
      if (bytes[at] !== 0x22) return false;
      if (bytes[at + 2] === 0x22 && bytes[at + 3] === 0x3a) {
        const key = bytes[at + 1] ?? 0;
        at += 4;
        switch (key) {
          case 0x45: // E, wanted only where there is no T
            sentAt = at;
            at = behindDigits(bytes, at);
            if (at < 0) return false;
            break;
          case 0x54: // T
            frame.time = whole(bytes, at);
            if (frame.time < 0) return false;
            at = end;
            break;
          case 0x55: // U
            frame.first = whole(bytes, at);
            if (frame.first < 0) return false;
            at = end;
            seen |= 1;
            break;
          case 0x75: // u
            frame.last = whole(bytes, at);
            if (frame.last < 0) return false;
            at = end;
            seen |= 2;
            break;
          case 0x62: // b
            at = readSide(bytes, at, frame.bids);
            if (at < 0) return false;
            seen |= 4;
            break;
          case 0x61: // a
            at = readSide(bytes, at, frame.asks);
            if (at < 0) return false;
            seen |= 8;
            break;
          case 0x65: // e
            if (!stands(bytes, at, eventWord)) return false;
            at += eventWord.length;
            seen |= 16;
            break;
          case 0x73: // s
            if (!stands(bytes, at, name)) return false;
            at += name.length;
            seen |= 32;
            break;
          default:
            at = behindOther(bytes, at - 4);
            if (at < 0) return false;
        }
      } else if (bytes[at + 2] === 0x75 && stands(bytes, at, previousKey)) {
        frame.previous = whole(bytes, at + previousKey.length);
        if (frame.previous < 0) return false;
        at = end;
      } else if (stands(bytes, at, bidsKey)) {
        at = readSide(bytes, at + bidsKey.length, frame.bids);
        if (at < 0) return false;
        seen |= 4;
      } else if (stands(bytes, at, asksKey)) {
        at = readSide(bytes, at + asksKey.length, frame.asks);
        if (at < 0) return false;
        seen |= 8;
      } else {
        at = behindOther(bytes, at);
        if (at < 0) return false;
      }
      const byte = bytes[at++];
      if (byte === 0x2c) continue;
      if (byte !== 0x7d || seen !== needed) return false;
      if (wrapped ? bytes[at] !== 0x7d || at + 1 !== bytes.length : at !== bytes.length) return false;
      if (frame.time < 0) frame.time = sentAt < 0 ? 0 : whole(bytes, sentAt);
      return frame.time >= 0;
    }
  };
}

/** Behind `100ms"`. */
function behindSpeed(bytes: Uint8Array, at: number): number {
  const unit = behindDigits(bytes, at);
  return unit > 0 && stands(bytes, unit, milliseconds) ? unit + milliseconds.length : -1;
}

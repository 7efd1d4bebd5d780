// The limit for Aster's form: one instrument, one form of frame, sizes in one flat array a side. It checks ids and the letters of the keys.
import { symbolOf } from "@bp/core";
import type { AsterRecording } from "./asterRecording.ts";
import type { Kept } from "./kept.ts";

const window = 0x4_0000; // ticks a side
const time = 13; // digits of a time in ms

/** A book of the bench itself, as fast as it goes. It never moves its window: the touch has to stay in it. */
export function asterFlatBook({ instrument, snapshot, frames }: AsterRecording): Kept {
  const symbol = symbolOf(instrument.id).length;
  const sample = Buffer.from(frames[0] ?? []).toString("latin1");
  const head = sample.indexOf('"e":"depthUpdate"');
  const beforeIds = sample.indexOf('"U":') - sample.indexOf('"s":') - symbol - 7; // other keys between
  const [, price = "", size = ""] = /\["([\d.]+)","([\d.]+)"\]/.exec(sample) ?? [];
  const priceDigits = digitsOf(price);
  const sizeDigits = digitsOf(size);
  const priceUnits = Math.round(Number(instrument.tickSize) * 10 ** priceDigits);
  const sizeUnits = Math.round(Number(instrument.lotSize) * 10 ** sizeDigits);
  const bids = new Float64Array(window);
  const asks = new Float64Array(window);
  const far = new Map<number, number>();
  let base = 0;
  let bid = -1; // slots
  let ask = window;
  let last = 0;
  let linked = false;
  let at = 0; // in the frame that is read

  /** Decimal text up to its quote; `at` is then behind the quote. */
  const number = (bytes: Uint8Array, digits: number): number => {
    let value = 0;
    let byte = bytes[at] as number; // the form of the frame is known
    while (byte >= 0x30) {
      value = value * 10 + byte - 0x30;
      byte = bytes[++at] as number;
    }
    if (byte === 0x2e)
      for (const end = ++at + digits; at < end; at++) value = value * 10 + (bytes[at] as number) - 0x30;
    else if (digits !== 0) value *= 10 ** digits;
    at += 1;
    return value;
  };
  const whole = (bytes: Uint8Array): number => {
    let value = 0;
    for (let byte = bytes[at] as number; byte >= 0x30 && byte <= 0x39; byte = bytes[++at] as number)
      value = value * 10 + byte - 0x30;
    return value;
  };
  const setBid = (price: number, size: number) => {
    const slot = price - base;
    if (slot < 0 || slot >= window) return setFar(price, size);
    bids[slot] = size;
    if (size !== 0) {
      if (slot > bid) bid = slot;
    } else if (slot === bid) while (bids[bid] === 0) bid -= 1;
  };
  const setAsk = (price: number, size: number) => {
    const slot = price - base;
    if (slot < 0 || slot >= window) return setFar(price, size);
    asks[slot] = size;
    if (size !== 0) {
      if (slot < ask) ask = slot;
    } else if (slot === ask) while (asks[ask] === 0) ask += 1;
  };
  const setFar = (price: number, size: number) => {
    if (size === 0) far.delete(price);
    else far.set(price, size);
  };
  /** Steps over `"K":`, at whose letter `at` stands. */
  const key = (bytes: Uint8Array, letter: number) => {
    if (bytes[at] !== letter || bytes[at + 2] !== 0x3a) throw new Error("not the form of frame that the limit knows");
    at += 3;
  };
  /** `at` stands at the opening bracket of a side, and then behind the closing one. */
  const side = (bytes: Uint8Array, set: typeof setBid) => {
    if (bytes[at + 1] === 0x5d) at += 1;
    else
      for (; bytes[at] !== 0x5d; at += 1) {
        at += 3; // [[" or ,["
        const price = number(bytes, priceDigits);
        at += 2; // ,"
        const size = number(bytes, sizeDigits);
        set(priceUnits === 1 ? price : price / priceUnits, sizeUnits === 1 ? size : size / sizeUnits);
      }
    at += 1;
  };

  return {
    load: () => {
      bids.fill(0);
      asks.fill(0);
      far.clear();
      const ticks = (text: string) => Math.round(Number(text) / Number(instrument.tickSize));
      const lots = (text: string) => Math.round(Number(text) / Number(instrument.lotSize));
      base = ticks(snapshot.bids[0]?.[0] ?? "0") - window / 2;
      bid = -1;
      ask = window;
      for (const [price, size] of snapshot.bids) setBid(ticks(price), lots(size));
      for (const [price, size] of snapshot.asks) setAsk(ticks(price), lots(size));
      last = snapshot.lastUpdateId;
      linked = false;
    },
    take: (bytes) => {
      at = head + '"e":"depthUpdate","'.length;
      key(bytes, 0x45); // E
      at += time + 2;
      key(bytes, 0x54); // T
      at += time + 2;
      key(bytes, 0x73); // s
      at += symbol + 4 + beforeIds;
      key(bytes, 0x55); // U
      const first = whole(bytes);
      at += 2;
      key(bytes, 0x75); // u
      const next = whole(bytes);
      at += '","pu":'.length - 1;
      const previous = whole(bytes);
      if (linked ? previous !== last : first > last && previous > last) return false;
      linked = true;
      last = next;
      at += 2;
      key(bytes, 0x62); // b
      side(bytes, setBid);
      at += 2;
      key(bytes, 0x61); // a
      side(bytes, setAsk);
      return true;
    },
    touch: (out) => {
      out[0] = base + bid;
      out[1] = bids[bid] as number; // there is always one
      out[2] = base + ask;
      out[3] = asks[ask] as number;
    },
  };
}

const digitsOf = (text: string): number => (text.includes(".") ? text.length - text.indexOf(".") - 1 : 0);

// The least that tells a profit apart: one loop over a log of one market, whole numbers in flat arrays, nothing checked.
import type { Command, Event } from "@bp/core";

/** What the loop comes to, in the money of half a tick × a lot; fees in millionths of the quote. */
export interface Bare {
  readonly equityChange: number;
  readonly spread: number;
  /** After 1, 5, 30 and 300 s. */
  readonly adverse: readonly number[];
  readonly realized: number;
  readonly fees: number;
  readonly trips: number;
}

const waits = [1_000, 5_000, 30_000, 300_000];

/** @param fills - in the log, so that every array has its length */
export function bareLoop(log: readonly (Event | Command)[], fills: number): Bare {
  const dates = new Float64Array(fills);
  const sizes = new Int32Array(fills);
  const prices = new Int32Array(fills);
  const befores = new Int32Array(fills);
  const lots = new Int32Array(fills);
  const costs = new Int32Array(fills);
  const places = new Int32Array(waits.length);
  const adverse = new Float64Array(waits.length);
  let [count, first, last, position, cash, spread, realized, fees, trips] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  let [mid, midBefore, midAt] = [0, 0, 0];

  const look = (until: number) => {
    for (let wait = 0; wait < waits.length; wait++) {
      const due = until - (waits[wait] ?? 0);
      let place = places[wait] ?? 0;
      let sum = 0;
      for (; place < count && (dates[place] ?? 0) < due; place++)
        sum += (sizes[place] ?? 0) * ((befores[place] ?? 0) - mid);
      places[wait] = place;
      adverse[wait] = (adverse[wait] ?? 0) + sum;
    }
  };
  for (const each of log) {
    if (each.type === "book.reset") {
      look(each.venueAt);
      midBefore = mid;
      mid = (each.bids[0]?.[0] ?? 0) + (each.asks[0]?.[0] ?? 0);
      midAt = each.venueAt;
    } else if (each.type === "order.filled") {
      const signed = each.side === "buy" ? each.size : -each.size;
      const before = each.venueAt > midAt || midBefore === 0 ? mid : midBefore;
      dates[count] = each.venueAt;
      sizes[count] = signed;
      prices[count] = each.price;
      befores[count] = before;
      count += 1;
      position += signed;
      cash -= signed * each.price;
      spread += signed * (before - 2 * each.price);
      fees += millionths(each.fee);
      let rest = signed;
      while (rest !== 0 && first < last && (lots[first] ?? 0) > 0 !== rest > 0) {
        const lot = lots[first] ?? 0;
        const part = Math.min(Math.abs(lot), Math.abs(rest)) * Math.sign(lot);
        realized += part * (each.price - (costs[first] ?? 0));
        trips += 1;
        rest += part;
        lots[first] = lot - part;
        if (lot === part) first += 1;
      }
      if (rest !== 0) {
        lots[last] = rest;
        costs[last] = each.price;
        last += 1;
      }
    }
  }
  look(Number.POSITIVE_INFINITY); // what nobody has seen counts at the last mid
  return {
    equityChange: 2 * cash + position * mid,
    spread,
    adverse: [...adverse],
    realized: 2 * realized,
    fees,
    trips,
  };
}

/** Of a fee with six digits at most, not negative. */
function millionths(text: string): number {
  let [value, digits] = [0, -1];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 46) digits = 0;
    else {
      value = value * 10 + code - 48;
      if (digits >= 0) digits += 1;
    }
  }
  for (; digits < 6; digits++) value *= 10;
  return value;
}

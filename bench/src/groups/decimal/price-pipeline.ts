// decimal/price-pipeline: what a quote costs in arithmetic: read a price, lean it, bring it to the tick, write it, value it.

import { fromGrid, gridOf, random, toGrid } from "@bp/core";
import { Big } from "big.js";
import { Precise } from "ccxt";
import type { Group } from "../../group.ts";
import { race } from "../../race.ts";

/** A price on the 0.01 grid and a size on the 0.00001 grid, as the venue writes them. */
interface Case {
  readonly price: string;
  readonly size: string;
}

/** The leaned price as text, and price × size: in tick-lots where numbers do, else as text. */
interface Quoted {
  price: string;
  notional: number | string;
}

const cases = casesOf(4_096);
const toLimit = { against: "integer ticks (number)", atLeast: 0.5 };

const contenders = [
  { name: "integer ticks (number)", role: "limit", quote: byHand },
  { name: "@bp/core", role: "ours", quote: byCore, goals: [toLimit, { against: "ccxt Precise", atLeast: 8 }] },
  { name: "ccxt Precise", role: "peer", quote: byPrecise },
  { name: "big.js", role: "peer", quote: byBig },
] as const;

export const pricePipeline: Group = {
  about:
    "Quotes a second: price text → × 1.0005 → floor to the tick → text, and the notional. Exact, checked with BigInt.",
  run: async (options) => {
    const wrong = contenders.flatMap(({ name, quote }) => {
      const out: Quoted = { price: "", notional: 0 };
      const bad = cases.filter((each) => {
        quote(each, out);
        return !isExact(each, out);
      });
      return bad.length === 0 ? [] : [`${name}: ${bad.length} of ${cases.length} results, such as ${bad[0]?.price}`];
    });
    const out: Quoted = { price: "", notional: 0 };
    const figures = race(
      contenders.map(({ quote, ...rest }) => ({
        ...rest,
        work: () => {
          for (const each of cases) quote(each, out);
          return cases.length;
        },
      })),
      options,
    );
    return { unit: "/s", figures, facts: [`${cases.length} random cases, ${wrong.length} contenders inexact`], wrong };
  },
};

function byCore({ price, size }: Case, out: Quoted): void {
  const leaned = Math.floor((toGrid(price, priceGrid) * 10_005) / 10_000);
  out.price = fromGrid(leaned, priceGrid);
  out.notional = leaned * toGrid(size, sizeGrid);
}
const priceGrid = gridOf("0.01");
const sizeGrid = gridOf("0.00001");

/** As fast as it goes: two digits and five digits behind the point, always there, nothing checked. */
function byHand({ price, size }: Case, out: Quoted): void {
  const leaned = Math.floor((digitsOf(price, 2) * 10_005) / 10_000);
  const whole = Math.floor(leaned / 100);
  out.price = `${whole}${cents[leaned - whole * 100]}`;
  out.notional = leaned * digitsOf(size, 5);
}
const cents = Array.from({ length: 100 }, (_, count) => `.${String(count).padStart(2, "0")}`);

function digitsOf(text: string, digits: number): number {
  const point = text.length - digits - 1;
  let value = 0;
  for (let at = 0; at < point; at++) value = value * 10 + text.charCodeAt(at) - 48;
  for (let at = point + 1; at < text.length; at++) value = value * 10 + text.charCodeAt(at) - 48;
  return value;
}

function byPrecise({ price, size }: Case, out: Quoted): void {
  const ticks = Precise.stringDiv(Precise.stringMul(price, "1.0005"), "0.01", 0);
  out.price = Precise.stringMul(ticks, "0.01") ?? "";
  out.notional = Precise.stringMul(out.price, size) ?? "";
}

function byBig({ price, size }: Case, out: Quoted): void {
  const leaned = new Big(price).times("1.0005").round(2, 0);
  out.price = leaned.toFixed(2);
  out.notional = leaned.times(size).toFixed();
}

function isExact({ price, size }: Case, out: Quoted): boolean {
  const ticks = (BigInt(price.replace(".", "")) * 10_005n) / 10_000n;
  const notional = ticks * BigInt(size.replace(".", "")); // in units of 10^-7
  const told = typeof out.notional === "number" ? BigInt(out.notional) : units(out.notional, 7);
  return units(out.price, 2) === ticks && told === notional;
}

/** Decimal text in units of 10^-digits. */
function units(text: string, digits: number): bigint {
  const [whole = "", fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(digits, "0"));
}

function casesOf(count: number): Case[] {
  const chance = random(2_024);
  const text = (value: number, digits: number) => (value / 10 ** digits).toFixed(digits);
  return Array.from({ length: count }, () => ({
    price: text(chance.whole(1, 12_000_000), 2),
    size: text(chance.whole(1, 30_000_000), 5),
  }));
}

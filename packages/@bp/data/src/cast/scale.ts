// From the grid of one market to the grid of another, in whole numbers.
import { BpError, fromGrid, gridOf, gridPairOf, type Instrument, tapeRow, ticks } from "@bp/core";
import type { TapeCast } from "./options.ts";

/** The two grids of a cast, and what was lost on the way. */
export interface Scale {
  /** Whether prices can fall off the new grid and are then to be rounded. */
  readonly mayRound: boolean;
  /** Ticks of the new market. @throws BpError `grid/off-grid` */
  price(value: number, kind: number): number;
  /** Lots of the new market: of a level, of a print, of a candle. */
  level(value: number): number;
  print(value: number): number;
  volume(value: number): number;
  /** A mark may have a fraction. */
  mark(value: number): number;
  /** What was lost, in words. */
  lacks(): readonly string[];
}

interface Ratio {
  readonly up: number;
  readonly down: number;
}

/** @throws BpError `grid/*` for factors that are no decimals above 0 */
export function createScale(
  old: Instrument,
  { as, priceTimes = "1", sizeTimes = "1", round = false }: TapeCast,
): Scale {
  const prices = ratioOf(old.tickSize, as.tickSize, priceTimes);
  const sizes = ratioOf(old.lotSize, as.lotSize, sizeTimes);
  const lost = { prices: 0, sizes: 0, thin: 0, dust: 0 };
  const wholeSize = (value: number): number => {
    const scaled = exactly(value, sizes);
    const whole = Math.floor(scaled);
    if (whole !== scaled) lost.sizes += 1;
    return whole;
  };
  return {
    mayRound: round && prices.down !== 1,
    price: (value, kind) => {
      const scaled = exactly(value, prices);
      if (Number.isSafeInteger(scaled) && scaled > 0) return scaled;
      if (!round || scaled > Number.MAX_SAFE_INTEGER)
        throw new BpError("grid/off-grid", {
          value: `${fromGrid(ticks(value), gridPairOf(old).price)} of ${old.id}${priceTimes === "1" ? "" : ` times ${priceTimes}`}`,
          step: as.tickSize,
        });
      lost.prices += 1;
      return Math.max(1, rounder(kind)(scaled));
    },
    level: (value) => {
      const whole = wholeSize(value);
      if (whole > 0 || value === 0) return whole;
      lost.thin += 1;
      return 1;
    },
    print: (value) => {
      const whole = wholeSize(value);
      if (whole === 0 && value > 0) lost.dust += 1;
      return whole;
    },
    volume: wholeSize,
    mark: (value) => (value * prices.up) / prices.down,
    lacks: () => [
      ...(lost.prices === 0
        ? []
        : [
            `${lost.prices} prices are finer than the tick ${as.tickSize} of ${as.id} and were rounded away from the middle`,
          ]),
      ...(lost.sizes === 0
        ? []
        : [`${lost.sizes} sizes are finer than the lot ${as.lotSize} of ${as.id} and were rounded down`]),
      ...(lost.thin === 0
        ? []
        : [`${lost.thin} of them were levels of less than one lot of ${as.id} and count as one lot`]),
      ...(lost.dust === 0
        ? []
        : [`${lost.dust} of them were prints of less than one lot of ${as.id} and were left out`]),
    ],
  };
}

/** Bids down, asks up, their prints with them; candles to the nearest, so that the order of their prices stays. */
function rounder(kind: number): (value: number) => number {
  if (kind === tapeRow.bid || kind === tapeRow.sold) return Math.floor;
  return kind === tapeRow.ask || kind === tapeRow.bought ? Math.ceil : Math.round;
}

/** @throws BpError `grid/too-large` where a double could be wrong by one */
function exactly(value: number, { up, down }: Ratio): number {
  const product = value * up;
  if (product <= Number.MAX_SAFE_INTEGER) return product / down;
  throw new BpError("grid/too-large", { value: `${value} times ${up}`, step: String(down) });
}

/** How many new steps an old one is, as the smallest fraction. */
function ratioOf(from: string, to: string, times: string): Ratio {
  const [one, two, three] = [gridOf(from), gridOf(to), gridOf(times)];
  const shift = one.digits + three.digits - two.digits;
  const up = one.step * three.step * (shift < 0 ? 10 ** -shift : 1);
  const down = two.step * (shift > 0 ? 10 ** shift : 1);
  if (!Number.isSafeInteger(up) || !Number.isSafeInteger(down))
    throw new BpError("grid/too-large", { value: `${from} times ${times}`, step: to });
  const common = commonDivisor(up, down);
  return { up: up / common, down: down / common };
}

function commonDivisor(one: number, two: number): number {
  let [a, b] = [one, two];
  while (b > 0) [a, b] = [b, a % b];
  return a;
}

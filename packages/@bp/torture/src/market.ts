// A market that never rests and costs little: a few levels that walk, and somebody who takes through them.
import {
  type Instrument,
  type InstrumentId,
  type Lots,
  lots,
  type Millis,
  millis,
  type Random,
  random,
  type Side,
  type Ticks,
  ticks,
} from "@bp/core";
import type { MarketHands, MarketSource } from "@bp/sim";

/** What an asset is worth at a moment: the same at every exchange. */
export type Worth = (base: string, at: Millis) => number;

/** A price that changes at once. */
export interface Jump {
  readonly at: Millis;
  readonly base: string;
  /** Fraction. */
  readonly by: number;
}

/** How often prices walk, in ms. */
const strideMs = 500;
const levels = 3;

/**
 * A walk of prices from a seed: about 0.05 % in each half second, and the jumps that are given.
 *
 * @param prices - first prices by base, in quote
 */
export function worthOf(
  seed: number,
  start: Millis,
  prices: Readonly<Record<string, number>>,
  jumps: readonly Jump[],
): Worth {
  const walks = new Map<string, { readonly chance: Random; readonly steps: number[] }>();
  return (base, at) => {
    let walk = walks.get(base);
    if (walk === undefined) {
      walk = { chance: random(seed).fork(base), steps: [prices[base] ?? 100] };
      walks.set(base, walk);
    }
    const { chance, steps } = walk;
    const wanted = Math.max(0, Math.floor((at - start) / strideMs));
    while (steps.length <= wanted) steps.push((steps.at(-1) ?? 100) * (1 + 0.0005 * chance.normal()));
    let worth = steps[wanted] ?? 100;
    for (const jump of jumps) if (jump.base === base && jump.at <= at) worth *= 1 + jump.by;
    return worth;
  };
}

/** A market in which somebody can be made to take. */
export interface RestlessMarket extends MarketSource {
  /** Somebody takes up to a price, at once. */
  take(instrument: InstrumentId, side: Side, price: Ticks, size: Lots): void;
}

/** Makes the market of one exchange. */
export function restlessMarket(
  seed: number,
  start: Millis,
  instruments: readonly Instrument[],
  worth: Worth,
): RestlessMarket {
  const stalls = instruments.map((each) => stall(each, random(seed).fork(each.id), worth));
  let hands: MarketHands | undefined;
  let next = start;
  return {
    instruments,
    attach: (mine) => {
      hands = mine;
      for (const each of stalls) each(mine);
    },
    nextAt: () => next,
    act: () => {
      if (hands === undefined) return;
      next = millis(next + strideMs);
      for (const each of stalls) each(hands);
    },
    take: (instrument, side, price, size) => {
      hands?.place({ instrument, side, type: "limit", price, size, tif: "ioc", postOnly: false, reduceOnly: false });
    },
  };
}

/** One market: its levels follow the worth, and now and then somebody takes. */
function stall(
  { id, kind, base, tickSize, lotSize }: Instrument,
  chance: Random,
  worth: Worth,
): (hands: MarketHands) => void {
  const tick = Number(tickSize); // an estimate's unit, not money
  const lot = Number(lotSize);
  let shown = new Map<Ticks, "bid" | "ask">();
  const sizeOf = (price: number, quote: number) => lots(Math.max(1, Math.round(quote / price / lot)));
  return (hands) => {
    const price = worth(base, hands.now());
    const mid = price / tick;
    const gap = Math.max(1, Math.round((mid * 0.0001) / 2));
    const step = Math.max(1, Math.round(mid * 0.0002));
    const wanted = new Map<Ticks, "bid" | "ask">();
    for (let level = 0; level < levels; level++) {
      wanted.set(ticks(Math.max(1, Math.floor(mid) - gap - level * step)), "bid");
      wanted.set(ticks(Math.ceil(mid) + gap + level * step), "ask");
    }
    for (const [at, side] of shown) if (wanted.get(at) !== side) hands.level(id, side, at, lots(0));
    for (const [at, side] of wanted)
      if (shown.get(at) !== side || chance.next() < 0.2)
        hands.level(id, side, at, sizeOf(price, 60 + 500 * chance.next()));
    shown = wanted;
    if (chance.next() < 0.5) take(hands, id, chance, { mid, size: sizeOf(price, 20 + 2_500 * chance.next()) });
    if (kind === "perp") hands.mark(id, mid, mid);
  };
}

function take(
  hands: MarketHands,
  instrument: InstrumentId,
  chance: Random,
  order: { readonly mid: number; readonly size: ReturnType<typeof lots> },
): void {
  const side = chance.next() < 0.5 ? "buy" : "sell";
  const reach = order.mid * 0.006 * chance.next();
  const price = ticks(Math.max(1, Math.round(side === "buy" ? order.mid + reach : order.mid - reach)));
  hands.place({
    instrument,
    side,
    type: "limit",
    price,
    size: order.size,
    tif: "ioc",
    postOnly: false,
    reduceOnly: false,
  });
}

// Where the quotes stand and how large they are: levels about a fair price, leaned against inventory.
import {
  gridsOf,
  type Instrument,
  type InstrumentId,
  lots,
  notionalUnits,
  type Quote,
  roundToGrid,
  type Side,
  ticks,
  type View,
  venueOf,
} from "@bp/core";
import { ceil, type Fraction, floor, minus, plus, times } from "../fraction.ts";
import { minimumSize } from "../minimum.ts";
import type { Touch } from "../touch.ts";
import { reductionOf } from "./inventory.ts";
import type { MakerParams } from "./params.ts";
import type { Scale } from "./scale.ts";

/** Prices of both sides, in ticks, best first. */
export interface Ladder {
  readonly buys: readonly number[];
  readonly sells: readonly number[];
}

/** The fair price in ticks, exact. */
export function fairOf({ bid, ask }: Touch, fair: MakerParams["fair"]): Fraction {
  const [bidPrice, bidSize] = bid;
  const [askPrice, askSize] = ask;
  if (fair === "mid") return { top: BigInt(bidPrice) + BigInt(askPrice), bottom: 2n };
  return {
    top: BigInt(bidPrice) * BigInt(askSize) + BigInt(askPrice) * BigInt(bidSize),
    bottom: BigInt(bidSize) + BigInt(askSize),
  };
}

/**
 * The prices of all levels. The first buy is `fair - half - lean` rounded down, the first sell `fair + half - lean`
 * rounded up, where `lean = skew * half * held / cap` (held / cap within -1 and 1; none below the minimum size). Neither
 * reaches the touch of the other side, so a post-only order is not refused.
 *
 * @param held - net position in lots, signed; long leans both sides down
 */
export function ladderOf(
  touch: Touch,
  scale: Scale,
  instrument: Instrument,
  held: number,
  fair: MakerParams["fair"],
): Ladder {
  const centre = fairOf(touch, fair);
  const half = times(centre, scale.half);
  const leans = Math.abs(held) >= instrument.minSize;
  const share = leans ? Math.max(-scale.cap, Math.min(scale.cap, held)) : 0;
  const lean = times(times(half, scale.skew), { top: BigInt(share), bottom: BigInt(scale.cap) });
  const shifted = minus(centre, lean);
  const buy = Math.min(floor(minus(shifted, half)), touch.ask[0] - 1);
  const sell = Math.max(ceil(plus(shifted, half)), touch.bid[0] + 1);
  const { minPrice, maxPrice } = instrument;
  return {
    buys: scale.offsets.map((offset) => buy - offset).filter((price) => price >= minPrice),
    sells: scale.offsets.map((offset) => sell + offset).filter((price) => maxPrice === undefined || price <= maxPrice),
  };
}

/** Lots of each level, best first; shorter than the ladder where there is no room for more. */
export interface Sizes {
  readonly buys: readonly number[];
  readonly sells: readonly number[];
}

/**
 * How much each level offers. A perpetual never offers more than what keeps the position within the cap if a whole side
 * fills (and a reduction that is wished beside it); spot never sells more base than the wallet holds (whether buys can be paid is the risk rule `funds`).
 *
 * @param previous - the quotes wished so far: an automatic size that is still near to theirs stays as it is
 * @returns `undefined` while a balance that is needed is not known
 */
export function sizesOf(
  view: View,
  instrument: Instrument,
  scale: Scale,
  ladder: Ladder,
  held: number,
  previous: readonly Quote[],
): Sizes | undefined {
  const spot = instrument.kind === "spot";
  const base = spot ? baseLots(view, instrument) : undefined;
  if (spot && base === undefined) return undefined;
  const auto =
    scale.size === undefined ? autoSize(view, instrument, scale, ladder, base) : { buy: scale.size, sell: scale.size };
  if (auto === undefined) return undefined;
  const each =
    scale.size === undefined
      ? { buy: steady(auto.buy, "buy", previous), sell: steady(auto.sell, "sell", previous) }
      : auto;
  // A reduction trades beside the quotes of its side: the room is counted from where it leaves the position.
  const after = spot ? held : (reductionOf(held, scale, instrument)?.position ?? held);
  const buyRoom = spot ? Number.MAX_SAFE_INTEGER : scale.cap - Math.max(held, after);
  const sellRoom = base ?? scale.cap + Math.min(held, after);
  return {
    buys: portions(ladder.buys, each.buy, buyRoom, instrument),
    sells: portions(ladder.sells, each.sell, sellRoom, instrument),
  };
}

/** How far an automatic size may drift before it is changed, as a fraction of the old one: each change costs all places in the queue. */
const drift = 0.1;

function steady(size: number, side: Side, previous: readonly Quote[]): number {
  let old = 0;
  for (const quote of previous) if (quote.side === side) old = Math.max(old, quote.size);
  return Math.abs(size - old) <= old * drift ? old : size;
}

/** `each` for every level while the room lasts; what is left over makes a last, smaller one if the venue takes it. */
function portions(prices: readonly number[], each: number, room: number, instrument: Instrument): number[] {
  const sizes: number[] = [];
  let left = room;
  for (const price of prices) {
    const size = Math.min(each, left, instrument.maxSize ?? each);
    if (size < Math.min(each, minimumSize(instrument, price))) break;
    sizes.push(size);
    left -= size;
  }
  return sizes;
}

function baseLots(view: View, instrument: Instrument): number | undefined {
  const balance = view.balance(venueOf(instrument.id), instrument.base);
  return balance === undefined ? undefined : roundToGrid(balance.total, gridsOf(instrument).size, "floor");
}

/**
 * A share of what there is, `min(5 %, 1 / (4 · levels))`: spot buys of the quote balance, spot sells of the base balance.
 * A perpetual takes the share of its margin on both sides, and no more than lets all levels fill within the cap.
 */
function autoSize(
  view: View,
  instrument: Instrument,
  scale: Scale,
  ladder: Ladder,
  base: number | undefined,
): { readonly buy: number; readonly sell: number } | undefined {
  const quote = view.balance(venueOf(instrument.id), instrument.quote);
  if (quote === undefined) return undefined;
  const levels = scale.offsets.length;
  const shares = Math.max(20, 4 * levels); // one of so many parts
  const bought = ladder.buys.reduce((sum, price) => sum + price, 0);
  if (bought === 0) return { buy: 0, sell: 0 };
  const units = Math.max(0, notionalUnits(instrument, quote.total));
  const buy = Math.floor((units * ladder.buys.length) / (shares * bought));
  const least = minimumSize(instrument, Math.floor(bought / ladder.buys.length));
  if (base !== undefined) return { buy: Math.max(buy, least), sell: Math.max(Math.floor(base / shares), least) };
  const both = Math.max(Math.min(buy, Math.floor(scale.cap / levels)), least);
  return { buy: both, sell: both };
}

/**
 * The quotes of both sides. A price that is wished already keeps its slot, so an order that stands right is left alone
 * when the ladder moves by a level.
 *
 * @param previous - the quotes wished so far
 */
export function quotesOf(id: InstrumentId, ladder: Ladder, sizes: Sizes, previous: readonly Quote[]): readonly Quote[] {
  return [
    ...sideOf(id, "buy", ladder.buys, sizes.buys, previous),
    ...sideOf(id, "sell", ladder.sells, sizes.sells, previous),
  ];
}

function sideOf(
  id: InstrumentId,
  side: Side,
  prices: readonly number[],
  sizes: readonly number[],
  previous: readonly Quote[],
): Quote[] {
  const free = new Set(prices.map((_, level) => `${side}.${level}`));
  const kept = new Map<number, string>();
  const wanted = new Set(prices.slice(0, sizes.length));
  for (const { slot, price } of previous) if (wanted.has(price) && free.delete(slot)) kept.set(price, slot);
  const spare = free.values();
  const quotes: Quote[] = [];
  for (const [level, size] of sizes.entries()) {
    const price = prices[level];
    if (price === undefined || size <= 0) break;
    const slot = kept.get(price) ?? spare.next().value;
    if (slot === undefined) break;
    quotes.push({ kind: "quote", instrument: id, slot, side, price: ticks(price), size: lots(size), postOnly: true });
  }
  return quotes;
}

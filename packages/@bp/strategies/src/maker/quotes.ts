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
import { ceil, floor, minus, plus } from "../fraction.ts";
import { minimumSize } from "../minimum.ts";
import type { Touch } from "../touch.ts";
import { reductionOf } from "./inventory.ts";
import type { Scale } from "./scale.ts";
import { leant } from "./sizeLean.ts";
import type { Stance } from "./stance.ts";

/** Prices of both sides, in ticks, best first. */
export interface Ladder {
  readonly buys: readonly number[];
  readonly sells: readonly number[];
}

/**
 * The prices of all levels. The first buy is `centre - half - lean` rounded down, the first sell `centre + half - lean`
 * rounded up. Neither reaches the touch of the other side, so a post-only order is not refused.
 */
export function ladderOf(touch: Touch, scale: Scale, instrument: Instrument, { centre, half, lean }: Stance): Ladder {
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
 * @param hanging - orders beside the ladder: they need room too
 * @returns `undefined` while a balance that is needed is not known
 */
export function sizesOf(
  view: View,
  instrument: Instrument,
  scale: Scale,
  ladder: Ladder,
  held: number,
  previous: readonly Quote[],
  hanging: readonly Quote[],
): Sizes | undefined {
  const spot = instrument.kind === "spot";
  const base = spot ? baseLots(view, instrument) : undefined;
  if (spot && base === undefined) return undefined;
  const plain =
    scale.size === undefined ? autoSize(view, instrument, scale, ladder, base) : { buy: scale.size, sell: scale.size };
  const price = ladder.buys[0] ?? ladder.sells[0];
  const leans = plain !== undefined && price !== undefined && scale.sizeRange !== undefined;
  const wished = leans ? leant(plain, view, instrument, scale, price, held) : plain;
  if (wished === undefined) return undefined;
  const drifts = scale.size === undefined || scale.sizeRange !== undefined;
  const each = drifts
    ? { buy: steady(wished.buy, "buy", previous), sell: steady(wished.sell, "sell", previous) }
    : wished;
  // A reduction trades beside the quotes of its side: the room is counted from where it leaves the position.
  const after = spot ? held : (reductionOf(held, scale, instrument)?.position ?? held);
  const hung = { buy: 0, sell: 0 };
  for (const { side, size } of hanging) hung[side] += size;
  const buyRoom = spot ? Number.MAX_SAFE_INTEGER : scale.cap - Math.max(held, after) - hung.buy;
  const sellRoom = (base ?? scale.cap + Math.min(held, after)) - hung.sell;
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
 * @param hanging - orders that stay as they are; the ladder takes other slots
 */
export function quotesOf(
  id: InstrumentId,
  ladder: Ladder,
  sizes: Sizes,
  previous: readonly Quote[],
  hanging: readonly Quote[],
): readonly Quote[] {
  const taken = new Set(hanging.map(({ slot }) => slot));
  return [
    ...sideOf(id, "buy", ladder.buys, sizes.buys, previous, taken),
    ...sideOf(id, "sell", ladder.sells, sizes.sells, previous, taken),
    ...hanging,
  ];
}

function sideOf(
  id: InstrumentId,
  side: Side,
  prices: readonly number[],
  sizes: readonly number[],
  previous: readonly Quote[],
  taken: ReadonlySet<string>,
): Quote[] {
  const free = new Set<string>();
  for (let name = 0; free.size < prices.length; name++) if (!taken.has(`${side}.${name}`)) free.add(`${side}.${name}`);
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

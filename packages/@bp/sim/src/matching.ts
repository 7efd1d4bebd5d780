// Price-time priority for one market: single orders in linked lists inside typed arrays. Knows numbers only, no accounts and no money.
import type { Side } from "@bp/core";
import { createOwnPrices } from "./ownPrices.ts";

/** The owner of anonymous single orders; accounts are 0 and above. */
export const ANONYMOUS = -1;
/** The owner of size that is known as a level only: a recording, a live market behind a paper venue. */
export const LEVEL = -2;
/** Prices are 1 to this many ticks. */
export const MAX_PRICE = 0x7fff_fffe;

/** Hears each fill in order; the maker's rest is already smaller by `size`, and 0 when its slot is free again. */
export type OnFill = (slot: number, tag: number, price: number, size: number, rest: number) => void;

/** One market's resting orders. Slots are small whole numbers above 0 and are used again when an order is gone. */
export interface Matcher {
  /** Best bid in ticks, 0 without one. */
  readonly bid: number;
  /** Best ask in ticks, 0 without one. */
  readonly ask: number;
  /** After `take`: what was not traded. */
  readonly left: number;
  /** After `take`: what was not spent of the budget, in tick-lots. */
  readonly budgetLeft: number;
  /** After `take`: the slot of the taker's own order that it met and stopped at, or 0. */
  readonly met: number;
  /** Orders that rest. */
  readonly count: number;
  /**
   * Trades against the other side, best price first, oldest first.
   *
   * @param limit - worst price, in ticks
   * @param size - lots, above 0
   * @param budget - most quote to trade, in tick-lots; `Infinity` for no bound
   * @param owner - stops in front of an order of the same owner (0 and above only)
   * @returns lots that were not traded
   */
  take(side: Side, limit: number, size: number, budget: number, owner: number): number;
  /** Lets an order rest behind all others at its price. It must not cross; call `take` first. Returns its slot. */
  rest(side: Side, price: number, size: number, owner: number, tag: number): number;
  /** Takes an order out. False when the slot holds another order by now, or none. */
  cancel(slot: number, tag: number): boolean;
  /** Makes a resting order smaller or larger in its place; 0 or less takes it out. */
  resize(slot: number, size: number): void;
  /** Fills a resting order out of turn and tells `onFill`. */
  fill(slot: number, size: number): void;
  /**
   * Brings what rests of owner `LEVEL` at a price to `size`, where nothing else stands there or in its way.
   *
   * @returns 1 done, 0 there was nothing to do, -1 others stand at the price, -2 it would cross
   */
  level(side: Side, price: number, size: number): number;
  /** Lots at a price, all owners. */
  sizeAt(price: number): number;
  /** Begins a round of `once`; no order comes or goes until it is over. */
  round(): void;
  /** Whether it is the first call for this price in this round; may be true again for a price that nothing rests at. */
  once(price: number): boolean;
  /** Best price with an order of an account (owner 0 and above), 0 without one. */
  readonly ownBid: number;
  readonly ownAsk: number;
  /** The next price away from the touch with an order of an account, 0 without one. */
  ownAfter(side: Side, price: number): number;
  /** Whether an order of an account rests at a price. */
  hasOwn(price: number): boolean;
  /** The next occupied price at or below `price`, or 0. Bids and asks share one ladder. */
  below(price: number): number;
  /** The next occupied price at or above `price`, or 0. */
  above(price: number): number;
  /** Oldest order at a price, or 0. */
  first(price: number): number;
  /** Youngest order at a price, or 0. */
  last(price: number): number;
  /** The next younger order at the same price, or 0. */
  next(slot: number): number;
  /** The next older order at the same price, or 0. */
  previous(slot: number): number;
  sizeOf(slot: number): number;
  priceOf(slot: number): number;
  ownerOf(slot: number): number;
  tagOf(slot: number): number;
}

// Slots, levels and pages are handed out here and never leave their arrays, which the types cannot know: hence `as number`.
const PAGE = 1024; // prices on one page
const WORDS = PAGE / 32;
const NONE = 0x7fff_ffff; // best ask when there is none

/**
 * An empty book.
 *
 * Bids and asks live on one ladder of prices, since they never share a price. The ladder is cut into pages of 1,024 ticks
 * that exist only where orders are, with bit maps to find the next price.
 *
 * @param onFill - called for every fill, before `take` goes on; it may resize or cancel other orders, not add any
 */
export function createMatcher(onFill: OnFill): Matcher {
  // one entry a slot; slot 0 is "none"
  let capacity = 256;
  let nexts = new Int32Array(capacity);
  let previouses = new Int32Array(capacity);
  let prices = new Int32Array(capacity);
  let owners = new Int32Array(capacity);
  let sizes = new Float64Array(capacity);
  let tags = new Float64Array(capacity);
  let free = 0; // head of the list of free slots, linked by nexts
  let used = 1; // slots below this have been handed out before
  // one entry a price on a page
  let pages = 32; // not there before they are written to
  let levels = new Float64Array(pages * PAGE); // size of nothing but recorded size; 0: empty; below 0: a list, negated
  let rounds = new Int32Array(0); // as long as `levels` once there was a round
  let bits = new Int32Array(pages * WORDS); // occupied prices
  let words = new Int32Array(pages); // words of `bits` that are not empty
  const freePages = Array.from({ length: pages }, (_, page) => pages - 1 - page);
  // one entry a list: a price with orders; list 0 is "none"
  let room = 64;
  let heads = new Int32Array(room);
  let tails = new Int32Array(room);
  let totals = new Float64Array(room);
  let owns = new Int32Array(room); // orders of accounts
  let freeList = 0; // head of the free ones, linked by heads
  let lists = 1; // below this they have been handed out before
  // where the pages are: price >> 10 -> page + 1
  let directory = new Int32Array(64);
  let directoryBits = new Int32Array(2);
  let bestBid = 0;
  let bestAsk = NONE;
  let count = 0;
  let left = 0;
  let budgetLeft = 0;
  let met = 0;
  let roundNow = 0;
  const ownBids = createOwnPrices(1);
  const ownAsks = createOwnPrices(-1);

  const grow = <T extends Int32Array | Float64Array>(old: T, fresh: T): T => {
    fresh.set(old);
    return fresh;
  };

  function growSlots(): void {
    capacity *= 2;
    nexts = grow(nexts, new Int32Array(capacity));
    previouses = grow(previouses, new Int32Array(capacity));
    prices = grow(prices, new Int32Array(capacity));
    owners = grow(owners, new Int32Array(capacity));
    sizes = grow(sizes, new Float64Array(capacity));
    tags = grow(tags, new Float64Array(capacity));
  }

  function growPages(): void {
    for (let page = pages * 2 - 1; page >= pages; page--) freePages.push(page);
    pages *= 2;
    levels = grow(levels, new Float64Array(pages * PAGE));
    if (rounds.length > 0) rounds = grow(rounds, new Int32Array(pages * PAGE));
    bits = grow(bits, new Int32Array(pages * WORDS));
    words = grow(words, new Int32Array(pages));
  }

  function growDirectory(at: number): void {
    let length = directory.length;
    while (length <= at) length *= 2;
    const fresh = new Int32Array(length);
    fresh.set(directory);
    directory = fresh;
    const map = new Int32Array(length / 32);
    map.set(directoryBits);
    directoryBits = map;
  }

  /** The place of a price in the level arrays, or -1 where no page is. */
  function levelOf(price: number): number {
    const at = price >> 10;
    if (at >= directory.length) return -1;
    const page = directory[at] as number;
    return page === 0 ? -1 : (page - 1) * PAGE + (price & 1023);
  }

  function makeLevel(price: number): number {
    const at = price >> 10;
    if (at >= directory.length) growDirectory(at);
    let page = directory[at] as number;
    if (page === 0) {
      if (freePages.length === 0) growPages();
      page = (freePages.pop() as number) + 1;
      directory[at] = page;
      directoryBits[at >> 5] = (directoryBits[at >> 5] as number) | (1 << (at & 31));
    }
    return (page - 1) * PAGE + (price & 1023);
  }

  function occupy(level: number): void {
    const word = level >> 5; // pages are 32 words long, so this is page * 32 + word
    const map = bits[word] as number;
    bits[word] = map | (1 << (level & 31));
    if (map === 0) words[word >> 5] = (words[word >> 5] as number) | (1 << (word & 31));
  }

  function vacate(level: number, price: number): void {
    const word = level >> 5;
    const map = (bits[word] as number) & ~(1 << (level & 31));
    bits[word] = map;
    if (map === 0) {
      const page = word >> 5;
      const left = (words[page] as number) & ~(1 << (word & 31));
      words[page] = left;
      if (left === 0) {
        const at = price >> 10;
        directory[at] = 0;
        directoryBits[at >> 5] = (directoryBits[at >> 5] as number) & ~(1 << (at & 31));
        freePages.push(page);
      }
    }
    if (price === bestBid) bestBid = below(price - 1);
    else if (price === bestAsk) bestAsk = above(price + 1) || NONE;
  }

  function above(from: number): number {
    const start = from > 0 ? from : 1;
    let at = start >> 10;
    if (at >= directory.length) return 0;
    const page = directory[at] as number;
    if (page !== 0) {
      const offset = (page - 1) * WORDS;
      let word = (start & 1023) >> 5;
      let map = (bits[offset + word] as number) & (-1 << (start & 31));
      for (;;) {
        if (map !== 0) return (at << 10) + (word << 5) + lowest(map);
        word += 1;
        if (word === WORDS) break;
        map = bits[offset + word] as number;
      }
    }
    at += 1;
    let word = at >> 5;
    if (word >= directoryBits.length) return 0;
    let map = (directoryBits[word] as number) & (-1 << (at & 31));
    while (map === 0) {
      word += 1;
      if (word >= directoryBits.length) return 0;
      map = directoryBits[word] as number;
    }
    at = (word << 5) + lowest(map);
    const offset = ((directory[at] as number) - 1) * WORDS;
    for (let inner = 0; inner < WORDS; inner++) {
      const found = bits[offset + inner] as number;
      if (found !== 0) return (at << 10) + (inner << 5) + lowest(found);
    }
    return 0;
  }

  function below(from: number): number {
    if (from <= 0) return 0;
    let at = from >> 10;
    if (at >= directory.length) {
      at = directory.length;
    } else {
      const page = directory[at] as number;
      if (page !== 0) {
        const offset = (page - 1) * WORDS;
        let word = (from & 1023) >> 5;
        let map = (bits[offset + word] as number) & upTo(from & 31);
        for (;;) {
          if (map !== 0) return (at << 10) + (word << 5) + highest(map);
          word -= 1;
          if (word < 0) break;
          map = bits[offset + word] as number;
        }
      }
    }
    at -= 1;
    if (at < 0) return 0;
    let word = at >> 5;
    let map = (directoryBits[word] as number) & upTo(at & 31);
    while (map === 0) {
      word -= 1;
      if (word < 0) return 0;
      map = directoryBits[word] as number;
    }
    at = (word << 5) + highest(map);
    const offset = ((directory[at] as number) - 1) * WORDS;
    for (let inner = WORDS - 1; inner >= 0; inner--) {
      const found = bits[offset + inner] as number;
      if (found !== 0) return (at << 10) + (inner << 5) + highest(found);
    }
    return 0;
  }

  function unlink(slot: number, level: number, price: number): void {
    const list = -(levels[level] as number);
    const next = nexts[slot] as number;
    const previous = previouses[slot] as number;
    if (previous === 0) heads[list] = next;
    else nexts[previous] = next;
    if (next === 0) tails[list] = previous;
    else previouses[next] = previous;
    if ((owners[slot] as number) >= 0) {
      const own = (owns[list] as number) - 1;
      owns[list] = own;
      if (own === 0) (price <= bestBid ? ownBids : ownAsks).remove(price);
    }
    dropSlot(slot);
    count -= 1;
    if (next === 0 && previous === 0) {
      dropList(list);
      levels[level] = 0;
      vacate(level, price);
    }
  }

  function fillAt(slot: number, level: number, price: number, traded: number): void {
    const list = -(levels[level] as number);
    const rest = (sizes[slot] as number) - traded;
    const tag = tags[slot] as number;
    sizes[slot] = rest;
    totals[list] = (totals[list] as number) - traded;
    if (rest === 0) unlink(slot, level, price);
    onFill(slot, tag, price, traded, rest);
  }

  function takeSlot(): number {
    const slot = free;
    if (slot !== 0) {
      free = nexts[slot] as number;
      return slot;
    }
    if (used === capacity) growSlots();
    used += 1;
    return used - 1;
  }

  function dropSlot(slot: number): void {
    owners[slot] = ANONYMOUS;
    tags[slot] = -1;
    nexts[slot] = free;
    free = slot;
  }

  /** An empty list. */
  function takeList(): number {
    let list = freeList;
    if (list !== 0) {
      freeList = heads[list] as number;
    } else {
      if (lists === room) {
        room *= 2;
        heads = grow(heads, new Int32Array(room));
        tails = grow(tails, new Int32Array(room));
        totals = grow(totals, new Float64Array(room));
        owns = grow(owns, new Int32Array(room));
      }
      list = lists;
      lists += 1;
    }
    heads[list] = 0;
    tails[list] = 0;
    totals[list] = 0;
    owns[list] = 0;
    return list;
  }

  function dropList(list: number): void {
    heads[list] = freeList;
    freeList = list;
  }

  /** Puts an order at the end of a list. */
  function append(list: number, price: number, size: number, owner: number, tag: number): number {
    const slot = takeSlot();
    const tail = tails[list] as number;
    nexts[slot] = 0;
    previouses[slot] = tail;
    prices[slot] = price;
    owners[slot] = owner;
    sizes[slot] = size;
    tags[slot] = tag;
    tails[list] = slot;
    if (tail === 0) heads[list] = slot;
    else nexts[tail] = slot;
    totals[list] = (totals[list] as number) + size;
    return slot;
  }

  /** The list of a level, 0 of an empty one; recorded size that stood alone there becomes an order. */
  function listOf(level: number, price: number): number {
    const size = levels[level] as number;
    if (size <= 0) return -size;
    const list = takeList();
    append(list, price, size, LEVEL, 0);
    levels[level] = -list;
    return list;
  }

  /** An empty level is not empty any more. */
  function begin(side: Side, price: number, level: number): void {
    occupy(level);
    if (side === "buy") {
      if (price > bestBid) bestBid = price;
    } else if (price < bestAsk) bestAsk = price;
  }

  function rest(side: Side, price: number, size: number, owner: number, tag: number): number {
    const level = makeLevel(price);
    let list = listOf(level, price);
    if (list === 0) {
      list = takeList();
      levels[level] = -list;
      begin(side, price, level);
    }
    const slot = append(list, price, size, owner, tag);
    if (owner >= 0) {
      const own = (owns[list] as number) + 1;
      owns[list] = own;
      if (own === 1) (side === "buy" ? ownBids : ownAsks).add(price);
    }
    count += 1;
    return slot;
  }

  return {
    get bid() {
      return bestBid;
    },
    get ask() {
      return bestAsk === NONE ? 0 : bestAsk;
    },
    get left() {
      return left;
    },
    get budgetLeft() {
      return budgetLeft;
    },
    get met() {
      return met;
    },
    get count() {
      return count;
    },
    take(side, limit, size, budget, owner) {
      const buying = side === "buy";
      let open = size;
      let money = budget;
      met = 0;
      while (open > 0) {
        const price = buying ? bestAsk : bestBid;
        if (buying ? price > limit || price === NONE : price < limit || price === 0) break;
        const level = levelOf(price);
        const slot = heads[listOf(level, price)] as number;
        if (owner >= 0 && owners[slot] === owner) {
          met = slot;
          break;
        }
        const resting = sizes[slot] as number;
        let traded = resting < open ? resting : open;
        if (money !== Number.POSITIVE_INFINITY) {
          const affordable = Math.floor(money / price);
          if (affordable === 0) break;
          if (affordable < traded) traded = affordable;
          money -= traded * price;
        }
        open -= traded;
        fillAt(slot, level, price, traded);
      }
      left = open;
      budgetLeft = money;
      return open;
    },
    rest,
    cancel(slot, tag) {
      if (slot <= 0 || slot >= used || tag < 0 || tags[slot] !== tag) return false;
      const price = prices[slot] as number;
      const level = levelOf(price);
      const list = -(levels[level] as number);
      totals[list] = (totals[list] as number) - (sizes[slot] as number);
      sizes[slot] = 0;
      unlink(slot, level, price);
      return true;
    },
    resize(slot, size) {
      const price = prices[slot] as number;
      const level = levelOf(price);
      const list = -(levels[level] as number);
      const kept = size > 0 ? size : 0;
      totals[list] = (totals[list] as number) + kept - (sizes[slot] as number);
      sizes[slot] = kept;
      if (kept === 0) unlink(slot, level, price);
    },
    fill(slot, size) {
      const price = prices[slot] as number;
      fillAt(slot, levelOf(price), price, size);
    },
    level(side, at, size) {
      const price = at | 0; // from a column of doubles; whole anyway
      const buying = side === "buy";
      const level = levelOf(price);
      const before = level < 0 ? 0 : (levels[level] as number);
      if (before === 0) {
        if (size === 0) return 0;
        if (buying ? price >= bestAsk : price <= bestBid) return -2;
        const made = level < 0 ? makeLevel(price) : level;
        levels[made] = size;
        begin(side, price, made);
        count += 1;
        return 1;
      }
      if (buying ? price > bestBid : price < bestAsk) return size === 0 ? 0 : -2; // the other side's
      if (before > 0) {
        if (before === size) return 0;
        levels[level] = size;
        if (size > 0) return 1;
        count -= 1;
        vacate(level, price);
        return 1;
      }
      const slot = heads[-before] as number;
      if (owners[slot] !== LEVEL || nexts[slot] !== 0) return -1;
      // it stands alone again
      const alone = sizes[slot] as number;
      dropSlot(slot);
      dropList(-before);
      levels[level] = size;
      if (size === 0) {
        count -= 1;
        vacate(level, price);
      }
      return alone === size ? 0 : 1;
    },
    round() {
      roundNow += 1;
      if (rounds.length === 0) rounds = new Int32Array(pages * PAGE);
    },
    once(price) {
      const level = levelOf(price);
      if (level < 0) return true;
      if (rounds[level] === roundNow) return false;
      rounds[level] = roundNow;
      return true;
    },
    get ownBid() {
      return ownBids.best;
    },
    get ownAsk() {
      return ownAsks.best;
    },
    ownAfter: (side, price) => (side === "buy" ? ownBids : ownAsks).after(price),
    hasOwn(price) {
      const level = levelOf(price);
      const size = level < 0 ? 0 : (levels[level] as number);
      return size < 0 && (owns[-size] as number) > 0;
    },
    sizeAt(price) {
      const level = levelOf(price);
      if (level < 0) return 0;
      const size = levels[level] as number;
      return size >= 0 ? size : (totals[-size] as number);
    },
    below,
    above,
    first(price) {
      const level = levelOf(price);
      return level < 0 ? 0 : (heads[listOf(level, price)] as number);
    },
    last(price) {
      const level = levelOf(price);
      return level < 0 ? 0 : (tails[listOf(level, price)] as number);
    },
    next: (slot) => nexts[slot] as number,
    previous: (slot) => previouses[slot] as number,
    sizeOf: (slot) => sizes[slot] as number,
    priceOf: (slot) => prices[slot] as number,
    ownerOf: (slot) => owners[slot] as number,
    tagOf: (slot) => tags[slot] as number,
  };
}

/** Place of the lowest set bit. */
function lowest(map: number): number {
  return 31 - Math.clz32(map & -map);
}

/** Place of the highest set bit. */
function highest(map: number): number {
  return 31 - Math.clz32(map);
}

/** All bits up to and including `bit`. */
function upTo(bit: number): number {
  return bit === 31 ? -1 : (1 << (bit + 1)) - 1;
}

// Candles as a market: four points each, a book two ticks wide around them, no more size than a share of what was traded.
import { BpError, type InstrumentId, tapeRow } from "@bp/core";
import type { MarketHands } from "../contract.ts";

/** How candles are walked. */
export interface CandleOptions {
  /**
   * Which extreme comes first. `pessimistic` (default): the one that hurts what accounts hold in the market: the low for a
   * long position, the high for a short one. Of a flat market the one away from what rests, so that an entry is not followed
   * by a gift: the high where more buys rest, the low where more sells do. `nearest-first`: the one nearer to the open.
   */
  readonly path?: "pessimistic" | "high-first" | "low-first" | "nearest-first";
  /**
   * Most that accounts trade of a candle's volume at its four points together, above 0 to 1; default 0.1. A candle of less than some
   * lots still shows one lot at each point, so that there is a price.
   */
  readonly volumeShare?: number;
}

/** The candles of all markets of a tape. */
export interface Candles {
  /**
   * One point of a candle.
   *
   * @param kind - one of `tapeRow.open`, `swing1`, `swing2`, `close`
   * @param one, two - as the tape has them
   */
  point(kind: number, id: InstrumentId, one: number, two: number, hands: MarketHands): void;
}

interface Walk {
  /** 0: before the first candle. */
  price: number;
  /** Lots on each side of the book at this point. */
  size: number;
  /** Lots that accounts may still trade of this candle. */
  left: number;
  /** A fourth of what they might at its open. */
  share: number;
  /** Whether the second extreme is the high. */
  highLast: boolean;
}

/**
 * Walks candles.
 *
 * At each point the book is one bid a tick below the price and one ask a tick above it. A resting order is met only when
 * the price goes beyond its own by a tick, and takers pay a tick: without the book and the prints behind a candle, nobody
 * knows better. Prints are not told.
 *
 * @throws BpError `sim/bad-market` for a share that cannot be
 */
export function createCandles(ids: readonly InstrumentId[], options: CandleOptions): Candles {
  const { path = "pessimistic", volumeShare = 0.1 } = options;
  if (!(volumeShare > 0 && volumeShare <= 1))
    throw new BpError("sim/bad-market", { why: `a share of ${volumeShare} of the volume of candles` });
  const walks = new Map<InstrumentId, Walk>(
    ids.map((id) => [id, { price: 0, size: 0, left: 0, share: 0, highLast: false }]),
  );

  const highFirst = (id: InstrumentId, open: number, high: number, low: number, hands: MarketHands): boolean => {
    if (path === "high-first") return true;
    if (path === "low-first") return false;
    const nearest = high - open <= open - low;
    if (path === "nearest-first") return nearest;
    const held = hands.net(id);
    if (held !== 0) return held < 0;
    const resting = hands.resting(id);
    return resting === 0 ? nearest : resting > 0;
  };
  /** Clears the book of the point before and takes what was traded there off what may be traded. */
  const leave = (id: InstrumentId, walk: Walk, hands: MarketHands) => {
    const { price, size } = walk;
    if (price === 0) return;
    const book = hands.rows(id);
    const bids = price > 1 ? size - book.levelAt(price - 1) : 0;
    walk.left -= Math.max(0, bids) + Math.max(0, size - book.levelAt(price + 1));
    if (price > 1) book.level("buy", price - 1, 0);
    book.level("sell", price + 1, 0);
  };
  const move = (id: InstrumentId, walk: Walk, price: number, hands: MarketHands) => {
    leave(id, walk, hands);
    const book = hands.rows(id);
    walk.price = price;
    walk.size = Math.max(1, Math.floor(Math.min(walk.share, walk.left / 2))); // either side may be traded
    if (price > 1) book.level("buy", price - 1, walk.size);
    book.level("sell", price + 1, walk.size);
  };

  return {
    point: (kind, id, one, two, hands) => {
      const walk = walks.get(id);
      if (walk === undefined) return;
      switch (kind) {
        case tapeRow.open:
          leave(id, walk, hands);
          walk.left = two * volumeShare;
          walk.share = walk.left / 4;
          return move(id, walk, one, hands);
        case tapeRow.swing1: {
          const first = highFirst(id, walk.price, one, two, hands);
          walk.highLast = !first;
          return move(id, walk, first ? one : two, hands);
        }
        case tapeRow.swing2:
          return move(id, walk, walk.highLast ? one : two, hands);
        default:
          return move(id, walk, one, hands);
      }
    },
  };
}

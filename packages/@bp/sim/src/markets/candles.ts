// Candles as a market: four points each, a book two ticks wide around them, no more size than a share of what was traded.
import { BpError, type InstrumentId, type Side, tapeRow } from "@bp/core";
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
   * Most that accounts trade of a candle's volume at its four points together, above 0 to 1; default 0.1. One lot is shown at each
   * point in any case, so that there is a price; where a candle has no share left of it, it is not there for who asks for it.
   */
  readonly volumeShare?: number;
  /**
   * Whose volume bounds what accounts get. `candle` (default): that of the candle itself, and of the one before it. `shown`: that of
   * the one before it alone, which is all that is known while a candle lasts; what a check for looks into the future plays with.
   */
  readonly cappedBy?: "candle" | "shown";
}

/** The candles of all markets of a tape. */
export interface Candles {
  /**
   * One point of a candle.
   *
   * @param kind - one of `tapeRow.open`, `swing1`, `swing2`, `close`
   * @param one, two - as the tape has them
   * @returns the price that is reached, ticks; 0 for a market that is not one of these
   */
  point(kind: number, id: InstrumentId, one: number, two: number, hands: MarketHands): number;
}

/** What accounts may trade of a candle by one volume. */
interface Budget {
  /** Lots that are left of it. */
  left: number;
  /** A fourth of what there was at the open. */
  share: number;
}

interface Walk {
  /** 0: before the first candle. */
  price: number;
  /** Of the candle that is played, lots; `undefined`: none was. */
  volume: number | undefined;
  /** By the candle before: what the book shows; `undefined`: there was none, and there is no book. */
  shown: Budget | undefined;
  /** By the candle itself: what is there. */
  there: Budget;
  /** Lots on each side of the book at this point, as they were put there, and those of them that can be traded. */
  readonly put: Record<Side, number>;
  real: number;
  /** Whether the second extreme is the high. */
  highLast: boolean;
}

const budgetOf = (lots: number): Budget => ({ left: lots, share: lots / 4 });
/** Lots of one side at a point that can be traded; either side may be, so one lot needs two that are left. */
const sizeOf = ({ left, share }: Budget) => (left < 2 ? 0 : Math.max(1, Math.floor(Math.min(share, left / 2))));

/**
 * Walks candles.
 *
 * At each point the book is one bid a tick below the price and one ask a tick above it. A resting order is met only when
 * the price goes beyond its own by a tick, and takers pay a tick: without the book and the prints behind a candle, nobody
 * knows better. Prints are not told.
 *
 * How much a candle trades is known at its end. So the book shows a share of what the candle before it traded, and what the candle
 * itself traded bounds fills without being seen: an order that asks for more than its share gets that, and the rest of the level
 * is gone. Before the second candle there are prices, and no book.
 *
 * @throws BpError `sim/bad-market` for a share that cannot be
 */
export function createCandles(ids: readonly InstrumentId[], options: CandleOptions): Candles {
  const { path = "pessimistic", volumeShare = 0.1, cappedBy = "candle" } = options;
  if (!(volumeShare > 0 && volumeShare <= 1))
    throw new BpError("sim/bad-market", { why: `a share of ${volumeShare} of the volume of candles` });
  const walks = new Map<InstrumentId, Walk>(
    ids.map((id) => [
      id,
      {
        price: 0,
        volume: undefined,
        shown: undefined,
        there: budgetOf(0),
        put: { buy: 0, sell: 0 },
        real: 0,
        highLast: false,
      },
    ]),
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
    const { price, put, real, shown, there } = walk;
    if (shown === undefined) return;
    const book = hands.rows(id);
    for (const side of sides) {
      const level = levelOf(side, price);
      if (level === 0) continue;
      const traded = Math.max(0, Math.min(put[side] - book.levelAt(level), real)); // what was hollow was not traded
      shown.left -= traded;
      there.left -= traded;
      book.hollow(side, level, 0);
      book.level(side, level, 0);
    }
  };
  /** Puts the book of a point there, once that of the point before was left. */
  const arrive = (id: InstrumentId, walk: Walk, price: number, hands: MarketHands): number => {
    walk.price = price;
    if (walk.shown === undefined) return price;
    const book = hands.rows(id);
    const shown = Math.max(1, sizeOf(walk.shown));
    const real = Math.min(shown, sizeOf(walk.there));
    walk.real = real;
    for (const side of sides) {
      const level = levelOf(side, price);
      if (level === 0) continue;
      if (real > 0) book.level(side, level, real); // whom it meets gets no more than that
      const left = book.levelAt(level);
      const met = real > 0 && left === 0; // all that is there
      walk.put[side] = met ? real : shown;
      if (met || shown === real) continue;
      // Nothing is there and an order beyond it is not filled: then nothing is shown either.
      if (book.tryLevel(side, level, left + shown - real)) book.hollow(side, level, shown - real);
    }
    return price;
  };
  const move = (id: InstrumentId, walk: Walk, price: number, hands: MarketHands): number => {
    leave(id, walk, hands);
    return arrive(id, walk, price, hands);
  };

  return {
    point: (kind, id, one, two, hands) => {
      const walk = walks.get(id);
      if (walk === undefined) return 0;
      switch (kind) {
        case tapeRow.open:
          leave(id, walk, hands);
          if (walk.volume !== undefined) walk.shown = budgetOf(walk.volume * volumeShare);
          walk.volume = two;
          walk.there =
            cappedBy === "shown" && walk.shown !== undefined ? { ...walk.shown } : budgetOf(two * volumeShare);
          return arrive(id, walk, one, hands);
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

const sides = ["buy", "sell"] as const;
/** Where the book is at a point; 0: nowhere. */
const levelOf = (side: Side, price: number) => (side === "sell" ? price + 1 : price > 1 ? price - 1 : 0);

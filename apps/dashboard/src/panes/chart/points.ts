// What the chart knows: a point a second of each market and of the result, from history and then from frames.
import type { Frame, History, Text } from "../../contract/index.ts";

/** One second. What was not known then is `null`. */
export interface Point {
  /** Seconds since 1970. */
  readonly at: number;
  readonly mid: number | null;
  readonly bid: number | null;
  readonly ask: number | null;
  /** Base, signed. */
  readonly position: number | null;
  /** Quote. */
  readonly net: number | null;
}

/** The points of all markets of a bot. */
export interface Points {
  /** Begins anew with what was before this page; points that are newer than it stay. */
  load(history: History): void;
  /** @returns whether a second has begun or its values have changed */
  add(frame: Frame): boolean;
  /** Oldest first. The same array while it grows: to be read, not kept. */
  of(market: string): readonly Point[];
}

/** A day and more of seconds for each market; of more the oldest tenth goes. */
const most = 100_000;

/** No points. */
export function createPoints(): Points {
  let markets = new Map<string, Point[]>();
  const put = (market: string, point: Point): boolean => {
    const points = markets.get(market) ?? [];
    markets.set(market, points);
    const last = points.at(-1);
    if (last !== undefined && last.at > point.at) return false; // a clock was set back: the chart does not go back
    if (last?.at === point.at) {
      if (isSame(last, point)) return false;
      points[points.length - 1] = point;
      return true;
    }
    points.push(point);
    if (points.length > most) points.splice(0, most / 10);
    return true;
  };
  return {
    load: (history) => {
      const live = markets;
      markets = new Map();
      for (const { market, mid, bid, ask, position } of history.markets)
        for (const [index, at] of history.at.entries()) {
          const value = (list: readonly (number | null)[]) => list[index] ?? null;
          put(market, {
            at,
            mid: value(mid),
            bid: value(bid),
            ask: value(ask),
            position: value(position),
            net: value(history.net),
          });
        }
      for (const [market, points] of live) for (const point of points) put(market, point);
    },
    add: (frame) => {
      const at = Math.floor(frame.run.marketNow / 1_000);
      let changed = false;
      for (const { id, bids, asks, position } of frame.markets) {
        const [bid, ask] = [drawn(bids[0]?.[0]), drawn(asks[0]?.[0])];
        const mid = bid === null || ask === null ? null : (bid + ask) / 2;
        const point = { at, mid, bid, ask, position: drawn(position?.size), net: drawn(frame.money.net) };
        changed = put(id, point) || changed;
      }
      return changed;
    },
    of: (market) => markets.get(market) ?? [],
  };
}

const drawn = (text: Text | undefined): number | null => {
  const value = text === undefined ? Number.NaN : Number(text); // for drawing alone
  return Number.isFinite(value) ? value : null;
};

const isSame = (a: Point, b: Point): boolean =>
  a.bid === b.bid && a.ask === b.ask && a.position === b.position && a.net === b.net;

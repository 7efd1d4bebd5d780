// What a chart begins with: a point a second, fewer of what is longer ago, and the last trades and lines.
import type { FillNow, Frame, History, News } from "dashboard/contract";

/** Steps between points, ms of the bot's clock, and how many points stand in each: 15 minutes, 4 hours, 2 days. */
const steps = [
  { everyMs: 1_000, points: 900 },
  { everyMs: 10_000, points: 1_440 },
  { everyMs: 60_000, points: 2_880 },
] as const;
const fillsMost = 2_000;
const newsMost = 500;

interface Point {
  /** ms of the bot's clock, which tells how long ago it was. */
  readonly clock: number;
  /** Seconds of the market's, in which trades are dated. */
  readonly at: number;
  readonly net: number | null;
  readonly volume: number | null;
  readonly markets: ReadonlyMap<string, MarketPoint>;
}

interface MarketPoint {
  readonly mid: number | null;
  readonly bid: number | null;
  readonly ask: number | null;
  readonly position: number | null;
}

/** Keeps it. */
export interface Chronicle {
  frame(frame: Frame): void;
  news(lines: readonly News[]): void;
  fills(fills: readonly FillNow[]): void;
  history(): History;
}

/** An empty one. */
export function createChronicle(): Chronicle {
  const levels: Point[][] = steps.map(() => []);
  const fills: FillNow[] = [];
  const news: News[] = [];
  const keep = (list: unknown[], most: number) => list.splice(0, Math.max(0, list.length - most));
  return {
    frame: (frame) => {
      let point: Point | undefined;
      for (const [at, { everyMs, points }] of steps.entries()) {
        const level = levels[at] ?? [];
        if (frame.at - (level.at(-1)?.clock ?? -everyMs) < everyMs) continue;
        point ??= pointOf(frame);
        level.push(point);
        keep(level, points);
      }
    },
    news: (lines) => {
      news.push(...lines);
      keep(news, newsMost);
    },
    fills: (trades) => {
      fills.push(...trades);
      keep(fills, fillsMost);
    },
    history: () => historyOf(joined(levels), fills, news),
  };
}

function pointOf({ at, run, money, markets }: Frame): Point {
  return {
    clock: at,
    at: Math.round(run.marketNow / 10) / 100,
    net: numberOf(money.net),
    volume: numberOf(money.volume),
    markets: new Map(
      markets.map(({ id, bids, asks, position }) => {
        const [bid, ask] = [numberOf(bids[0]?.[0]), numberOf(asks[0]?.[0])];
        const mid = bid === null || ask === null ? null : Number(((bid + ask) / 2).toPrecision(12));
        return [id, { mid, bid, ask, position: numberOf(position?.size) }];
      }),
    ),
  };
}

/** The coarser ones up to where the finer ones begin. */
function joined(levels: readonly (readonly Point[])[]): readonly Point[] {
  let all: readonly Point[] = [];
  for (const level of levels) {
    const first = all[0];
    all = first === undefined ? level : [...level.filter(({ clock }) => clock < first.clock), ...all];
  }
  return all;
}

function historyOf(points: readonly Point[], fills: readonly FillNow[], news: readonly News[]): History {
  const ids = [...new Set(points.flatMap(({ markets }) => [...markets.keys()]))];
  const column = (id: string, key: keyof MarketPoint) => points.map(({ markets }) => markets.get(id)?.[key] ?? null);
  return {
    at: points.map(({ at }) => at),
    net: points.map(({ net }) => net),
    volume: points.map(({ volume }) => volume),
    markets: ids.map((market) => ({
      market,
      mid: column(market, "mid"),
      bid: column(market, "bid"),
      ask: column(market, "ask"),
      position: column(market, "position"),
    })),
    fills: [...fills],
    news: [...news],
  };
}

/** For drawing alone. */
function numberOf(text: string | undefined): number | null {
  const found = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(found) ? found : null;
}

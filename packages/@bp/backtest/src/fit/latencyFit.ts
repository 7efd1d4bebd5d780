// How long requests and facts were on their way, from own orders and recorded data.
import type { Tape } from "@bp/core";
import { quantile, quantileOfSorted } from "@bp/report";
import type { OwnOrder } from "./orders.ts";

/** A way, in ms. */
export interface LatencyCurve {
  readonly count: number;
  readonly mean: number;
  /** Of the mean. */
  readonly error: number;
  /** At 1, 5, 25, 50, 75, 90, 95 and 99 % of the messages. */
  readonly quantiles: Readonly<Record<"p1" | "p5" | "p25" | "p50" | "p75" | "p90" | "p95" | "p99", number>>;
}

/** The ways of one venue. A curve is `undefined` where fewer than ten messages tell of it. */
export interface LatencyFit {
  /**
   * How far the venue's clock is ahead of ours, ms, if the quickest message there is as quick as the quickest back: half of what they
   * seem to differ. 0 unless more than one in a hundred messages seem to arrive before they were sent. One-way times are wrong by half
   * of what the two ways really differ; round trips do not depend on clocks.
   */
  readonly clockMs: number;
  /** From the decision until the venue took the order. */
  readonly place: LatencyCurve | undefined;
  /** From the cancel until the order was gone. */
  readonly cancel: LatencyCurve | undefined;
  /** From the decision until we heard that the order stands. */
  readonly placeRound: LatencyCurve | undefined;
  /** From what happened to an order until we heard of it. */
  readonly account: LatencyCurve | undefined;
  /** From what happened in the market until we heard of it. */
  readonly market: LatencyCurve | undefined;
  /** Medians, for `tableLatency`: moment, there and back; a row each stretch of time in which enough was sent. */
  readonly table: readonly (readonly [at: number, upMs: number, downMs: number])[];
  /** A floor and what is added on average, for `drawnLatency`, each way. */
  readonly drawn: { readonly floorMs: number; readonly meanMs: number } | undefined;
  /** As `--latency` of a backtest takes it: medians there and back. */
  readonly flag: string | undefined;
  /** The same as a floor and a mean above it. */
  readonly drawnFlag: string | undefined;
}

const fewest = 10;
/** Rows of the table at most. */
const mostRows = 200;

/**
 * Measures the ways.
 *
 * @param orders - of one venue
 * @param tape - its market data, with both times; left out: the market's way is not told
 */
export function fitLatency(orders: readonly OwnOrder[], tape?: Tape): LatencyFit {
  const up: (readonly [at: number, ms: number])[] = [];
  const down: (readonly [at: number, ms: number])[] = [];
  const cancels: number[] = [];
  const rounds: number[] = [];
  for (const order of orders) {
    const { sentAt, acceptedAt, heardAt, cancelSentAt, endedAt, endHeardAt, end, trades } = order;
    if (acceptedAt !== undefined && heardAt !== undefined) {
      up.push([sentAt, acceptedAt - sentAt]);
      down.push([heardAt, heardAt - acceptedAt]);
      rounds.push(heardAt - sentAt);
    }
    if (end === "cancelled" && cancelSentAt !== undefined && endedAt !== undefined)
      cancels.push(endedAt - cancelSentAt);
    if (endedAt !== undefined && endHeardAt !== undefined) down.push([endHeardAt, endHeardAt - endedAt]);
    for (const trade of trades) down.push([trade.at, trade.at - trade.venueAt]);
  }
  const market = tape === undefined ? [] : delaysOf(tape);
  const leastUp = lowOf([...up.map(([, ms]) => ms), ...cancels]);
  const leastDown = Math.min(lowOf(down.map(([, ms]) => ms)), lowOf(market));
  const apart = leastUp < 0 || leastDown < 0;
  const clockMs = apart && Number.isFinite(leastUp + leastDown) ? (leastUp - leastDown) / 2 : 0;
  const there = up.map(([at, ms]) => [at, ms - clockMs] as const);
  const back = down.map(([at, ms]) => [at, ms + clockMs] as const);
  const place = curveOf(there.map(([, ms]) => ms));
  const account = curveOf(back.map(([, ms]) => ms));
  const known = place !== undefined && account !== undefined;
  const drawn = known ? drawnOf(place, account) : undefined;
  return {
    clockMs,
    place,
    cancel: curveOf(cancels.map((ms) => ms - clockMs)),
    placeRound: curveOf(rounds),
    account,
    market: curveOf(market.map((ms) => ms + clockMs)),
    table: tableOf(there, back),
    drawn,
    flag: known ? `${text(place.quantiles.p50)}/${text(account.quantiles.p50)}` : undefined,
    drawnFlag: drawn === undefined ? undefined : `${text(drawn.floorMs)}+${text(drawn.meanMs)}`,
  };
}

/** Latest arrival less the venue's time, message by message. */
function delaysOf({ rows, kinds, venueAt, at }: Tape): readonly number[] {
  const delays: number[] = [];
  for (let row = 0; row < rows; row++) if ((kinds[row] ?? 0) >= 0x80) delays.push((at[row] ?? 0) - (venueAt[row] ?? 0));
  return delays;
}

/** The quickest but one in a hundred: a single message that is dated wrong sets no clock. */
function lowOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).toSorted();
  return sorted[Math.floor(values.length / 100)] ?? Number.POSITIVE_INFINITY;
}

function lowestOf(values: readonly number[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const each of values) if (each < least) least = each;
  return least;
}

/** @returns `undefined` of fewer than ten */
function curveOf(values: readonly number[]): LatencyCurve | undefined {
  const count = values.length;
  if (count < fewest) return undefined;
  const sorted = Float64Array.from(values).toSorted();
  const mean = values.reduce((sum, each) => sum + each, 0) / count;
  const variance = values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (count - 1);
  const at = (share: number) => quantileOfSorted(sorted, share) ?? 0;
  return {
    count,
    mean,
    error: Math.sqrt(variance / count),
    quantiles: {
      p1: at(0.01),
      p5: at(0.05),
      p25: at(0.25),
      p50: at(0.5),
      p75: at(0.75),
      p90: at(0.9),
      p95: at(0.95),
      p99: at(0.99),
    },
  };
}

function drawnOf(place: LatencyCurve, account: LatencyCurve) {
  const floorMs = Math.max(0, Math.min(place.quantiles.p1, account.quantiles.p1));
  return { floorMs, meanMs: Math.max(0, (place.mean + account.mean) / 2 - floorMs) };
}

type Sample = readonly [at: number, ms: number];

function tableOf(up: readonly Sample[], down: readonly Sample[]): LatencyFit["table"] {
  const from = lowestOf(up.map(([at]) => at));
  const to = up.reduce((last, [at]) => Math.max(last, at), 0);
  const stretch = Math.max(60_000, (to - from) / mostRows);
  const cells = new Map<number, { readonly up: number[]; readonly down: number[] }>();
  const put = (way: "up" | "down", [at, ms]: Sample) => {
    const cell = Math.max(0, Math.floor((at - from) / stretch));
    const found = cells.get(cell) ?? { up: [], down: [] };
    found[way].push(ms);
    cells.set(cell, found);
  };
  for (const each of up) put("up", each);
  for (const each of down) put("down", each);
  return [...cells]
    .toSorted(([a], [b]) => a - b)
    .filter(([, cell]) => cell.up.length >= fewest && cell.down.length >= fewest)
    .map(([cell, ways]) => [from + cell * stretch, medianOf(ways.up), medianOf(ways.down)] as const);
}

function medianOf(values: readonly number[]): number {
  return Math.max(0, quantile(values, 0.5) ?? 0);
}

const text = (ms: number) => String(Number(Math.max(0, ms).toFixed(2)));

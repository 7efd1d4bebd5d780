// An analysis that was made up, with something of everything.
import { random } from "@bp/core";
import type { Analysis } from "../analysis/analysis.ts";

/** How much of it there is, and what things are called. */
export interface FixtureSize {
  readonly points?: number;
  readonly rows?: number;
  readonly markets?: readonly string[];
  readonly run?: string;
  readonly seed?: number;
  readonly drift?: number;
}

const hour = 3_600_000;
const start = Date.UTC(2025, 10, 3);

/** Makes one. The same arguments give the same analysis. */
export function analysisFixture({
  points = 600,
  rows = 12,
  markets = ["backpack:SOL_USDC_PERP"],
  run = "20251103-000000-backtest-ab12",
  seed = 7,
  drift = 0.4,
}: FixtureSize = {}): Analysis {
  const chance = random(seed);
  const at = Array.from({ length: points }, (_, nth) => start + nth * 4 * hour);
  const walk = (from: number, step: number, lean = 0) => {
    let now = from;
    return at.map(() => (now += chance.normal() * step + lean));
  };
  const equity = walk(10_000, 12, drift);
  let best = Number.NEGATIVE_INFINITY;
  const drawdown = equity.map((each) => {
    best = Math.max(best, each);
    return each / best - 1;
  });
  const to = at.at(-1) ?? start;
  const row = (key: string, nth: number) => ({
    key,
    fills: 40 + nth,
    volume: 12_345.6 / (nth + 1),
    share: 1 / (nth + 2),
    makerShare: 0.9,
    realized: chance.normal() * 20,
    fees: 1.25,
    spread: 3 - nth / 4,
    markout1Bps: chance.normal(),
    markout30Bps: nth === 3 ? null : chance.normal(),
  });
  const keys = (name: string) => Array.from({ length: rows }, (_, nth) => `${name}${nth}`);
  const days = Array.from({ length: Math.ceil(points / 6) }, (_, nth) => {
    const [before, after] = [equity[nth * 6] ?? 0, equity[Math.min(points - 1, nth * 6 + 6)] ?? 0];
    return {
      period: new Date(start + nth * 24 * hour).toISOString().slice(0, 10),
      profit: after - before,
      return: after / before - 1,
      fills: 30,
      volume: 4_000,
      fees: 1.5,
    };
  });
  const months = [...new Set(days.map(({ period }) => period.slice(0, 7)))].map((period, nth) => ({
    period,
    profit: (nth - 1) * 20 + 5,
    return: ((nth - 1) * 20 + 5) / 10_000,
    fills: 900,
    volume: 100_000,
    fees: 40,
  }));
  const line = (value: readonly number[]) => ({ at, value });
  return {
    version: 1,
    meta: {
      run,
      mode: "backtest",
      strategy: "maker",
      models: ["queue: prints", "latency: 20 ms there, 20 ms back", "seed: 1"],
      seed: 1,
      dataDigest: "ab".repeat(32),
      lacks: ["our orders move no market", "marks: none in the data"],
      from: start,
      to,
      quote: "USDC",
      markets,
      capital: { amount: "10000", from: "told" },
      sampleMs: 4 * hour,
      periodsPerYear: 2_190,
      riskFreeRate: 0,
      fills: 812,
      externalFills: 0,
      orders: { placed: 4_000, filled: 700, cancelled: 3_200, rejected: 4, expired: 90, gone: 1, doubted: 0 },
      unconverted: [],
    },
    metrics: [
      {
        group: "return",
        key: "total-return",
        name: "Total return",
        value: 0.0124,
        unit: "fraction",
        how: "change of equity over the capital",
      },
      { group: "return", key: "net-profit", name: "Net profit", value: 124.5, unit: "quote", how: "equity" },
      {
        group: "risk",
        key: "max-drawdown",
        name: "Largest drawdown",
        value: -0.0213,
        unit: "fraction",
        how: "samples of equity, every 4 h",
      },
      {
        group: "ratio",
        key: "sharpe",
        name: "Sharpe",
        value: 1.84,
        unit: "ratio",
        how: "2190 periods a year, risk-free rate 0, returns of equity every 4 h",
      },
      {
        group: "trade",
        key: "win-rate",
        name: "Winners",
        value: 0.56,
        unit: "fraction",
        how: "round trips, first in first out, after fees",
      },
      {
        group: "trade",
        key: "holding",
        name: "Mean time held",
        value: 432_000,
        unit: "ms",
        how: "round trips, first in first out, after fees",
      },
      { group: "maker", key: "maker-share", name: "Maker share", value: 0.93, unit: "fraction", how: "of the volume" },
      {
        group: "confidence",
        key: "psr",
        name: "Probabilistic Sharpe",
        value: null,
        unit: "fraction",
        how: "too short",
      },
    ],
    profit: {
      spread: "310.123456789",
      selection: [1_000, 5_000, 30_000, 300_000].map((horizonMs, nth) => ({
        horizonMs,
        adverse: `${100 + nth * 20}.5`,
        inventory: (nth * 20 - 19.5).toFixed(1),
        settled: 812 - nth,
      })),
      carried: "0",
      fees: "80.000000001",
      rebates: "12.5",
      feeDrift: "0",
      funding: "-3.25",
      equityChange: "119.373456788",
      residual: "0",
    },
    series: {
      equity: line(equity),
      drawdown: line(drawdown),
      markets: markets.map((market) => {
        const price = walk(150, 0.6);
        return {
          market,
          venue: "backpack",
          base: "SOL",
          quote: "USDC",
          price: line(price),
          inventory: line(walk(0, 1).map((each) => Math.round(each * 10) / 10)),
          fills: {
            at: at.filter((_, nth) => nth % 4 === 0),
            price: price.filter((_, nth) => nth % 4 === 0),
            size: at.filter((_, nth) => nth % 4 === 0).map((_, nth) => (nth % 2 === 0 ? 1 : -1)),
            maker: at.filter((_, nth) => nth % 4 === 0).map((_, nth) => (nth % 5 === 0 ? 0 : 1)),
          },
          fillsEvery: 3,
        };
      }),
      rolling: {
        windowMs: 30 * 24 * hour,
        volatility: line(walk(0.2, 0.01).map(Math.abs)),
        sharpe: line(walk(1, 0.1)),
        sortino: line(walk(1.5, 0.1)),
        beta: { at: [], value: [] },
      },
    },
    markouts: (["both", "buy", "sell"] as const).flatMap((side, nth) =>
      [1_000, 5_000, 30_000, 300_000].map((horizonMs, step) => ({
        side,
        horizonMs,
        bps: 1.8 - step * 0.6 - nth * 0.2,
        standardError: 0.1 + step * 0.12,
        captureBps: 2,
        fills: 800 - step,
      })),
    ),
    days,
    months,
    years: [{ period: "2025", profit: 118, return: 0.0118, fills: 812, volume: 400_000, fees: 80 }],
    tables: [
      { by: "slot", rows: keys("maker/bid-").map(row) },
      { by: "side", rows: ["buy", "sell"].map(row) },
      { by: "hour", rows: ["00", "01", "13"].map(row) },
      { by: "venue", rows: ["backpack"].map(row) },
    ],
    trades: {
      count: 1_234,
      newest: Array.from({ length: Math.min(500, rows * 20) }, (_, nth) => ({
        market: markets[0] ?? "",
        side: nth % 2 === 0 ? ("long" as const) : ("short" as const),
        openedAt: start + nth * hour,
        closedAt: start + nth * hour + 432_000,
        size: 1.25,
        entry: 150 + nth / 100,
        exit: 150.2 + nth / 100,
        profit: chance.normal(),
        fees: 0.02,
        worst: -0.4,
        best: 0.9,
        slot: "maker/bid-0",
      })),
      histogram: [-2, -1, 0, 1].map((from, nth) => ({ from, to: from + 1, trades: 100 + nth * 80 })),
    },
    drawdowns: [
      {
        depth: -0.0213,
        amount: -213,
        from: start + 9 * hour,
        lowest: start + 80 * hour,
        recovered: start + 200 * hour,
      },
      { depth: -0.01, amount: -100, from: start + 300 * hour, lowest: start + 310 * hour, recovered: null },
    ],
    funding: {
      venues: [{ venue: "backpack", amount: "-3.25", settlements: 40 }],
      settlements: Array.from({ length: rows }, (_, nth) => ({
        at: start + nth * hour,
        venue: "backpack",
        market: markets[0] ?? "",
        amount: "-0.08125",
      })),
    },
    hedge: {
      latencyMs: [0.5, 0.9, 0.99].map((quantile, nth) => ({ quantile, ms: 120 * (nth + 1) })),
      latencies: [
        { upToMs: 100, hedges: 40 },
        { upToMs: 1_000, hedges: 120 },
        { upToMs: null, hedges: 3 },
      ],
    },
    confidence: {
      intervals: [{ key: "sharpe", level: 0.9, low: -0.2, high: 3.4 }],
      cone: {
        paths: 500,
        seed: 1,
        at: at.filter((_, nth) => nth % 30 === 0),
        quantiles: [0.05, 0.5, 0.95].map((quantile) => ({
          quantile,
          value: at.filter((_, nth) => nth % 30 === 0).map((_, nth) => (quantile - 0.45) * Math.sqrt(nth) * 100),
        })),
      },
      trials: 24,
      probabilisticSharpe: 0.93,
      deflatedSharpe: 0.41,
      pbo: 0.3,
    },
  };
}

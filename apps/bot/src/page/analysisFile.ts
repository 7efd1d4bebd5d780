// An analysis as a file: what `bot report RUN --json --full` wrote, read and checked before anything is made of it.
import { readFileSync, statSync } from "node:fs";
import { BpError } from "@bp/core";
import type { Analysis } from "@bp/report";
import { z } from "zod";
import { systemCodeOf } from "../failures.ts";

/** Larger ones are no analysis, bytes. */
const mostBytes = 64 * 1_048_576;

const number = z.number();
const maybe = z.number().nullable();
const money = z.string().regex(/^-?\d{1,40}(\.\d{1,40})?$/, "decimal text such as -12.5");
const list = <Item extends z.ZodType>(item: Item) => z.array(item).max(100_000);
const points = z
  .object({ at: list(number), value: list(number) })
  .refine(({ at, value }) => at.length === value.length, "two columns of equal length");
const period = z.object({
  period: z.string(),
  profit: number,
  return: maybe,
  fills: number,
  volume: number,
  fees: number,
});

const meta = z.object({
  run: z.string(),
  mode: z.enum(["live", "paper", "sandbox", "memory", "backtest"]),
  strategy: z.string().nullable(),
  models: list(z.string()),
  seed: maybe,
  dataDigest: z.string().nullable(),
  lacks: list(z.string()),
  from: number,
  to: number,
  quote: z.string(),
  markets: list(z.string()),
  capital: z.object({ amount: money, from: z.enum(["told", "balances", "largest-exposure", "unknown"]) }),
  sampleMs: number,
  periodsPerYear: number,
  riskFreeRate: number,
  fills: number,
  externalFills: number,
  orders: z.object({
    placed: number,
    filled: number,
    cancelled: number,
    rejected: number,
    expired: number,
    gone: number,
    doubted: number,
  }),
  unconverted: list(z.string()),
});

const metric = z.object({
  group: z.enum(["return", "risk", "ratio", "trade", "exposure", "maker", "hedge", "confidence"]),
  key: z.string(),
  name: z.string(),
  value: maybe,
  unit: z.enum(["fraction", "ratio", "quote", "quote-seconds", "quote/base", "bps", "count", "ms", "moment"]),
  how: z.string(),
  caution: z.enum(["short"]).optional(),
});

const profit = z.object({
  spread: money,
  selection: list(z.object({ horizonMs: number, adverse: money, inventory: money, settled: number })),
  carried: money,
  fees: money,
  rebates: money,
  feeDrift: money,
  funding: money,
  equityChange: money,
  residual: money,
});

const market = z.object({
  market: z.string(),
  venue: z.string(),
  base: z.string(),
  quote: z.string(),
  price: points,
  inventory: points,
  fills: z.object({ at: list(number), price: list(number), size: list(number), maker: list(number) }),
  fillsEvery: number,
});

const row = z.object({
  key: z.string(),
  fills: number,
  volume: number,
  share: number,
  makerShare: number,
  realized: number,
  fees: number,
  spread: maybe,
  markout1Bps: maybe,
  markout30Bps: maybe,
});

const trip = z.object({
  market: z.string(),
  side: z.enum(["long", "short"]),
  openedAt: number,
  closedAt: number,
  size: number,
  entry: number,
  exit: number,
  profit: number,
  fees: number,
  worst: maybe,
  best: maybe,
  slot: z.string(),
});

const confidence = z.object({
  intervals: list(z.object({ key: z.string(), level: number, low: number, high: number })),
  cone: z
    .object({
      paths: number,
      seed: number,
      at: list(number),
      quantiles: list(z.object({ quantile: number, value: list(number) })),
    })
    .nullable(),
  trials: maybe,
  probabilisticSharpe: maybe,
  deflatedSharpe: maybe,
  pbo: maybe,
});

const analysis = z.object({
  version: z.literal(1),
  meta,
  metrics: list(metric),
  profit,
  series: z.object({
    equity: points,
    drawdown: points,
    markets: list(market),
    rolling: z.object({ windowMs: number, volatility: points, sharpe: points, sortino: points, beta: points }),
  }),
  markouts: list(
    z.object({
      side: z.enum(["buy", "sell", "both"]),
      horizonMs: number,
      bps: maybe,
      standardError: maybe,
      captureBps: maybe,
      fills: number,
    }),
  ),
  days: list(period),
  months: list(period),
  years: list(period),
  tables: list(
    z.object({ by: z.enum(["slot", "strategy", "side", "hour", "venue", "market", "liquidity"]), rows: list(row) }),
  ),
  trades: z.object({
    count: number,
    newest: list(trip),
    histogram: list(z.object({ from: number, to: number, trades: number })),
  }),
  drawdowns: list(z.object({ depth: number, amount: number, from: number, lowest: number, recovered: maybe })),
  funding: z.object({
    venues: list(z.object({ venue: z.string(), amount: money, settlements: number })),
    settlements: list(z.object({ at: number, venue: z.string(), market: z.string(), amount: money })),
  }),
  hedge: z
    .object({
      latencyMs: list(z.object({ quantile: number, ms: number })),
      latencies: list(z.object({ upToMs: maybe, hedges: number })),
    })
    .nullable(),
  confidence,
});

/**
 * Reads one.
 *
 * @param file - an absolute path
 * @throws BpError `config/unreadable` if it cannot be read or is no JSON, `config/invalid` naming the first key that is wrong
 */
export function readAnalysis(file: string): Analysis {
  return checkedAnalysis(jsonOf(file), file, "bot report RUN --json --full writes such a file");
}

/**
 * What was parsed of JSON, as an analysis.
 *
 * @param where - it stands, @param hint - where one is to be had: for a person
 * @throws BpError `config/invalid` naming the first key that is wrong
 */
export function checkedAnalysis(value: unknown, where: string, hint: string): Analysis {
  const parsed = analysis.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.join(".") ?? "";
  throw new BpError("config/invalid", {
    path: path === "" ? where : `${where}, ${path}`,
    found: issue?.code === "invalid_type" && path === "" ? "another kind of file" : "another value",
    expected: issue?.message ?? "an analysis",
    hint,
  });
}

function jsonOf(file: string): unknown {
  try {
    const { size } = statSync(file);
    if (size > mostBytes) throw new RangeError(`${size} bytes are more than an analysis has`);
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const why =
      error instanceof SyntaxError
        ? `no JSON: ${error.message}`
        : error instanceof RangeError
          ? error.message
          : systemCodeOf(error);
    throw new BpError("config/unreadable", { file, why });
  }
}

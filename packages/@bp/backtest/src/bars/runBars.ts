// A light run over candles, for rules that wish a position at each close: orders, fees and equity, and nothing else of an exchange.
import { BpError } from "@bp/core";
import { type BarColumns, checkBars } from "./columns.ts";
import { type BarOrders, createOrderList } from "./orders.ts";

/**
 * Says what should be held after a candle: a share of the equity, 1 all of it long, -1 all of it short, 0 nothing. Called once for each
 * candle, at its close, in the order of time; it sees no later one. NaN: as before.
 */
export type BarRule = (close: number, open: number, high: number, low: number, volume: number, at: number) => number;

/** Money is in quote, sizes in base. */
export interface BarsOptions {
  /** What it begins with, above 0. */
  readonly equity: number;
  /** Fraction of the notional of each order, below 1; negative: a rebate. */
  readonly fee: number;
  /** How much worse than the open an order is filled, as a fraction of it, 0 to below 1; default 0. */
  readonly slippage?: number;
  /** Sizes are whole multiples of it, above 0; default: any size. */
  readonly lot?: number;
  /** Orders below this notional are not placed; default 0. */
  readonly minNotional?: number;
  /** Most of the equity that is held, in multiples; a wish beyond is cut. Above 0, default 1. */
  readonly leverage?: number;
}

/** What came of it. Figures are doubles: good to some 1e-9 of the equity, no ledger. */
export interface BarsResult {
  readonly orders: BarOrders;
  /** At the close of each candle, what is held valued there. */
  readonly equity: Float64Array;
  /** Profit that was taken, before fees. */
  readonly realized: number;
  readonly fees: number;
  /** Base, signed. */
  readonly position: number;
  /** Mean price of what is held; 0 without. */
  readonly entry: number;
  /** Largest fall from a high of the equity, as a fraction of that high. */
  readonly drawdown: number;
  /** The candle at whose close nothing was left, after which nothing was done; `undefined`: none. */
  readonly ruinedAt: number | undefined;
  /** What such a run cannot show, for every report that is made of it. */
  readonly lacks: readonly string[];
}

const lacks = [
  "candles alone: orders are filled at the next open, whatever their size",
  "no funding, no margin calls within a candle, no latency",
];

/**
 * Runs a rule over candles. What it wishes at a close is ordered then and filled at the next open; the order of the last candle is never
 * filled. An order is placed when the wish differs from the last one, so that a position drifts with the price and is not trimmed at
 * each candle.
 *
 * @throws BpError `sim/bad-market` for a candle that cannot be, `config/invalid` for an option that cannot be
 * @example
 * const { equity, orders } = runBars(bars, smaCross(10, 30), { equity: 10_000, fee: 0.0005 });
 */
export function runBars(bars: BarColumns, rule: BarRule, options: BarsOptions): BarsResult {
  checkBars(bars);
  const { equity: begin, fee, slippage = 0, lot = 0, minNotional = 0, leverage = 1 } = checked(options);
  const { count, at, open, high, low, close, volume } = bars;
  const curve = new Float64Array(count);
  const orders = createOrderList();
  let cash = begin; // what would be there with what is held given away
  let position = 0;
  let entry = 0;
  let realized = 0;
  let fees = 0;
  let wish = 0;
  let ordered = Number.NaN; // the wish that waits for the next open
  let peak = begin;
  let drawdown = 0;
  let ruinedAt: number | undefined;

  const trade = (bar: number, size: number) => {
    const price = (open[bar] as number) * (size > 0 ? 1 + slippage : 1 - slippage);
    const notional = Math.abs(size) * price;
    const cost = notional * fee;
    let profit = 0;
    const closing = position * size < 0 ? Math.min(Math.abs(size), Math.abs(position)) : 0;
    if (closing > 0) profit = closing * (price - entry) * Math.sign(position);
    const before = position;
    position = Math.abs(before + size) < 1e-12 * Math.abs(size) ? 0 : before + size;
    if (position === 0) entry = 0;
    else if (before * position < 0 || before === 0) entry = price;
    else if (closing === 0) entry = (entry * Math.abs(before) + notional) / Math.abs(position);
    cash -= size * price + cost;
    realized += profit;
    fees += cost;
    orders.add(bar, price, size, cost, profit);
  };
  /** Fills what was ordered at the close before. */
  const fill = (bar: number, share: number) => {
    const price = open[bar] as number;
    const each = price * (1 + slippage) * (1 + Math.max(0, fee)); // so that fees are paid out of the share
    const worth = cash + position * price;
    const target = (share * worth) / each;
    const change = target - position;
    const size = lot > 0 ? Math.trunc(change / lot + Math.sign(change) * 1e-9) * lot : change;
    const closes = share === 0 || worth <= 0; // what is lost is not bet again
    const wanted = closes ? -position : size;
    if (wanted === 0 || (!closes && Math.abs(wanted) * price < minNotional)) return;
    trade(bar, wanted);
  };

  for (let bar = 0; bar < count; bar++) {
    if (!Number.isNaN(ordered)) {
      fill(bar, ordered);
      ordered = Number.NaN;
    }
    const last = close[bar] as number;
    const worth = cash + position * last;
    curve[bar] = worth;
    if (worth > peak) peak = worth;
    else if (peak - worth > drawdown * peak) drawdown = (peak - worth) / peak;
    if (worth <= 0) {
      ruinedAt = bar;
      curve.fill(worth, bar);
      break;
    }
    const said = rule(
      last,
      open[bar] as number,
      high[bar] as number,
      low[bar] as number,
      volume[bar] as number,
      at[bar] as number,
    );
    const next = said > leverage ? leverage : said < -leverage ? -leverage : said;
    if (next === wish || Number.isNaN(next)) continue;
    wish = next;
    ordered = next;
  }
  return { orders: orders.columns(), equity: curve, realized, fees, position, entry, drawdown, ruinedAt, lacks };
}

function checked(options: BarsOptions): BarsOptions {
  const { equity, fee, slippage = 0, lot = 1, minNotional = 0, leverage = 1 } = options;
  const wrong = (path: string, found: number, expected: string) =>
    new BpError("config/invalid", { path, found: String(found), expected });
  if (!(equity > 0 && equity < Infinity)) throw wrong("equity", equity, "a number above 0");
  if (!(fee > -1 && fee < 1)) throw wrong("fee", fee, "a fraction between -1 and 1");
  if (!(slippage >= 0 && slippage < 1)) throw wrong("slippage", slippage, "a fraction from 0 to below 1");
  if (!(lot > 0 && lot < Infinity)) throw wrong("lot", lot, "a size above 0");
  if (!(minNotional >= 0 && minNotional < Infinity)) throw wrong("minNotional", minNotional, "an amount of 0 or more");
  if (!(leverage > 0 && leverage <= 1_000)) throw wrong("leverage", leverage, "a number above 0, at most 1000");
  return options;
}

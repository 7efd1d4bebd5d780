// The venue's margin tables as core's function of the position: an upper bound that touches them where they are steepest.
import { decimal, type Instrument, type MarginFunction } from "@bp/core";
import type { LeverageBracket } from "../rest/futures/account/leverageBracket.ts";

/** Decimals of a factor: it is an estimate, and tiny. */
const places = 12;
/** Figures this close count as equal. */
const almost = 1 - 1e-9;

/**
 * Initial and maintenance margin of a market.
 *
 * The venue: initial = notional / leverage, the leverage being the account's setting and at most that of the bracket; maintenance =
 * notional × ratio − cum. Core: `max(base, factor × sqrt(notional))`, never below them.
 *
 * @param leverage - the account's setting for this market; the most of the first bracket if it is not known
 */
export function marginOf({ brackets }: LeverageBracket, leverage: number | undefined): Instrument["margin"] {
  const rows = brackets.map(({ initialLeverage, notionalFloor, notionalCap, maintMarginRatio, cum }) => ({
    initial: 1 / initialLeverage,
    floor: Number(notionalFloor),
    cap: Number(notionalCap),
    ratio: Number(maintMarginRatio),
    cum: Number(cum),
  }));
  const first = rows.toSorted((a, b) => a.floor - b.floor)[0];
  if (first === undefined || !rows.every(({ initial, ratio }) => initial > 0 && ratio > 0)) return undefined;
  const setting = leverage === undefined || !(leverage > 0) ? 0 : 1 / leverage;
  const initial = bound(Math.max(first.initial, setting), rows, ({ initial: fraction }) => fraction);
  const maintenance = bound(first.ratio, rows, ({ ratio, cum }, notional) => ratio - cum / notional);
  return { initial, maintenance };
}

interface Row {
  readonly initial: number;
  readonly floor: number;
  readonly cap: number;
  readonly ratio: number;
  readonly cum: number;
}

/** The smallest factor whose function is nowhere below `fraction`, at the places where that can be tight. */
function bound(base: number, rows: readonly Row[], fraction: (row: Row, notional: number) => number): MarginFunction {
  let factor = 0;
  for (const row of rows) {
    const steepest = (3 * row.cum) / row.ratio; // of (ratio − cum / n) / sqrt(n)
    const crossing = row.ratio > base ? row.cum / (row.ratio - base) : row.floor; // where it comes out of the base
    for (const place of [row.floor, row.cap, steepest, crossing]) {
      const at = Math.min(row.cap, Math.max(row.floor, place));
      if (!(at > 0) || !Number.isFinite(at)) continue;
      const wanted = fraction(row, at);
      if (wanted >= base * almost) factor = Math.max(factor, wanted / Math.sqrt(at));
    }
  }
  return { base: decimal(base.toFixed(places)), factor: decimal(ceil(factor).toFixed(places)) };
}

function ceil(value: number): number {
  return Math.ceil(value * 10 ** places) / 10 ** places;
}

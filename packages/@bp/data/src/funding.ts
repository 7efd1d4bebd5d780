// Funding rates and marks beside whatever else is known of a market.
import { BpError, type InstrumentId, type Tape, tapeRow } from "@bp/core";
import { joinTapes } from "./join.ts";
import { createTapeWriter } from "./writer.ts";

/** A rate that was paid. */
export interface PaidRate {
  /** When, ms since 1970. */
  readonly at: number;
  /** Fraction of the notional of one interval; positive: longs pay. */
  readonly rate: number;
}

/** A mark at a moment. */
export interface MarkPoint {
  /** ms since 1970. */
  readonly at: number;
  /** Ticks; may have a fraction. */
  readonly mark: number;
  /** Ticks; default: the mark. */
  readonly index?: number;
}

/** Announced so long before it is paid: a rate that nobody could know before must not be told before. */
const leadMs = 60_000;

/**
 * Adds funding to a market of a tape. A rate is told a minute before it is paid, at the nearest whole second: files of exchanges
 * have some ms of jitter.
 *
 * @param market - one of the tape's
 * @param rates - in the order of time
 * @param marks - in the order of time; without them the middle of the book or the candle is the mark
 * @throws BpError `data/no-market`; `data/overlap` where the tape has funding or marks of that time already
 */
export function withFunding(
  tape: Tape,
  market: InstrumentId,
  rates: readonly PaidRate[],
  marks: readonly MarkPoint[] = [],
): Tape {
  const instrument = tape.instruments.find(({ id }) => id === market);
  if (instrument === undefined)
    throw new BpError("data/no-market", {
      file: market,
      hint: `the tape has ${tape.instruments.map(({ id }) => id).join(", ")}`,
    });
  const stamps = rates.map(({ at }) => stampOf(at));
  const intervalMs = Math.min(...stamps.slice(1).map((each, place) => each - (stamps[place] ?? 0)));
  const paid = Number.isFinite(intervalMs) && intervalMs > 0 ? { fundingIntervalMs: intervalMs } : {};
  const ratesWriter = createTapeWriter([{ ...instrument, ...paid }]);
  for (const [place, { rate }] of rates.entries()) {
    const stamp = stamps[place] ?? 0;
    ratesWriter.row(tapeRow.funding, 0, stamp - leadMs, stamp - leadMs, rate, stamp);
    ratesWriter.end();
  }
  const marksWriter = createTapeWriter([instrument]);
  for (const { at, mark, index = mark } of marks) {
    marksWriter.row(tapeRow.mark, 0, at, at, mark, index);
    marksWriter.end();
  }
  return joinTapes([tape, ratesWriter.finish([]), marksWriter.finish([])].filter(({ rows }) => rows > 0));
}

/** The moment of a payment: the nearest whole second. */
export const stampOf = (at: number): number => Math.round(at / 1_000) * 1_000;

/** When a payment is told. */
export const toldAt = (stamp: number): number => stamp - leadMs;

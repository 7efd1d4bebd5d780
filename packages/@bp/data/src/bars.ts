// Candles as rows: four moments each, as far apart as a candle can say.
import { BpError, type Instrument, type Tape, tapeRow } from "@bp/core";
import { createTapeWriter, type TapeWriter } from "./writer.ts";

/** One candle on the grid of its market. */
export interface Bar {
  /** When it opened, ms since 1970. */
  readonly at: number;
  /** Ticks, whole and above 0. */
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Lots, whole, 0 or more. */
  readonly volume: number;
}

/** What no result of candles can show. */
export const candlesLack =
  "candles alone: no book, no prints, no places in queues; a resting order is met when the price goes beyond it";

/**
 * Candles as a tape. Each has its open, both swings a third and two thirds later, and its close a millisecond before the next one.
 *
 * @param bars - in the order of time
 * @param stepMs - the length of a candle, 4 ms or more
 * @throws BpError `data/bad-line` for one that is no candle or not after the one before it; the line is its place, from 1
 */
export function tapeOfBars(instrument: Instrument, bars: Iterable<Bar>, stepMs: number): Tape {
  if (!(stepMs >= 4)) throw new RangeError(`candles of ${stepMs} ms`);
  const writer = createTapeWriter([instrument]);
  let place = 0;
  let missing = 0;
  let last: number | undefined;
  for (const bar of bars) {
    place += 1;
    const why = wrongIn(bar, last, stepMs);
    if (why !== undefined) throw new BpError("data/bad-line", { file: instrument.id, line: place, why });
    if (last !== undefined && bar.at >= last + 2 * stepMs) missing += Math.round((bar.at - last) / stepMs) - 1;
    last = bar.at;
    writeBar(writer, 0, bar, stepMs);
  }
  return writer.finish(
    missing === 0 ? [candlesLack] : [candlesLack, `${missing} candles are missing: nothing happens there`],
  );
}

/** Adds one candle. */
export function writeBar(writer: TapeWriter, market: number, bar: Bar, stepMs: number): void {
  const { at, open, high, low, close, volume } = bar;
  const third = Math.floor(stepMs / 3);
  const put = (kind: number, when: number, a: number, b: number) => {
    writer.row(kind, market, when, when, a, b);
    writer.end();
  };
  put(tapeRow.open, at, open, volume);
  put(tapeRow.swing1, at + third, high, low);
  put(tapeRow.swing2, at + 2 * third, high, low);
  put(tapeRow.close, at + stepMs - 1, close, volume);
}

function wrongIn(bar: Bar, last: number | undefined, stepMs: number): string | undefined {
  const { at, open, high, low, close, volume } = bar;
  const found = `open ${open}, high ${high}, low ${low}, close ${close}, volume ${volume}`;
  if (![open, high, low, close, volume].every(Number.isSafeInteger)) return `a candle off its grid: ${found}`;
  if (!(low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close) && volume >= 0))
    return `no candle: ${found}`;
  if (!Number.isFinite(at)) return `a candle without a moment: ${at}`;
  if (last !== undefined && at < last + stepMs)
    return `a candle at ${at} that is less than ${stepMs} ms after the one before it, at ${last}`;
  return undefined;
}

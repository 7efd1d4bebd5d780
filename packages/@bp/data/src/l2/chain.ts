// Recordings that follow each other: their symbols are read into one tape, and ids go on from one file to the next.
import type { Instrument, Tape } from "@bp/core";
import type { Reading } from "../file.ts";
import { joinTapes } from "../join.ts";
import { createTapeWriter, type TapeWriter } from "../writer.ts";
import type { Cast } from "./infer.ts";
import { createPart, type Part } from "./part.ts";

/** One or several recordings of the same symbols. */
export interface Chain {
  readonly parts: ReadonlyMap<string, Part>;
  /** When the last line was received, µs. */
  lastUs: number;
  /** The files that went into it. */
  readonly readings: Reading[];
  /** @param lacks - what it cannot show is added */
  finish(lacks: string[]): Tape;
}

/** Nobody is so far from an exchange, ms. */
const slowMs = 5_000;

/** An empty one. */
export function createChain(cast: readonly Cast[]): Chain {
  const instruments: readonly Instrument[] = cast.map(({ instrument }) => instrument);
  const writer = createTapeWriter(instruments);
  const parts = new Map<string, Part>();
  for (const [place, { symbol, instrument }] of cast.entries())
    parts.set(symbol, createPart(symbol, instruments, place, instrument, writer));
  const readings: Reading[] = [];
  return {
    parts,
    lastUs: 0,
    readings,
    finish: (lacks) => {
      const reading = readings.at(-1);
      const all = [...parts.values()];
      const blind = new Map<string, TapeWriter>();
      for (const { symbol, book } of all) {
        const side = reading === undefined ? undefined : book.blind(reading);
        if (side !== undefined) blind.set(symbol, side);
      }
      lacks.push(...lacksOf(all, [...blind.keys()], readings));
      const writers = [writer, ...blind.values()];
      const skewMs = Math.max(...writers.map((each) => each.skewMs));
      if (skewMs > 0)
        reading?.warnings.push(
          `the recorder's clock was ${skewMs.toFixed(0)} ms or more behind the venue's: venue times are moved by that`,
        );
      for (const each of writers) each.behind(skewMs); // one recorder, one clock
      const lagMs = Math.min(...writers.filter(({ rows }) => rows > 0).map((each) => each.leastLagMs));
      if (Number.isFinite(lagMs) && lagMs > slowMs)
        reading?.warnings.push(
          `nothing was received less than ${Math.floor(lagMs / 1_000)} s after it happened: the recorder's clock was ahead, or its line slow`,
        );
      const tapes = writers.map((each) => each.finish([])).filter(({ rows }) => rows > 0);
      return tapes.length === 0 ? createTapeWriter(instruments).finish([]) : joinTapes(tapes);
    },
  };
}

function lacksOf(parts: readonly Part[], blind: readonly string[], readings: readonly Reading[]): readonly string[] {
  const lacks: string[] = [];
  if (blind.length > 0)
    lacks.push(`no snapshot of ${blind.join(", ")}: the book is what has changed since the data begin`);
  const gaps = readings.reduce((sum, each) => sum + each.gaps, 0);
  if (gaps > 0) lacks.push(`${gaps} gaps: a book is lost there until the next snapshot`);
  for (const { symbol, book } of parts)
    if (book.lostSince !== undefined)
      lacks.push(
        `the book of ${symbol} is lost from ${new Date(book.lostSince).toISOString()} to the end: no snapshot follows`,
      );
  return lacks;
}

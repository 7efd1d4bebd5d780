// Files of a recording that follow each other, as one: what stands at the end of one goes on in the next.
import { type Instrument, tapeRow } from "@bp/core";
import { createTapeWriter, type TapeWriter } from "../writer.ts";
import type { RecordingHeader } from "./format.ts";

/** Files that were read as one. */
export interface RecordingRun {
  readonly instruments: readonly Instrument[];
  readonly writer: TapeWriter;
  /** What it cannot show. */
  readonly lacks: string[];
  /** Places of the markets whose books are known. */
  readonly known: Set<number>;
  /** Rate and moment of the newest funding, by place. */
  readonly funding: Map<number, string>;
  /** The newest header. */
  header: RecordingHeader;
  /** When its last line was received, ms. */
  lastAt: number;
  /** Whether the last file ended because the next one began. */
  rotated: boolean;
  gaps: number;
}

/**
 * The run that a file goes on with, or a new one. Books are known on through a rotation; whatever else lies between two
 * files, a restart or a cut, they are lost from the last line on.
 */
export function runOf(runs: RecordingRun[], header: RecordingHeader): RecordingRun {
  const { venue, instruments, started, session, part } = header;
  const found = runs.find(
    (each) => each.header.venue === venue && each.lastAt <= started && isSame(each.instruments, instruments),
  );
  if (found === undefined) {
    const run: RecordingRun = {
      instruments,
      writer: createTapeWriter(instruments),
      lacks: [],
      known: new Set(),
      funding: new Map(),
      header,
      lastAt: started,
      rotated: false,
      gaps: 0,
    };
    runs.push(run);
    return run;
  }
  const follows = found.rotated && found.header.session === session && found.header.part + 1 === part;
  if (!follows) loseBooks(found, found.lastAt);
  found.header = header;
  found.rotated = false;
  return found;
}

/** All books that are known are lost from a moment on. */
export function loseBooks({ known, writer }: RecordingRun, at: number): void {
  for (const place of known) writer.row(tapeRow.lost, place, at, at, 0, 0);
  writer.end();
  known.clear();
}

/** What all of it lacks, once it was read. */
export function lacksOf({ gaps, lacks }: RecordingRun): readonly string[] {
  if (gaps === 0) return lacks;
  return [...lacks, `${gaps} gaps: books are lost there until they were told anew`];
}

/** Markets at the same places on the same grids. */
const isSame = (one: readonly Instrument[], other: readonly Instrument[]) =>
  one.length === other.length &&
  one.every(({ id, tickSize, lotSize }, at) => {
    const there = other[at];
    return there?.id === id && there.tickSize === tickSize && there.lotSize === lotSize;
  });

// A recorded book, put together from snapshots and frames by their update ids.
import { createDepthSync, type DepthSync, type Instrument, tapeRow } from "@bp/core";
import type { Reading } from "../file.ts";
import type { TapeWriter } from "../writer.ts";
import { type BlindBook, createBlindBook } from "./blind.ts";
import { createKnown } from "./known.ts";
import type { DepthLine, SnapshotLine } from "./line.ts";
import { rowsOf } from "./rows.ts";

/** Frames that are kept while there is no snapshot; where there are more, the book is what changes from the first of them on. */
const mostWaiting = 200_000;

/** The book of one symbol while it is read. */
export interface RecordedBook {
  /** Since when it is lost, ms; `undefined` while it is known, or never was. */
  readonly lostSince: number | undefined;
  hear(line: DepthLine | SnapshotLine, reading: Reading): void;
  /** All that is known is void: something of it could not be read. */
  spoil(us: number, reading: Reading): void;
  /** At the end: its levels on a tape of their own where no snapshot ever fitted. */
  blind(reading: Reading): TapeWriter | undefined;
}

/**
 * A book of which nothing is known. Frames wait for a snapshot and then happen when it came. A frame that does not follow on
 * loses the book until the next snapshot.
 *
 * @param place - of its instrument in the writer
 */
export function createRecordedBook(
  instruments: readonly Instrument[],
  place: number,
  instrument: Instrument,
  writer: TapeWriter,
): RecordedBook {
  const known = createKnown(instrument);
  let now: Reading;
  const put = rowsOf(writer, place, () => now);
  let sync: DepthSync<DepthLine> | undefined;
  let early: DepthLine[] = []; // until the first snapshot that fits
  let blind: BlindBook | undefined;
  let everWhole = false;
  let last: number | undefined; // update id up to which it is known
  let linked = false; // a frame was applied since the snapshot
  let lostSince: number | undefined;
  let floorUs = 0;

  const apply = (frame: DepthLine) => {
    const us = Math.max(frame.us, floorUs);
    known.lay(frame.bids, frame.asks, (kind, price, size) => put(kind, us, frame.venueUs, price, size));
    writer.end();
    last = frame.last;
    linked = true;
  };
  const syncOf = (rule: DepthLine["venue"]): DepthSync<DepthLine> => {
    const lost = () => undefined; // the verdict says so
    sync ??= createDepthSync<DepthLine>({ rule, ids: (frame) => frame, limit: mostWaiting, apply, lost });
    return sync;
  };
  const lose = (us: number, reading: Reading) => {
    known.clear();
    if (last === undefined) return; // it is lost already, or was never known: no other gap
    reading.gaps += 1;
    last = undefined;
    lostSince = us / 1_000;
    put(tapeRow.lost, us, undefined, 0, 0);
    writer.end();
  };
  const goBlind = (reading: Reading): BlindBook | undefined => {
    if (early.length === 0) return blind;
    blind ??= createBlindBook(instruments, place, instrument);
    for (const frame of early) blind.hear(frame, reading);
    early = [];
    return blind;
  };
  const depth = (frame: DepthLine, reading: Reading) => {
    if (blind !== undefined && !everWhole) return blind.hear(frame, reading);
    if (last === undefined) known.check(frame.bids, frame.asks); // it may wait: its own line is to be named
    const verdict = syncOf(frame.venue).frame(frame);
    if (verdict === "drop" && linked) reading.duplicates += 1;
    else if (verdict === "gap" || verdict === "stale-snapshot") {
      lose(frame.us, reading);
      known.check(frame.bids, frame.asks); // it waits too
    } else if (verdict === "buffer" && !everWhole && early.push(frame) >= mostWaiting) goBlind(reading);
  };
  const snapshot = (line: SnapshotLine, reading: Reading) => {
    const own = syncOf(line.venue);
    if (own.live && last !== undefined && line.last < last) return; // older than what is known
    known.check(line.bids, line.asks); // before anything is told of it
    floorUs = line.us;
    const fits = own.snapshot(line.last, () => {
      known.clear();
      put(tapeRow.reset, line.us, undefined, 0, 0);
      known.lay(line.bids, line.asks, (kind, price, size) => put(kind, line.us, undefined, price, size));
      writer.end();
      last = line.last;
      linked = false;
    });
    if (!fits) return lose(line.us, reading); // frames are missing between it and those that wait
    everWhole = true;
    early = [];
    lostSince = undefined;
  };

  return {
    get lostSince() {
      return lostSince;
    },
    hear: (line, reading) => {
      now = reading;
      if (line.kind === "depth") depth(line, reading);
      else snapshot(line, reading);
    },
    spoil: (us, reading) => {
      sync?.lose();
      if (blind === undefined) lose(us, reading);
    },
    blind: (reading) => (everWhole ? blind?.writer : goBlind(reading)?.writer),
  };
}

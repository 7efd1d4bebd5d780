// Reads our own recordings into a tape.
import { tapeRow } from "@bp/core";
import type { Reading } from "../file.ts";
import { type FlatLevels, type RecordingLine, readHeader } from "./format.ts";
import { readRecordingLine } from "./line.ts";
import { loseBooks, type RecordingRun, runOf } from "./run.ts";

/** What was received on two connections is heard in an order that may differ by so much from that of its dates, ms. */
const dawdleMs = 1_000;

/** Reads the lines after the header of one file. */
export interface RecordingReader {
  line(text: string): void;
  /** The run that the file is a part of, for the next files and for its tape. */
  finish(): RecordingRun;
}

/**
 * Begins with a header. A line that cannot be read and is only counted loses all books until they are told anew: what it
 * said of them is not known.
 *
 * @param runs - of the files before; the file goes on with one of them, or begins another
 * @throws BpError `data/unknown-format`
 */
export function createRecordingReader(reading: Reading, text: string, runs: RecordingRun[]): RecordingReader {
  const header = readHeader(reading.file, text);
  reading.format = `our recording of ${header.venue}`;
  const run = runOf(runs, header);
  const { writer, known, instruments } = run;

  const put = (kind: number, [, market, venueAt, at]: Placed, a: number, b: number) =>
    writer.row(kind, market, venueAt, at, a, b);
  const levels = (kind: number, line: Placed, found: FlatLevels) => {
    for (let at = 0; at < found.length; at += 2) put(kind, line, found[at] ?? 0, found[at + 1] ?? 0);
  };
  const gap = (at: number) => {
    reading.gaps += 1;
    run.gaps += 1;
    loseBooks(run, at);
  };
  const moment = (at: number) => {
    if (at < run.lastAt - dawdleMs) reading.backwards += 1;
    run.lastAt = Math.max(run.lastAt, at);
  };
  const book = (line: Extract<RecordingLine, readonly ["s" | "r" | "c", ...unknown[]]>) => {
    const [kind, market, , , bids, asks] = line;
    if (kind === "c" ? !known.has(market) : kind === "s" && known.has(market)) return;
    if (kind !== "c") put(tapeRow.reset, line, 0, 0);
    known.add(market);
    levels(tapeRow.bid, line, bids);
    levels(tapeRow.ask, line, asks);
  };
  const mark = (line: Extract<RecordingLine, readonly ["m", ...unknown[]]>) => {
    const [, market, , , marked, index, rate, fundingAt] = line;
    const told = `${rate} ${fundingAt}`;
    if (fundingAt > 0 && run.funding.get(market) !== told) {
      run.funding.set(market, told);
      put(tapeRow.funding, line, rate, fundingAt);
    }
    put(tapeRow.mark, line, marked, index);
  };
  const take = (line: RecordingLine) => {
    if (line[0] === "g") {
      moment(line[1]);
      return gap(line[1]);
    }
    if (line[0] === "e") {
      moment(line[1]);
      run.rotated = line[2] === "rotated";
      return;
    }
    moment(line[3]);
    switch (line[0]) {
      case "s":
      case "r":
      case "c":
        return book(line);
      case "t":
        return put(line[6] === "b" ? tapeRow.bought : tapeRow.sold, line, line[4], line[5]);
      case "m":
        return mark(line);
      case "l":
        reading.gaps += 1;
        run.gaps += 1;
        if (known.delete(line[1])) put(tapeRow.lost, line, 0, 0);
        return;
      case "i":
        return; // told to people: a tape has a market's figures once
    }
  };

  return {
    line: (each) => {
      if (each.trim() === "") return;
      const found = readRecordingLine(each, instruments.length);
      if (found === undefined) {
        reading.spoilt("it is cut, or no line of a recording");
        loseBooks(run, run.lastAt);
      } else take(found);
      writer.end();
    },
    finish: () => run,
  };
}

type Placed = Extract<RecordingLine, readonly [string, market: number, venueAt: number, at: number, ...unknown[]]>;

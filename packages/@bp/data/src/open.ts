// Reads one file to its end: what is in it tells who reads it.
import { BpError, type Tape } from "@bp/core";
import { isTapeFile, openTape } from "./cache.ts";
import { type Table, tableOf } from "./csv/columns.ts";
import { createLevelsReader } from "./csv/levels.ts";
import { createTableReader, type RawTable, type TableReader } from "./csv/table.ts";
import type { Reading } from "./file.ts";
import type { Chain } from "./l2/chain.ts";
import { createL2Reader, type L2Reader, type Recordings } from "./l2/reader.ts";
import { type LinesEnd, linesOf } from "./lines.ts";
import { nameOf } from "./name.ts";
import { isRecordingHeader } from "./record/format.ts";
import { createRecordingReader, type RecordingReader } from "./record/read.ts";
import type { RecordingRun } from "./record/run.ts";

/** A file that has been read, before its market is settled. */
export type Read =
  | { readonly kind: "table"; readonly table: RawTable }
  | { readonly kind: "tape"; readonly tape: Tape }
  | { readonly kind: "frames"; readonly chain: Chain }
  | { readonly kind: "recording"; readonly run: RecordingRun };

/** What was read, and what is missing of it. */
export interface ReadFile {
  readonly read: Read;
  readonly lacks: readonly string[];
}

/**
 * Reads one file. One that is cut is read to its last whole line.
 *
 * @throws BpError `data/unknown-format`, `data/bad-line`, `data/no-market`; `data/damaged` for a damaged gzip stream, unless
 *   lines that cannot be read are only to be counted
 */
export async function readFile(reading: Reading, recordings: Recordings): Promise<ReadFile> {
  const { file } = reading;
  if (isTapeFile(file)) return readStored(reading);
  const end: LinesEnd = { broken: undefined, whole: true };
  const lacks: string[] = [];
  let target: Target | undefined;
  let held: string | undefined; // the last line may be cut: it is read when there is another one, or when the file ended well
  const feed = (text: string) => {
    reading.line += 1;
    if (target !== undefined) return target.line(text);
    if (text.trim() === "") return;
    target = targetOf(reading, text, recordings);
    if (target.takesFirst) target.line(text);
  };
  for await (const lines of linesOf(file, end))
    for (const text of lines) {
      if (held !== undefined) feed(held);
      held = text;
    }
  if (end.broken === "damaged" && reading.options.onBad !== "count")
    throw new BpError("data/damaged", {
      file,
      line: reading.line,
      why: `its gzip stream breaks after line ${reading.line}, and lines before may be wrong: get it again`,
    });
  const isCut = held !== undefined && !end.whole && (end.broken !== undefined || (target?.isCut ?? isOpen)(held));
  if (held !== undefined && !isCut) feed(held);
  if (end.broken !== undefined)
    reading.warnings.push(`its gzip stream is ${end.broken}: it ends at line ${reading.line}`);
  else if (isCut) reading.warnings.push("its last line is cut and was left out");
  else if (!end.whole)
    reading.warnings.push("its last line has no end: if the file was cut, its last value may be too");
  if (target === undefined)
    throw new BpError("data/unknown-format", {
      file,
      found: end.broken === undefined ? "nothing" : `a gzip stream that is ${end.broken}, without a whole line`,
      why: "there is nothing to read",
    });
  reading.cut = isCut || end.broken !== undefined;
  if (reading.cut) lacks.push(`${nameOf(file)} is cut: its end is missing`);
  return { read: target.finish(reading.cut), lacks };
}

function readStored(reading: Reading): ReadFile {
  const tape = openTape(reading.file);
  reading.format = "a tape";
  reading.line = tape.rows;
  return { read: { kind: "tape", tape }, lacks: [] };
}

/** A frame that is not closed. */
const isOpen = (text: string) => /^\s*[{[]/.test(text) && !/[}\]]\s*$/.test(text);
/** A row that has fewer columns than the others. */
const isShort =
  ({ width }: Table) =>
  (text: string) =>
    text.trim() !== "" && text.split(",").length < width;

interface Target {
  /** Whether the first line is one to be read, or a header. */
  readonly takesFirst: boolean;
  readonly line: (text: string) => void;
  /** Whether a last line without an end is cut for certain. */
  readonly isCut: (text: string) => boolean;
  readonly finish: (isCut: boolean) => Read;
}

/** Who reads a file, by its first line. @throws BpError `data/unknown-format` */
function targetOf(reading: Reading, first: string, recordings: Recordings): Target {
  const text = first.trim().replace(/^\uFEFF/, "");
  if (text.startsWith("{")) {
    if (isRecordingHeader(text)) return recordingTarget(createRecordingReader(reading, text, recordings.runs));
    return framesTarget(createL2Reader(reading, recordings));
  }
  const table = tableOf(reading.file, text.split(","));
  if (table.kind !== "levels") return tableTarget(createTableReader(reading, table), table);
  const frames = createL2Reader(reading, recordings);
  const levels = createLevelsReader(reading, table, frames);
  return {
    takesFirst: !table.hasHeader,
    line: levels.line,
    isCut: isShort(table),
    finish: (cut) => {
      levels.finish(cut);
      return { kind: "frames", chain: frames.finish() };
    },
  };
}

const tableTarget = (reader: TableReader, table: Table): Target => ({
  takesFirst: !table.hasHeader,
  line: reader.line,
  isCut: isShort(table),
  finish: () => ({ kind: "table", table: reader.finish() }),
});

const framesTarget = (reader: L2Reader): Target => ({
  takesFirst: true,
  line: reader.line,
  isCut: isOpen,
  finish: () => ({ kind: "frames", chain: reader.finish() }),
});

function recordingTarget(reader: RecordingReader): Target {
  return {
    takesFirst: false,
    line: (text) => reader.line(text),
    isCut: isOpen,
    finish: () => ({ kind: "recording", run: reader.finish() }),
  };
}

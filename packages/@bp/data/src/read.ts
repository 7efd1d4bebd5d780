// Files of any known kind as one tape.
import {
  BpError,
  type Instrument,
  type InstrumentId,
  type InstrumentSketch,
  instrument,
  symbolOf,
  type Tape,
} from "@bp/core";
import type { RecordedAs } from "@bp/sim";
import { tableOf } from "./csv/columns.ts";
import { createLevelsReader } from "./csv/levels.ts";
import { stepOf } from "./csv/number.ts";
import { createTableReader, type RawTable, type TableReader } from "./csv/table.ts";
import { createReading, type FileReport, type Reading, type ReadOptions, reportOf, symbolIn } from "./file.ts";
import { joinTapes } from "./join.ts";
import { createL2Reader, type L2Reader } from "./l2.ts";
import { type LinesEnd, linesOf } from "./lines.ts";
import { isRecordingHeader } from "./record/format.ts";
import { createRecordingReader, type RecordingReader } from "./record/read.ts";
import { sliceTape } from "./slice.ts";
import { createTapeWriter, type TapeWriter } from "./writer.ts";

/** What was read. */
export interface ReadTape {
  readonly tape: Tape;
  readonly files: readonly FileReport[];
  /** What a person should know, of all files; each begins with the file's name. */
  readonly warnings: readonly string[];
}

/** A file that has been read, before its market is settled. */
type Read =
  | { readonly kind: "table"; readonly table: RawTable }
  | {
      readonly kind: "frames";
      readonly writer: TapeWriter;
      readonly lacks: readonly string[];
      readonly reading: Reading;
    };

/**
 * Reads recordings, candles, trades, marks and funding rates into one tape. What is in a file tells its format, not its name;
 * the name tells the market where nothing in the file does.
 *
 * Files of one symbol become one market: prices and sizes are on the coarsest grid that holds all of them, which is the
 * exchange's own grid where enough was recorded; say it in `as` where it matters.
 *
 * @param files - in any order; gzip or plain
 * @throws BpError `config/unreadable`, `data/unknown-format`, `data/no-market`, `data/bad-line`, `data/overlap`
 */
export async function readTape(files: readonly string[], options: ReadOptions = {}): Promise<ReadTape> {
  if (files.length === 0) throw new BpError("data/no-market", { file: "no file", hint: "name one" });
  const reads: Read[] = [];
  const readings: Reading[] = [];
  for (const file of files) {
    const reading = createReading(file, options);
    readings.push(reading);
    reads.push(await readFile(reading));
  }
  const frames = reads.flatMap((each) => (each.kind === "frames" ? [each] : []));
  const tapes = frames.map(({ writer, lacks, reading }) => {
    const { skewMs } = writer;
    const tape = writer.finish(lacks);
    if (skewMs > 0)
      reading.warnings.push(
        `the recorder's clock was ${skewMs.toFixed(0)} ms or more behind the venue's: venue times are moved by that`,
      );
    return tape;
  });
  const known = tapes.flatMap(({ instruments }) => instruments);
  const tables = reads.flatMap((each) => (each.kind === "table" ? [each.table] : []));
  for (const [symbol, group] of grouped(tables, options)) {
    const market = marketOf(symbol, group, known, options.as ?? []);
    const writers = group.map((table) => {
      const writer = createTapeWriter([market]);
      const lacks: string[] = [];
      table.write(writer, 0, market, lacks);
      return writer.finish(lacks);
    });
    tapes.push(...writers);
  }
  const { from, to } = options;
  const joined = joinTapes(tapes);
  const tape = from === undefined && to === undefined ? joined : sliceTape(joined, from, to);
  if (tape.rows === 0)
    throw new BpError("data/no-market", {
      file: files.join(", "),
      hint: "nothing in it that could be played, in the time that was asked for",
    });
  const reports = readings.map(reportOf);
  return {
    tape,
    files: reports,
    warnings: reports.flatMap(({ file, warnings }) => warnings.map((each) => `${file}: ${each}`)),
  };
}

/** Reads one file to its end. */
async function readFile(reading: Reading): Promise<Read> {
  const { file } = reading;
  const end: LinesEnd = { broken: undefined, whole: true };
  const lacks: string[] = [];
  let target: Target | undefined;
  let held: string | undefined; // the last line may be cut: it is read when there is another one, or when the file ended well
  const feed = (text: string) => {
    reading.line += 1;
    if (target === undefined) {
      if (text.trim() === "") return;
      target = targetOf(reading, text);
      if (target.takesFirst) target.line(text);
    } else target.line(text);
  };
  for await (const lines of linesOf(file, end))
    for (const text of lines) {
      if (held !== undefined) feed(held);
      held = text;
    }
  if (end.broken !== undefined) reading.warnings.push(`${end.broken}: it ends at line ${reading.line}`);
  const isCut = held !== undefined && (end.broken !== undefined || (!end.whole && !endsLikeALine(held)));
  if (held !== undefined && !isCut) feed(held);
  else if (isCut) reading.warnings.push("its last line is cut and was left out");
  if (target === undefined) throw new BpError("data/unknown-format", { file, found: "nothing", why: "it is empty" });
  const read = target.finish(lacks);
  if (isCut || end.broken !== undefined) lacks.push(`${file.replace(/^.*[/\\]/, "")} is cut: its end is missing`);
  return read;
}

const endsLikeALine = (text: string) =>
  text.trim() === "" || text.endsWith("}") || text.endsWith("]") || /^[^{[]*$/.test(text);

interface Target {
  readonly takesFirst: boolean;
  line(text: string): void;
  finish(lacks: string[]): Read;
}

/** Who reads a file, by its first line. @throws BpError `data/unknown-format` */
function targetOf(reading: Reading, first: string): Target {
  const text = first.trim();
  if (text.startsWith("{")) {
    if (isRecordingHeader(text)) return recordingTarget(createRecordingReader(reading, text), reading);
    return framesTarget(createL2Reader(reading), reading);
  }
  const table = tableOf(reading.file, text.split(","));
  if (table.kind !== "levels") return tableTarget(createTableReader(reading, table), !table.hasHeader);
  const frames = createL2Reader(reading);
  const levels = createLevelsReader(reading, table, frames);
  const target = framesTarget(frames, reading);
  return {
    takesFirst: !table.hasHeader,
    line: levels.line,
    finish: (lacks) => {
      levels.flush();
      return target.finish(lacks);
    },
  };
}

const tableTarget = (reader: TableReader, takesFirst: boolean): Target => ({
  takesFirst,
  line: reader.line,
  finish: () => ({ kind: "table", table: reader.finish() }),
});

const framesTarget = (reader: L2Reader, reading: Reading): Target => ({
  takesFirst: true,
  line: reader.line,
  finish: (lacks) => ({ kind: "frames", writer: reader.finish(lacks), lacks, reading }),
});

const recordingTarget = (reader: RecordingReader, reading: Reading): Target => ({
  takesFirst: false,
  line: (text) => reader.line(text),
  finish: (lacks) => ({ kind: "frames", writer: reader.finish(lacks), lacks, reading }),
});

/** Tables by the symbol that they are of. */
function grouped(tables: readonly RawTable[], { as = [] }: ReadOptions): ReadonlyMap<string, readonly RawTable[]> {
  const groups = new Map<string, RawTable[]>();
  const [only] = as;
  for (const table of tables) {
    const symbol =
      table.symbol ??
      symbolIn(table.reading.file) ??
      (as.length === 1 && only !== undefined ? (only.symbol ?? symbolOf(only.id)) : undefined);
    if (symbol === undefined)
      throw new BpError("data/no-market", {
        file: table.reading.file,
        hint: "neither it nor its name say of which market it is: name it like BTCUSDT-1m.csv, or say --as BTCUSDT=backpack:BTC_USDC_PERP",
      });
    const group = groups.get(symbol) ?? [];
    group.push(table);
    groups.set(symbol, group);
  }
  return groups;
}

/** The market of some tables: a recorded one of the same coin where there is one, else what their digits show. */
function marketOf(
  symbol: string,
  tables: readonly RawTable[],
  known: readonly Instrument[],
  as: readonly RecordedAs[],
): Instrument {
  const wanted = as.find((each) => (each.symbol ?? symbolOf(each.id)).toUpperCase() === symbol.toUpperCase());
  const recorded = known.find(({ id }) => id === wanted?.id || bare(symbolOf(id)) === bare(symbol));
  const funding = tables.find(({ kind, stepMs }) => kind === "funding" && stepMs > 0);
  if (recorded !== undefined) return recorded;
  const [, base = symbol, quote = "USDT"] =
    /^(.+?)_?(USDT|USDC|FDUSD|BUSD|USD|BTC|ETH|BNB|EUR)(?:_.*)?$/.exec(symbol.toUpperCase()) ?? [];
  const isSpot = tables.some((each) => each.isSpot) && funding === undefined;
  const sketch: InstrumentSketch = {
    id: `backpack:${base}_${quote}${isSpot ? "" : "_PERP"}` as InstrumentId,
    base,
    quote,
    tickSize: stepOf(Math.max(...tables.map(({ priceDigits }) => priceDigits))),
    lotSize: stepOf(Math.max(...tables.map(({ sizeDigits }) => sizeDigits))),
    kind: isSpot ? "spot" : "perp",
    ...definedOf(wanted),
  };
  const made = instrument(sketch);
  return funding === undefined ? made : { ...made, fundingIntervalMs: funding.stepMs };
}

function definedOf(wanted: RecordedAs | undefined): Partial<InstrumentSketch> {
  if (wanted === undefined) return {};
  const { symbol: _, ...rest } = wanted;
  return rest;
}

const bare = (symbol: string) =>
  symbol
    .toUpperCase()
    .replace(/_PERP$/, "")
    .replace(/[^A-Z0-9]/g, "");

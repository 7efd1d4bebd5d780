// Files of any known kind as one tape.
import { BpError, type Tape } from "@bp/core";
import { checkTape } from "./check.ts";
import { createReading, type Reading, type ReadOptions, type ReadTape, reportOf } from "./file.ts";
import { joinTapes } from "./join.ts";
import { FinerGrid } from "./l2/finer.ts";
import type { Digits, RecordedAs } from "./l2/infer.ts";
import type { Recordings } from "./l2/reader.ts";
import { lacksOf, spoiltIn } from "./lacks.ts";
import { grouped, marketOf } from "./market.ts";
import { nothingLeft } from "./nothing.ts";
import { type ReadFile, readFile } from "./open.ts";
import { inOrder } from "./order.ts";
import { lacksOf as lacksOfRun } from "./record/run.ts";
import { sliceTape } from "./slice.ts";
import { cached, type StoredRead, type WholeRead } from "./stored.ts";
import { lacksOfPart, toldOfWhole } from "./told.ts";
import { createTapeWriter } from "./writer.ts";

/**
 * Reads recordings, candles, trades, marks and funding rates into one tape. What is in a file tells its format, not its name;
 * the name tells the market where nothing in the file does.
 *
 * Files of one symbol become one market: prices and sizes are on the coarsest grid that holds all of them, which is the
 * exchange's own grid where enough was recorded; say it in `as` where it matters. Recordings that follow each other are read
 * as one.
 *
 * @param files - in any order; gzip or plain
 * @throws BpError `config/unreadable`, `data/unknown-format`, `data/no-market`, `data/bad-line`, `data/overlap`, `data/damaged`
 */
export async function readTape(files: readonly string[], options: ReadOptions = {}): Promise<ReadTape> {
  if (files.length === 0) throw new BpError("data/no-market", { file: "no file", hint: "name one" });
  const twice = files.find((each, at) => files.indexOf(each) !== at);
  if (twice !== undefined) throw new BpError("data/overlap", { market: twice, why: "it is named twice" });
  const ordered = await inOrder(files);
  return cutOf(files, await cached(files, options, () => readWhole(files, ordered, options)), options);
}

async function readWhole(
  files: readonly string[],
  ordered: readonly string[],
  options: ReadOptions,
): Promise<WholeRead> {
  const finer = new Map<string, Digits>();
  for (;;) {
    try {
      return await readAll(files, ordered, options, finer);
    } catch (error) {
      if (!(error instanceof FinerGrid)) throw error;
      const { price = 0, size = 0 } = finer.get(error.symbol) ?? {};
      const { digits } = error;
      if (digits.price <= price && digits.size <= size) throw error; // cannot be: what is known is used
      finer.set(error.symbol, { price: Math.max(price, digits.price), size: Math.max(size, digits.size) });
    }
  }
}

async function readAll(
  files: readonly string[],
  ordered: readonly string[],
  options: ReadOptions,
  finer: ReadonlyMap<string, Digits>,
): Promise<WholeRead> {
  const readings = new Map<string, Reading>(files.map((file) => [file, createReading(file, options)]));
  const recordings: Recordings = { chains: [], runs: [], finer };
  const reads: ReadFile[] = [];
  for (const file of ordered) {
    const reading = readings.get(file);
    if (reading !== undefined) reads.push(await readFile(reading, recordings));
  }
  const tape = joinTapes(tapesOf(reads, recordings, options));
  return { tape, files: [...readings.values()].map(reportOf) };
}

/** The time that was asked for, and what is to be said of it. */
function cutOf(
  files: readonly string[],
  { tape: whole, files: reports, cache, troubles }: StoredRead,
  { from, to }: ReadOptions,
): ReadTape {
  const isPart = from !== undefined || to !== undefined;
  const cut = isPart ? sliceTape(whole, from, to) : whole;
  if (cut.rows === 0)
    throw new BpError("data/no-market", {
      file: files.join(", "),
      hint: isPart ? `${nothingLeft}, in the time that was asked for` : nothingLeft,
    });
  const checked = checkTape(cut);
  const told = isPart ? reports.map((each) => ({ ...each, warnings: each.warnings.map(toldOfWhole) })) : reports;
  const spoilt = spoiltIn(reports);
  const lacks = isPart
    ? [...lacksOfPart(cut.lacks, checked), ...lacksOf(checked), ...spoilt.map(toldOfWhole)]
    : [...cut.lacks, ...lacksOf(checked), ...spoilt];
  return {
    tape: { ...cut, lacks },
    files: told,
    warnings: [...told.flatMap(({ file, warnings }) => warnings.map((each) => `${file}: ${each}`)), ...troubles],
    report: { ...checked, lacks },
    cache,
  };
}

/** @throws BpError `data/no-market` for a market that a person names and no file has */
function refuseUnknown(tapes: readonly Tape[], as: readonly RecordedAs[]): void {
  const ids = [...new Set(tapes.flatMap(({ instruments }) => instruments.map(({ id }) => id)))];
  const missing = as.find(({ id }) => !ids.includes(id));
  if (missing !== undefined)
    throw new BpError("data/no-market", {
      file: missing.id,
      hint: `no file has ${missing.symbol ?? "a market of it"}, only ${ids.join(", ")}`,
    });
}

/** A tape of each recording, each table, and each file that is one. */
function tapesOf(reads: readonly ReadFile[], { chains, runs }: Recordings, { as = [] }: ReadOptions): readonly Tape[] {
  const general = reads.flatMap(({ lacks }) => lacks);
  const tapes = chains.map((chain): Tape => {
    const lacks: string[] = [];
    const tape = chain.finish(lacks);
    return { ...tape, lacks };
  });
  for (const run of runs) tapes.push(run.writer.finish(lacksOfRun(run)));
  for (const { read } of reads) if (read.kind === "tape") tapes.push(read.tape);
  const known = tapes.flatMap(({ instruments }) => instruments);
  const tables = reads.flatMap(({ read }) => (read.kind === "table" ? [read.table] : []));
  const groups = grouped(tables, as);
  for (const [symbol, group] of groups) {
    const told = groups.size === 1 && chains.length === 0 ? as.map((each) => ({ symbol, ...each })) : as; // one market needs no name
    const market = marketOf(symbol, group, known, told);
    for (const table of group) {
      const writer = createTapeWriter([market]);
      const lacks: string[] = [];
      table.write(writer, 0, market, lacks);
      tapes.push(writer.finish(lacks));
    }
  }
  refuseUnknown(tapes, as);
  const [first, ...others] = tapes;
  return first === undefined ? [] : [{ ...first, lacks: [...first.lacks, ...general] }, ...others];
}

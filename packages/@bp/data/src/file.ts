// A file that is being read: which line, what was wrong with it, what is known of its market.
import { BpError, type Tape } from "@bp/core";
import type { TapeReport } from "./check/report.ts";
import type { RecordedAs } from "./l2/infer.ts";

/** What a person says about files that do not say it themselves. */
export interface ReadOptions {
  /** Which symbols become which markets; what is left out is inferred from the data and the file's name. */
  readonly as?: readonly RecordedAs[];
  /** First moment that is kept, ms since 1970. */
  readonly from?: number;
  /** The end, not kept itself. */
  readonly to?: number;
  /** A line that cannot be read: stop there with its number (default), or count it in `bad` and go on. */
  readonly onBad?: "throw" | "count";
  /** Folder where what was read is kept, made if it is not there; it is used again while files and options are the same. */
  readonly cacheDir?: string;
  /** What else must be the same for it to be used again, such as a digest of the code that reads. */
  readonly cacheFor?: string;
}

/** What was read of one file, all of it: also where a part of its time was asked for. */
export interface FileReport {
  readonly file: string;
  /** In words: `candles of 1 minute`. */
  readonly format: string;
  readonly lines: number;
  /** Whether its end is missing: its last line or its gzip stream is cut. What follows `lines` is not there. */
  readonly cut: boolean;
  /** Lines that could not be read; of a table of levels an update of several lines may count as one. */
  readonly bad: number;
  /** Times that update ids did not follow on, candles were missing, or a recorder said so. */
  readonly gaps: number;
  /** Lines that were there twice. */
  readonly duplicates: number;
  /** Times that a line was dated before the one above it. */
  readonly backwards: number;
  /** Times that the venue dated a frame more than ten minutes away from when it was received, which then stands in for it. */
  readonly undated: number;
  /** Lines of symbols that are not read, by symbol. */
  readonly foreign: Readonly<Record<string, number>>;
  /** What a person should know. */
  readonly warnings: readonly string[];
}

/** What was read. */
export interface ReadTape {
  readonly tape: Tape;
  /** In the order of the files. */
  readonly files: readonly FileReport[];
  /** What a person should know, of all files; each begins with the file's name. */
  readonly warnings: readonly string[];
  /** What the tape holds, and what is wrong with it. */
  readonly report: TapeReport;
  /** Of `cacheDir`: whether it was found there, or is kept there from now on; `undefined`: neither. */
  readonly cache?: "found" | "kept" | undefined;
}

/** The same while it is counted. */
export interface Reading {
  readonly file: string;
  readonly options: ReadOptions;
  format: string;
  line: number;
  cut: boolean;
  bad: number;
  /** Of the lines that could not be read the one that was found first, and why: what is no line is found before what is off the grid. */
  spoiltLine: string;
  gaps: number;
  duplicates: number;
  backwards: number;
  undated: number;
  readonly foreign: Map<string, number>;
  readonly warnings: string[];
  /**
   * Deals with a line as it was asked for.
   *
   * @param line - default: the present one
   * @throws BpError `data/bad-line`
   */
  spoilt(why: string, line?: number): void;
}

/** Begins to count. */
export function createReading(file: string, options: ReadOptions): Reading {
  const reading: Reading = {
    file,
    options,
    format: "",
    line: 0,
    cut: false,
    bad: 0,
    spoiltLine: "",
    gaps: 0,
    duplicates: 0,
    backwards: 0,
    undated: 0,
    foreign: new Map(),
    warnings: [],
    spoilt: (why, line = reading.line) => {
      if (options.onBad !== "count") throw new BpError("data/bad-line", { file, line, why });
      if (reading.bad === 0) reading.spoiltLine = `line ${line}: ${why}`;
      reading.bad += 1;
    },
  };
  return reading;
}

/** The report of a reading that is over. */
export function reportOf(reading: Reading): FileReport {
  const { file, format, line, cut, bad, spoiltLine, gaps, duplicates, backwards, undated, foreign, warnings } = reading;
  const said = [...warnings];
  const say = (count: number, what: string) => {
    if (count > 0) said.push(`${count} ${what}`);
  };
  if (bad === 1) said.push(`1 line could not be read and was left out: ${spoiltLine}`);
  else say(bad, `lines could not be read and were left out: ${spoiltLine}, and others`);
  say(duplicates, "lines are there twice and were left out");
  say(backwards, "lines are dated before the line above them");
  say(undated, "frames are dated far from when they were received, which stands in for their date");
  for (const [symbol, count] of foreign)
    say(
      count,
      `lines of ${symbol} were left out: it is not wanted, or has neither a book nor trades in the first lines`,
    );
  return {
    file,
    format,
    lines: line,
    cut,
    bad,
    gaps,
    duplicates,
    backwards,
    undated,
    foreign: Object.fromEntries(foreign),
    warnings: said,
  };
}

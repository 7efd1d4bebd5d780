// A file that is being read: which line, what was wrong with it, what is known of its market.
import { BpError, type InstrumentId } from "@bp/core";
import type { Cast, RecordedAs } from "@bp/sim";

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
}

/** What was read of one file. */
export interface FileReport {
  readonly file: string;
  /** In words: `candles of 1 minute`. */
  readonly format: string;
  readonly lines: number;
  /** Lines that could not be read. */
  readonly bad: number;
  /** Times that update ids did not follow on, candles were missing, or a recorder said so. */
  readonly gaps: number;
  /** Lines that were there twice. */
  readonly duplicates: number;
  /** Times that a line was dated before the one above it. */
  readonly backwards: number;
  /** What a person should know. */
  readonly warnings: readonly string[];
}

/** The same while it is counted. */
export interface Reading {
  readonly file: string;
  readonly options: ReadOptions;
  format: string;
  line: number;
  bad: number;
  gaps: number;
  duplicates: number;
  backwards: number;
  readonly warnings: string[];
  /** Deals with the present line as it was asked for. @throws BpError `data/bad-line` */
  spoilt(why: string): void;
}

/** Begins to count. */
export function createReading(file: string, options: ReadOptions): Reading {
  const reading: Reading = {
    file,
    options,
    format: "",
    line: 0,
    bad: 0,
    gaps: 0,
    duplicates: 0,
    backwards: 0,
    warnings: [],
    spoilt: (why) => {
      if (options.onBad !== "count") throw new BpError("data/bad-line", { file, line: reading.line, why });
      reading.bad += 1;
    },
  };
  return reading;
}

/** The report of a reading that is over. */
export function reportOf({ file, format, line, bad, gaps, duplicates, backwards, warnings }: Reading): FileReport {
  const said = [...warnings];
  if (bad > 0) said.push(`${bad} lines could not be read and were left out`);
  if (duplicates > 0) said.push(`${duplicates} lines are there twice and were left out`);
  if (backwards > 0) said.push(`${backwards} lines are dated before the line above them`);
  return { file, format, lines: line, bad, gaps, duplicates, backwards, warnings: said };
}

/** A symbol that a file's name holds: `usdm-btcusdt-1m.csv` is of BTCUSDT. */
export function symbolIn(file: string): string | undefined {
  const name = file.replace(/^.*[/\\]/, "").toUpperCase();
  const own = /(?:^|[^A-Z0-9])([A-Z0-9]{2,12}_(?:USDC|USDT|USD)(?:_PERP)?)(?=[^A-Z0-9]|$)/.exec(name);
  const plain = /(?:^|[^A-Z0-9])([A-Z0-9]{2,12}?(?:USDT|USDC|FDUSD|BUSD|USD|BTC|ETH))(?:_PERP)?(?=[^A-Z0-9]|$)/.exec(
    name,
  );
  return own?.[1] ?? plain?.[1];
}

/** Whether a file's name says that its market is a spot one. */
export const isSpotName = (file: string): boolean => /(?:^|[^a-z])spot(?:[^a-z]|$)/i.test(file.replace(/^.*[/\\]/, ""));

/** The market of a file that names none: by what the person said, else by the file's name. */
export function marketOfFile(
  reading: Reading,
  symbol: string | undefined,
  cast: (symbol: string, wanted: readonly RecordedAs[]) => readonly Cast[],
): { readonly symbol: string; readonly cast: readonly Cast[] } {
  const { file, options } = reading;
  const found = symbol ?? symbolIn(file);
  const [only, another] = options.as ?? [];
  if (found === undefined) {
    if (only === undefined || another !== undefined)
      throw new BpError("data/no-market", {
        file,
        hint: "it names no market: say which it is, for example --as BTCUSDT=backpack:BTC_USDC_PERP",
      });
    return { symbol: only.symbol ?? only.id, cast: cast(only.symbol ?? symbolOfId(only.id), [only]) };
  }
  const wanted = (options.as ?? []).filter((each) => each.symbol === undefined || each.symbol.toUpperCase() === found);
  return { symbol: found, cast: cast(found, wanted) };
}

const symbolOfId = (id: InstrumentId): string => id.slice(id.indexOf(":") + 1);

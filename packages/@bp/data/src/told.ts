// What is said of a part of files: counted anew in the part where the tape shows it, else said to be of the whole file.
import type { TapeReport } from "./check/report.ts";

const ofWhole = "counted in the whole file";
const missing = /^(?:\d+ candles are missing|candles are missing in \d+ places): /;
const gaps = /^\d+ (gaps: .*)$/;

/** A line that begins with a count of a whole file says so; others stay as they are. */
export const toldOfWhole = (line: string): string =>
  /^\d/.test(line) && !line.endsWith(ofWhole) ? `${line}; ${ofWhole}` : line;

/**
 * What whole files lack, as it is true of a part of them.
 *
 * @param checked - of the part
 */
export function lacksOfPart(lacks: readonly string[], { markets }: TapeReport): readonly string[] {
  const sum = (of: "missing" | "gaps") => markets.reduce((all, each) => all + each[of], 0);
  const found: string[] = [];
  const tail = lacks.map((each) => gaps.exec(each)?.[1]).find((each) => each !== undefined);
  for (const each of lacks) if (!missing.test(each) && !gaps.test(each)) found.push(toldOfWhole(each));
  if (sum("gaps") > 0) found.push(`${sum("gaps")} ${tail ?? "gaps: a book is lost there until the next snapshot"}`);
  if (sum("missing") > 0) found.push(`${sum("missing")} candles are missing: nothing happens there`);
  return found;
}

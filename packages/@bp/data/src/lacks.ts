// What a result of some files cannot show: markets of which one half alone is there, values that cannot be, lines that were left out.
import type { MarketReport, TapeReport } from "./check/report.ts";
import type { FileReport } from "./file.ts";
import { nameOf } from "./name.ts";

/** What markets have one half of alone, and what in them cannot be. */
export function lacksOf({ markets }: TapeReport): readonly string[] {
  const lacks: string[] = [];
  const named = (which: (market: MarketReport) => boolean) =>
    markets
      .filter(which)
      .map(({ market }) => market)
      .join(", ");
  const silent = named(({ prints, levels }) => prints === 0 && levels > 0);
  if (silent !== "") lacks.push(`no prints of ${silent}: queues move by levels alone`);
  const bookless = named(({ prints, levels, candles }) => prints > 0 && levels + candles === 0);
  if (bookless !== "") lacks.push(`prints alone of ${bookless}: no book, no places in queues`);
  for (const { market, crossed, impossible } of markets) {
    if (crossed > 0)
      lacks.push(`the book of ${market} is crossed after ${crossed} messages: what trades there is not real`);
    if (impossible > 0) lacks.push(`${impossible} values of ${market} cannot be`);
  }
  return lacks;
}

/** Lines that were only counted. */
export const spoiltIn = (reports: readonly FileReport[]): readonly string[] =>
  reports.flatMap(({ file, bad }) =>
    bad > 0 ? [`${bad} ${bad === 1 ? "line" : "lines"} of ${nameOf(file)} could not be read`] : [],
  );

// Which lines of the log are shown.
import type { News } from "../../contract/index.ts";

/** From quiet to grave. */
export const levels = ["debug", "info", "warn", "error"] as const;

/** A level. */
export type Level = (typeof levels)[number];

/**
 * Lines at least as grave as `least` that have every word of `find` in them, in any order.
 *
 * @param textOf - the words in which a line is shown: it is found by those, and by those in which it came
 */
export function newsMatching(
  news: readonly News[],
  least: Level,
  find: string,
  textOf: (line: News) => string,
): readonly News[] {
  const from = levels.indexOf(least);
  const wanted = find.toLowerCase().split(/\s+/).filter(Boolean);
  return news.filter((line) => {
    const { level, say, kind, market = "" } = line;
    if (levels.indexOf(level) < from) return false;
    if (wanted.length === 0) return true; // a line is told for what is looked for in it alone
    const text = `${say} ${textOf(line)} ${kind} ${market}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

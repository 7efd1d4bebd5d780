// Which lines of the log are shown.
import type { News } from "../../contract/index.ts";
import type { Tell } from "../../panes/reasons/told.ts";

/** From quiet to grave. */
export const levels = ["debug", "info", "warn", "error"] as const;

/** A level. */
export type Level = (typeof levels)[number];

/**
 * Lines at least as grave as `least` that have every word of `find` in them, in any order.
 *
 * @param tell - the words in which a line is shown: it is found by those, and by those in which it came
 */
export function newsMatching(news: readonly News[], least: Level, find: string, tell: Tell): readonly News[] {
  const from = levels.indexOf(least);
  const wanted = find.toLowerCase().split(/\s+/).filter(Boolean);
  return news.filter(({ level, say, kind, market = "" }) => {
    if (levels.indexOf(level) < from) return false;
    const text = `${say} ${tell(say)} ${kind} ${market}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

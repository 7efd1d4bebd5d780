// What a download says at its end.
import type { DownloadFile } from "@bp/data";
import { momentText } from "../moment.ts";
import { type HistoryAsk, intervals } from "./pages.ts";
import { wholeText } from "./ticker.ts";

/** The file that is there now, as a line or as JSON. @param had - rows that were there before */
export function savedText(
  { rows, first, last }: Pick<DownloadFile, "rows" | "first" | "last">,
  had: number,
  file: string,
  json: boolean,
): string {
  if (json) return JSON.stringify({ file, rows, fresh: rows - had, from: first?.at, to: last?.at }, undefined, 2);
  const fresh = had > 0 ? `, ${wholeText(rows - had)} of them new` : "";
  return `${file}: ${wholeText(rows)} rows, ${momentText(first?.at)} .. ${momentText(last?.at)}${fresh}`;
}

/**
 * That there is nothing, in which time, and the next step.
 *
 * @param about - the place
 * @param elsewhere - whether it may be a sandbox in another process
 */
export function missingText(
  { kind, interval, from, to }: Pick<HistoryAsk, "kind" | "interval"> & Record<"from" | "to", number>,
  about: string,
  elsewhere: boolean,
): string {
  const next =
    kind === "funding"
      ? "begin earlier with --from: rates are paid once in some hours"
      : kind === "klines" && intervals[interval] > intervals["1m"]
        ? "begin earlier with --from, or take a shorter --interval"
        : "ask for another time with --from and --to"; // it may be before the venue's history, or after a market's end
  const later = elsewhere ? ", or again in some minutes if it is a sandbox that has only just begun" : "";
  return `${about} has nothing in this time, ${momentText(from)} .. ${momentText(to)}; ${next}${later}`;
}

// What a download says at its end.
import type { DownloadFile } from "@bp/data";
import type { HistoryAsk } from "./pages.ts";
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
  const rare = kind === "funding" ? ": rates are paid once in some hours" : "";
  const shorter = kind === "klines" && interval !== "1m" ? ", or take a shorter --interval" : "";
  const later = elsewhere ? ", or ask again in some minutes if it is a sandbox that has only just begun" : "";
  return `${about} has nothing in this time, ${momentText(from)} .. ${momentText(to)}; begin earlier with --from${rare}${shorter}${later}`;
}

/** A moment in UTC. */
export const momentText = (ms: number | undefined): string =>
  ms === undefined ? "nowhere" : new Date(ms).toISOString();

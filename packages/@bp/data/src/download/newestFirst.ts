// Pages of a history that a venue tells newest first, by how many rows are to be skipped, while new ones come in front.
import { BpError } from "@bp/core";
import type { DownloadOptions, Page, PageAsk } from "./download.ts";
import type { DownloadRow } from "./rows.ts";

/** How the venue is asked. */
export interface NewestFirstOptions {
  /** Rows after the `offset` newest, newest first, at most `limit`. A row that is `undefined` is none that can be downloaded. */
  readonly fetch: (
    offset: number,
    limit: number,
    signal: AbortSignal | undefined,
  ) => Promise<readonly (DownloadRow | undefined)[]>;
  /** Rows of a page. */
  readonly limit: number;
}

/** New rows that may come between two pages before one has to be looked for again: a tenth of a page. */
const slackShare = 0.1;

const mostLooks = 60; // of one page: 2^50 rows are found in 50

/**
 * A page function over such a history. What is wanted next is looked for by halving; from then on pages follow each other,
 * each a little further towards the present than the one before.
 */
export function newestFirst({ fetch, limit }: NewestFirstOptions): DownloadOptions["page"] {
  let guess = 0;
  return async (ask, signal) => {
    let newer = -1; // an offset whose page lies after what is wanted
    let older: number | undefined; // one whose page lies before it
    let offset = guess;
    for (let looks = 0; looks < mostLooks; looks++) {
      const rows = await fetch(offset, limit, signal);
      const place = placeIn(rows, limit, ask);
      if (place === 0 && ask.anchor !== undefined && offset > 0) {
        offset = Math.max(0, offset - Math.floor(limit / 2)); // so many came in front that the anchor is the newest of its page
        newer = -1;
        older = undefined;
        continue;
      }
      if (typeof place === "number") {
        guess = Math.max(0, offset - limit + 1 + Math.ceil(limit * slackShare));
        return pageFrom(rows, place, offset);
      }
      if (place === "newer" && offset === 0) return { rows: [], until: undefined };
      if (place === "newer") older = offset;
      else newer = offset;
      const next = older === undefined ? Math.max(offset * 2, offset + limit - 1) : Math.floor((newer + older) / 2);
      if (older !== undefined && older - newer <= 1) {
        newer = -1; // rows came in front meanwhile: it is looked for anew
        older = undefined;
      }
      offset = Math.max(0, next);
    }
    throw new BpError("data/torn-page", {
      why: `what follows ${new Date(ask.from).toISOString()} was not found in ${mostLooks} looks`,
    });
  };
}

/** From a place in a page to its newest row, oldest first. */
function pageFrom(rows: readonly (DownloadRow | undefined)[], place: number, offset: number): Page {
  const found = rows
    .slice(0, place + 1)
    .filter((row) => row !== undefined)
    .toReversed();
  return { rows: found, until: offset === 0 ? undefined : found.at(-1)?.at };
}

/** Where what is wanted first stands in a page; else whether it is newer or older than all of it. */
function placeIn(
  rows: readonly (DownloadRow | undefined)[],
  limit: number,
  { from, anchor }: PageAsk,
): number | "newer" | "older" {
  if (anchor !== undefined) {
    const found = rows.findIndex((row) => row?.key === anchor.key);
    if (found >= 0) return found;
  }
  const known = rows.filter((row) => row !== undefined);
  const [newest] = known;
  const oldest = known.at(-1);
  const isLast = rows.length < limit;
  if (newest === undefined || oldest === undefined) return isLast ? "newer" : "older";
  const wanted = anchor?.at ?? from;
  if (newest.at < wanted || (newest.at === anchor?.at && oldest.at < wanted)) return "newer";
  if (anchor !== undefined && oldest.at < wanted)
    throw new BpError("data/torn-page", { why: `row ${anchor.key} of ${new Date(anchor.at).toISOString()} is gone` });
  if (oldest.at < wanted || isLast) return rows.findLastIndex((row) => row !== undefined && row.at >= wanted);
  return "older";
}

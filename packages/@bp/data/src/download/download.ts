// Downloads a history page by page: each page begins with the row that the one before ended with, so that nothing is missed unseen.
import { BpError } from "@bp/core";
import type { DownloadRow } from "./rows.ts";

/** What is wanted next. */
export interface PageAsk {
  /** Rows from this moment on, ms since 1970. */
  readonly from: number;
  /** The end of what is wanted, ms; later rows may be in a page and are left out. */
  readonly to: number;
  /** The newest row that is there already, where it lies at `from` or after: the page begins with it. */
  readonly anchor: DownloadRow | undefined;
}

/** A piece of a history. */
export interface Page {
  /** Oldest first. The first one is the anchor, where there was one. */
  readonly rows: readonly DownloadRow[];
  /** All rows before this moment have been told; `undefined`: the venue has none after these. */
  readonly until: number | undefined;
}

/** Where rows go. */
export interface DownloadSink {
  /** The newest row that is there. */
  readonly last: DownloadRow | undefined;
  readonly rows: number;
  /** Adds rows: after a crash each is there whole, or not at all. @throws BpError `data/cannot-write` */
  append(rows: readonly DownloadRow[]): void;
}

/** What is downloaded, and how. */
export interface DownloadOptions {
  readonly page: (ask: PageAsk, signal: AbortSignal | undefined) => Promise<Page>;
  /** First moment, ms since 1970. */
  readonly from: number;
  /** The end, not wanted itself. */
  readonly to: number;
  readonly sink: DownloadSink;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Ends it between two pages. What is there stays, and the same call goes on. */
  readonly signal?: AbortSignal;
}

/** How far it is. */
export interface DownloadProgress {
  readonly rows: number;
  readonly pages: number;
  /** All rows before this moment are there, ms since 1970. */
  readonly at: number;
}

/**
 * Downloads what is not there yet. At each page's boundary one row is told twice, and must be the same both times: else the
 * venue's history has changed, or a page has a hole before it.
 *
 * @returns whether all is there; false: `signal` has ended it
 * @throws BpError `data/torn-page` where pages do not follow each other; as `page` and the sink do
 */
export async function download(options: DownloadOptions): Promise<boolean> {
  const { page, from, to, sink, onProgress, signal } = options;
  let at = Math.max(from, sink.last?.at ?? from);
  const isOver = () => signal?.aborted === true;
  for (let pages = 1; ; pages++) {
    if (isOver()) return false;
    const { last } = sink;
    const anchor = last !== undefined && last.at >= at ? last : undefined;
    const { rows, until } = await page({ from: at, to, anchor }, signal);
    if (isOver()) return false;
    const fresh = freshIn(rows, at, anchor);
    const wanted = fresh.filter((row) => row.at < to);
    if (wanted.length > 0) sink.append(wanted);
    const reached = Math.max(sink.last?.at ?? at, Math.min(until ?? to, to));
    onProgress?.({ rows: sink.rows, pages, at: reached });
    if (until === undefined || until >= to || wanted.length < fresh.length) return true;
    if (wanted.length === 0 && until <= at)
      throw torn(`it has nothing new, and does not say how far it goes beyond ${moment(at)}`);
    at = Math.max(sink.last?.at ?? at, wanted.length === 0 ? until : at);
  }
}

/**
 * Looks whether what is there begins where it should: a file of another beginning would have a hole that nobody sees. At most two
 * pages are asked for, the one at `from` and the one before the first row, however long the time between them is.
 *
 * @param first - the oldest row that is there; one before `from` is well
 * @throws BpError `config/conflict` where the venue has rows between `from` and it; as `page` does
 */
export async function checkBeginning(
  { page, from, to, signal }: Pick<DownloadOptions, "page" | "from" | "to" | "signal">,
  first: DownloadRow,
): Promise<void> {
  let at = from;
  for (let looks = 0; looks < 2 && at < first.at; looks++) {
    const { rows, until } = await page({ from: at, to, anchor: undefined }, signal);
    if (signal?.aborted === true) return;
    const [found] = freshIn(rows, at, undefined);
    if (found !== undefined && found.at < first.at)
      throw new BpError("config/conflict", {
        what: `the file begins at ${moment(first.at)}, and the venue has rows from ${moment(found.at)} on`,
        hint: "take another folder",
      });
    if (found !== undefined || until === undefined || until <= at) return;
    at = Math.max(until, first.at - (until - at));
  }
}

/** What of a page is new. @throws BpError `data/torn-page` */
function freshIn(rows: readonly DownloadRow[], from: number, anchor: DownloadRow | undefined): readonly DownloadRow[] {
  const [first] = rows;
  if (anchor !== undefined && first?.key !== anchor.key)
    throw torn(
      `it should begin with row ${anchor.key} of ${moment(anchor.at)}, and ${first === undefined ? "is empty" : `begins with ${first.key} of ${moment(first.at)}`}`,
    );
  if (anchor !== undefined && first?.text !== anchor.text)
    throw torn(`row ${anchor.key} was ${anchor.text} before, and is ${first?.text ?? "gone"} now`);
  const seen = new Set<string>();
  let last = from;
  for (const { at, key } of rows) {
    if (at < last) throw torn(`row ${key} of ${moment(at)} comes after one of ${moment(last)}`);
    if (seen.has(key)) throw torn(`row ${key} of ${moment(at)} is in it twice`);
    seen.add(key);
    last = at;
  }
  return anchor === undefined ? rows : rows.slice(1);
}

const torn = (why: string) => new BpError("data/torn-page", { why });
const moment = (ms: number) => new Date(ms).toISOString();

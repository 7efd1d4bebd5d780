// Writes what a venue's market streams tell: compressed, in files of bounded size, so that little is lost when the process is.
import { createWriteStream, mkdirSync, readdirSync, type WriteStream } from "node:fs";
import { join } from "node:path";
import { constants, createGzip, type Gzip } from "node:zlib";
import {
  type Book,
  BpError,
  createBook,
  type Instrument,
  type InstrumentId,
  type Level,
  lots,
  type Unnumbered,
  type VenueId,
} from "@bp/core";
import type { RecordingHeader, RecordingLine } from "./format.ts";

/** How it is recorded. */
export interface RecorderOptions {
  /** Made if it is not there. */
  readonly folder: string;
  /** Files are called `NAME-0001.ndjson.gz` and so on; a recording of this name that is there goes on after its last file. */
  readonly name: string;
  readonly venue: VenueId;
  readonly instruments: readonly Instrument[];
  /** A file that has more of it, uncompressed, is followed by the next; default 256 MiB. */
  readonly rotateBytes?: number;
  /** Likewise by age, ms; default an hour. */
  readonly rotateMs?: number;
  /** What was told is on its way to the disk after so many ms; default 2,000. */
  readonly flushMs?: number;
  readonly now: () => number;
}

/** A recorder at work. */
export interface Recorder {
  /** Takes a fact; those that are none of a market are left out. @throws BpError `data/cannot-write` once the disk has failed */
  hear(fact: Unnumbered): void;
  /** Facts written, gaps among them, bytes before compression, and the file that is open. */
  readonly state: { readonly facts: number; readonly gaps: number; readonly bytes: number; readonly file: string };
  /** Writes what is left. @throws BpError `data/cannot-write` */
  close(): Promise<void>;
}

interface Open {
  readonly file: string;
  readonly gzip: Gzip;
  readonly stream: WriteStream;
  readonly since: number;
  readonly over: Promise<void>;
  bytes: number;
}

/**
 * Begins to record. Each file stands alone: a header, the books as they are, then what changes. One that was cut by a crash
 * is read to its last whole line.
 *
 * @throws BpError `data/cannot-write`
 */
export function createRecorder(options: RecorderOptions): Recorder {
  const { folder, name, venue, instruments, now } = options;
  const { rotateBytes = 268_435_456, rotateMs = 3_600_000, flushMs = 2_000 } = options;
  const places = new Map<InstrumentId, number>(instruments.map(({ id }, at) => [id, at]));
  const books = instruments.map(() => createBook());
  let number = lastNumber(folder, name);
  const isResumed = number > 0;
  let facts = 0;
  let gaps = 0;
  let bytes = 0;
  let flushedAt = now();
  let failure: BpError | undefined;
  let open: Open | undefined;
  const closing: Promise<void>[] = [];

  const fail = (file: string, error: unknown) => {
    failure ??= new BpError(
      "data/cannot-write",
      { file, why: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  };
  const write = (value: RecordingHeader | RecordingLine) => {
    const text = `${JSON.stringify(value)}\n`;
    open?.gzip.write(text);
    bytes += text.length;
    if (open !== undefined) open.bytes += text.length;
  };
  const begin = () => {
    number += 1;
    const file = join(folder, `${name}-${String(number).padStart(4, "0")}.ndjson.gz`);
    const stream = createWriteStream(file, { flags: "wx" });
    const gzip = createGzip({ level: 6 });
    const over = new Promise<void>((resolve) => {
      stream.on("close", resolve);
    });
    const failed = (error: Error) => fail(file, error);
    stream.on("error", failed);
    gzip.on("error", failed);
    gzip.pipe(stream);
    const since = now();
    open = { file, gzip, stream, since, over, bytes: 0 };
    write({ format: "bp-recording", version: 1, venue, started: since, instruments });
    for (const [place, book] of books.entries()) if (book.valid) write(["r", place, since, since, ...wholeOf(book)]);
  };
  const end = () => {
    if (open === undefined) return;
    open.gzip.end();
    closing.push(open.over);
    open = undefined;
  };
  const gap = (why: string, at: number) => {
    gaps += 1;
    for (const book of books) book.lose();
    write(["g", at, why]);
  };

  mkdirSync(folder, { recursive: true });
  begin();
  if (isResumed) gap("the recorder was started again", now());

  const take = (fact: Unnumbered): boolean => {
    if (fact.type === "link.lost" && fact.stream === "market") {
      gap(fact.why, fact.at);
      return true;
    }
    const place = "instrument" in fact && typeof fact.instrument === "string" ? places.get(fact.instrument) : undefined;
    const book = place === undefined ? undefined : books[place];
    if (place === undefined || book === undefined) return false;
    const { venueAt, at } = fact;
    switch (fact.type) {
      case "book.reset":
        book.reset(fact.bids, fact.asks, at);
        write(["r", place, venueAt, at, ...pairs(fact.bids, fact.asks)]);
        return true;
      case "book.changed":
        for (const [price, size] of fact.bids) book.apply("bid", price, size);
        for (const [price, size] of fact.asks) book.apply("ask", price, size);
        write(["c", place, venueAt, at, ...pairs(fact.bids, fact.asks)]);
        return true;
      case "book.lost":
        gaps += 1;
        book.lose();
        write(["l", place, venueAt, at, fact.why]);
        return true;
      case "trade.printed":
        write(["t", place, venueAt, at, fact.price, fact.size, fact.taker === "buy" ? "b" : "s"]);
        return true;
      case "mark.changed":
        write(["m", place, venueAt, at, fact.mark, fact.index, fact.fundingRate, fact.fundingAt]);
        return true;
      default:
        return false;
    }
  };

  return {
    hear: (fact) => {
      if (failure !== undefined) throw failure;
      const at = now();
      if (open !== undefined && (open.bytes >= rotateBytes || at - open.since >= rotateMs)) {
        end();
        begin();
      }
      if (!take(fact)) return;
      facts += 1;
      if (at - flushedAt < flushMs) return;
      flushedAt = at;
      open?.gzip.flush(constants.Z_SYNC_FLUSH);
    },
    get state() {
      return { facts, gaps, bytes, file: open?.file ?? "" };
    },
    close: async () => {
      end();
      await Promise.all(closing);
      if (failure !== undefined) throw failure;
    },
  };
}

function wholeOf(book: Book) {
  return pairs(book.levels("bid", Number.POSITIVE_INFINITY), book.levels("ask", Number.POSITIVE_INFINITY));
}

function pairs(bids: readonly Level[], asks: readonly Level[]) {
  const plain = (levels: readonly Level[]) =>
    levels.map(([price, size]) => [Number(price), Number(lots(size))] as const);
  return [plain(bids), plain(asks)] as const;
}

/** The number of the newest file of a name, 0 before the first. */
function lastNumber(folder: string, name: string): number {
  let last = 0;
  try {
    for (const file of readdirSync(folder)) {
      const match = file.startsWith(`${name}-`) ? /^(\d{4,})\.ndjson\.gz$/.exec(file.slice(name.length + 1)) : null;
      if (match !== null) last = Math.max(last, Number(match[1]));
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
  return last;
}

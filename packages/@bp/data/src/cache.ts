// A tape in a file: a header that can be read by eye, then the columns as they lie in memory. Opened in one read, checked by its digest.
import { createHash, randomUUID } from "node:crypto";
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { endianness } from "node:os";
import { BpError, type Instrument, type Tape } from "@bp/core";
import { tapeDigest } from "./writer.ts";

/** The first line, so long always: what it is, bytes of the header after it, the header's own SHA-256. */
const preambleBytes = 96;
const magic = "bp-tape 1";
const bytesPerRow = 34; // four doubles and two bytes
const mostHeader = 64 * 1_024 * 1_024;
const piece = 64 * 1_024 * 1_024; // most that is read or written at once

interface Header {
  readonly order: "LE" | "BE";
  readonly rows: number;
  readonly digest: string;
  readonly instruments: readonly Instrument[];
  readonly lacks: readonly string[];
  /** What else was known when it was written: how it was read, and from what. */
  readonly about: unknown;
}

/**
 * Writes a tape. The file is there whole or not at all: it is written beside its place and then moved.
 *
 * @param file - replaced if it is there
 * @throws BpError `data/cannot-write`
 */
export function writeTape(file: string, tape: Tape): void {
  writeTapeWith(file, tape, undefined);
}

/**
 * Opens a tape that `writeTape` wrote. Its columns lie on one `SharedArrayBuffer`, which worker threads read without a copy.
 *
 * @throws BpError `config/unreadable` for a file that is not there, `data/unknown-format` for one that is no tape, `data/damaged`
 *   for one that is cut or in which a byte is other than it was written
 */
export function openTape(file: string): Tape {
  return openTapeWith(file).tape;
}

/** Whether a file begins as a tape does. @throws BpError `config/unreadable` for one that cannot be opened */
export function isTapeFile(file: string): boolean {
  try {
    const handle = openSync(file, "r");
    try {
      const start = Buffer.alloc(magic.length);
      readAll(handle, start, 0);
      return start.toString("latin1") === magic;
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw new BpError("config/unreadable", { file, why: sentence(error) }, { cause: error });
  }
}

/** As `writeTape`, with something to remember beside it that JSON can hold. */
export function writeTapeWith(file: string, tape: Tape, about: unknown): void {
  const { rows, digest, instruments, lacks } = tape;
  const header: Header = { order: endianness(), rows, digest, instruments, lacks, about };
  const text = Buffer.from(JSON.stringify(header));
  const padding = (8 - (text.length % 8)) % 8;
  const padded = Buffer.concat([text, Buffer.alloc(padding, " ")]);
  const sum = createHash("sha256").update(padded).digest("hex");
  const preamble = `${magic} ${padded.length} ${sum}`.padEnd(preambleBytes - 1);
  const draft = `${file}.draft-${process.pid}-${randomUUID().slice(0, 8)}`;
  try {
    const handle = openSync(draft, "wx");
    try {
      writeAll(handle, Buffer.from(`${preamble}\n`));
      writeAll(handle, padded);
      for (const column of [tape.venueAt, tape.at, tape.a, tape.b, tape.kinds, tape.markets]) {
        const part = column.subarray(0, rows);
        writeAll(handle, new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
      }
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
  } catch (error) {
    if (existsSync(draft)) rmSync(draft);
    throw new BpError("data/cannot-write", { file, why: sentence(error) }, { cause: error });
  }
}

/** As `openTape`, with what was remembered beside it. */
export function openTapeWith(file: string): { readonly tape: Tape; readonly about: unknown } {
  let handle: number;
  try {
    handle = openSync(file, "r");
  } catch (error) {
    throw new BpError("config/unreadable", { file, why: sentence(error) }, { cause: error });
  }
  try {
    return readOpen(file, handle);
  } finally {
    closeSync(handle);
  }
}

function readOpen(file: string, handle: number): { readonly tape: Tape; readonly about: unknown } {
  const damaged = (why: string) => new BpError("data/damaged", { file, why: `${why}: make it anew from its source` });
  const { size } = fstatSync(handle);
  const preamble = Buffer.alloc(preambleBytes);
  readAll(handle, preamble, 0);
  const [, length, sum] = /^bp-tape 1 (\d+) ([0-9a-f]{64}) *\n$/.exec(preamble.toString("latin1")) ?? [];
  if (length === undefined)
    throw preamble.toString("latin1").startsWith(magic)
      ? damaged("its first line cannot be read")
      : new BpError("data/unknown-format", {
          file,
          found: JSON.stringify(preamble.toString("latin1", 0, 16)),
          why: `a tape begins with ${JSON.stringify(magic)}`,
        });
  const headerBytes = Number(length);
  if (headerBytes > mostHeader || preambleBytes + headerBytes > size) throw damaged("it ends within its header");
  const text = Buffer.alloc(headerBytes);
  readAll(handle, text, preambleBytes);
  if (createHash("sha256").update(text).digest("hex") !== sum) throw damaged("its header is not what was written");
  const { order, rows, digest, instruments, lacks, about } = JSON.parse(text.toString()) as Header; // as written: its sum is right
  if (order !== endianness()) throw damaged(`it was written on a machine of the other byte order (${order})`);
  const from = preambleBytes + headerBytes;
  if (size !== from + rows * bytesPerRow)
    throw damaged(`it has ${size} bytes, not ${from + rows * bytesPerRow}: it is cut, or something was added`);
  const memory = new SharedArrayBuffer(rows * bytesPerRow);
  readAll(handle, new Uint8Array(memory), from);
  const doubles = (place: number) => new Float64Array(memory, place * rows * 8, rows);
  const columns = {
    instruments: instruments.map(withAbsent),
    rows,
    venueAt: doubles(0),
    at: doubles(1),
    a: doubles(2),
    b: doubles(3),
    kinds: new Uint8Array(memory, rows * 32, rows),
    markets: new Uint8Array(memory, rows * 33, rows),
  };
  if (tapeDigest(columns) !== digest) throw damaged("its digest is not the one that was written");
  return { tape: { ...columns, digest, lacks }, about };
}

/** JSON has no `undefined`: what was left out is put back, behind the rest, where the digest does not see it. */
function withAbsent(instrument: Instrument): Instrument {
  const absent = (["maxSize", "maxPrice", "band", "fundingIntervalMs", "margin"] as const).filter(
    (name) => !(name in instrument),
  );
  return { ...instrument, ...Object.fromEntries(absent.map((name) => [name, undefined])) };
}

function readAll(handle: number, into: Uint8Array, from: number): void {
  for (let at = 0; at < into.length; ) {
    const got = readSync(handle, into, at, Math.min(piece, into.length - at), from + at);
    if (got === 0) return; // shorter than it should be: what was read says so
    at += got;
  }
}

function writeAll(handle: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at, Math.min(piece, bytes.length - at));
}

const sentence = (error: unknown) => (error instanceof Error ? error.message : String(error));

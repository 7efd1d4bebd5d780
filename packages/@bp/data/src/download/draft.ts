// What is left of a download that was interrupted, or of one that is over: its rows, to the last whole one.
import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  truncateSync,
} from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { BpError } from "@bp/core";
import { linesOf } from "../lines.ts";
import { type DownloadKind, type DownloadRow, downloadHeaders, readRow } from "./rows.ts";

/** What is there. */
export interface Scanned {
  readonly first: DownloadRow | undefined;
  readonly last: DownloadRow | undefined;
  readonly rows: number;
}

/** Where it is. */
export interface Drafted {
  /** The finished file, `.csv.gz`. */
  readonly file: string;
  /** Lines as they come. It holds at least what the finished file does. */
  readonly draft: string;
  readonly kind: DownloadKind;
}

/** Makes the draft whole: what follows its last whole row is cut off, and a finished file becomes one again. @throws BpError */
export async function takeUp({ file, draft, kind }: Drafted): Promise<Scanned> {
  for (const left of [`${file}.packed`, `${draft}.new`]) rmSync(left, { force: true });
  if (!existsSync(draft)) {
    if (!existsSync(file)) return { first: undefined, last: undefined, rows: 0 };
    await unpack(file, draft);
  }
  const { bytes, foreign, ...found } = await scan(draft, kind);
  if (foreign !== undefined)
    throw new BpError("data/damaged", {
      file: existsSync(file) ? file : draft,
      why: `it begins with ${JSON.stringify(foreign.slice(0, 60))}, not with ${downloadHeaders[kind]}: move it away`,
    });
  truncateSync(draft, found.rows === 0 ? 0 : bytes);
  return found;
}

/** Reads a draft to its last whole row; what is no row ends it. */
async function scan(
  draft: string,
  kind: DownloadKind,
): Promise<Scanned & { readonly bytes: number; readonly foreign: string | undefined }> {
  const end = { broken: undefined, whole: true };
  const state = {
    bytes: 0,
    rows: 0,
    first: undefined as DownloadRow | undefined,
    last: undefined as DownloadRow | undefined,
  };
  let held: string | undefined; // the last line is read when it is known to be whole
  let header = false;
  /** Whether the next line is worth a look. */
  const take = (text: string): boolean => {
    if (!header) {
      header = text === downloadHeaders[kind];
      if (header) state.bytes = text.length + 1;
      return header;
    }
    const row = readRow(kind, text);
    if (row === undefined || row.at < (state.last?.at ?? 0)) return false;
    state.first ??= row;
    state.last = row;
    state.rows += 1;
    state.bytes += text.length + 1;
    return true;
  };
  for await (const lines of linesOf(draft, end))
    for (const text of lines) {
      if (held !== undefined && !take(held)) return { ...state, foreign: header ? undefined : held };
      held = text;
    }
  const isStart = !header && held !== undefined && downloadHeaders[kind].startsWith(held);
  if (held !== undefined && end.whole) take(held);
  return { ...state, foreign: header || held === undefined || isStart ? undefined : held };
}

/** Compresses a draft; the file is there whole or not at all. */
export async function pack(draft: string, file: string): Promise<void> {
  const packed = `${file}.packed`;
  await pipeline(createReadStream(draft), createGzip({ level: 9 }), createWriteStream(packed));
  sync(packed);
  renameSync(packed, file);
}

async function unpack(file: string, draft: string): Promise<void> {
  const fresh = `${draft}.new`;
  try {
    await pipeline(createReadStream(file), createGunzip(), createWriteStream(fresh));
  } catch (error) {
    rmSync(fresh, { force: true });
    const why = error instanceof Error ? error.message : String(error);
    throw new BpError("data/damaged", { file, why: `${why}: move it away and download it again` }, { cause: error });
  }
  renameSync(fresh, draft);
}

function sync(file: string): void {
  const handle = openSync(file, "r+");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

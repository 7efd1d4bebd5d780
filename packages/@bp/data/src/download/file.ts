// The file of a download: a draft of plain lines while it grows, one compressed file when it is whole.
import { closeSync, existsSync, fsyncSync, openSync, rmSync, writeSync } from "node:fs";
import { BpError } from "@bp/core";
import { holdName } from "../record/hold.ts";
import type { DownloadSink } from "./download.ts";
import { pack, type Scanned, takeUp } from "./draft.ts";
import { type DownloadKind, type DownloadRow, downloadHeaders } from "./rows.ts";

/** A file that is being downloaded. */
export interface DownloadFile extends DownloadSink {
  /** The oldest row that is there. */
  readonly first: DownloadRow | undefined;
  /** Compresses what is there into its place, in one step; without a row there is no file. @throws BpError `data/cannot-write` */
  finish(): Promise<void>;
  /** Lets go of it. What was not finished stays as a draft, and is gone on with the next time. */
  close(): void;
}

/**
 * Opens the file of a download. The draft of one that was interrupted is taken to its last whole row; a finished file is gone on
 * with. The bytes of a finished file depend on its rows alone, not on how often it was interrupted.
 *
 * @param file - ends in `.csv.gz`; its folder is made if it is not there
 * @throws BpError `config/conflict` while another process downloads into it, `data/damaged` for a file that is no such table,
 *   `data/cannot-write`
 */
export async function openDownload(file: string, kind: DownloadKind): Promise<DownloadFile> {
  const draft = file.replace(/\.gz$/, ".part");
  const release = holdName(file);
  let there: Scanned;
  try {
    there = await takeUp({ file, draft, kind });
  } catch (error) {
    release();
    throw error;
  }
  let { first, last, rows } = there;
  let handle: number | undefined;
  const cannot = (error: unknown) =>
    new BpError(
      "data/cannot-write",
      { file: draft, why: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  const closeDraft = () => {
    if (handle !== undefined) closeSync(handle);
    handle = undefined;
  };
  return {
    get first() {
      return first;
    },
    get last() {
      return last;
    },
    get rows() {
      return rows;
    },
    append: (fresh) => {
      const head = rows === 0 ? `${downloadHeaders[kind]}\n` : "";
      const bytes = Buffer.from(`${head}${fresh.map(({ text }) => `${text}\n`).join("")}`);
      try {
        handle ??= openSync(draft, "a");
        for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
        fsyncSync(handle);
      } catch (error) {
        throw cannot(error);
      }
      first ??= fresh[0];
      last = fresh.at(-1) ?? last;
      rows += fresh.length;
    },
    finish: async () => {
      closeDraft();
      try {
        if (rows > 0) await pack(draft, file);
        rmSync(draft, { force: true });
      } catch (error) {
        throw cannot(error);
      }
    },
    close: () => {
      closeDraft();
      if (rows === 0 && existsSync(draft)) rmSync(draft, { force: true });
      release();
    },
  };
}

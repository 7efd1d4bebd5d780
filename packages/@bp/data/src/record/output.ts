// One compressed file that is written while things happen: told to the disk in good time, and bounded in memory.
import { createWriteStream, openSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { constants, createGzip } from "node:zlib";
import { BpError } from "@bp/core";

/** A file that is being written. */
export interface Output {
  readonly file: string;
  /** Compressed, on the disk so far. */
  readonly written: number;
  write(text: string): void;
  /** What was written so far goes to the disk now, and can be read whatever happens next. */
  flush(): void;
  /** Writes what is left and closes it. Never throws: `failed` was told. */
  end(): Promise<void>;
}

const pieceLength = 32_768; // characters

/** More than this waits for the disk only where the disk does not take it at all. */
const mostWaiting = 64 * 1_024 * 1_024; // bytes

/**
 * Begins a file that must not be there yet.
 *
 * @param failed - told once when it cannot be written any more
 * @throws BpError `data/cannot-write` where it cannot be begun
 */
export function openOutput(file: string, failed: (error: BpError) => void): Output {
  const broken = (error: unknown) => new BpError("data/cannot-write", { file, why: sentence(error) }, { cause: error });
  let handle: number;
  try {
    handle = openSync(file, "wx");
  } catch (error) {
    throw broken(error);
  }
  const gzip = createGzip({ level: 6 });
  const stream = createWriteStream(file, { fd: handle });
  let failure: BpError | undefined;
  let held = ""; // lines that wait to be compressed together: each piece is a trip to another thread
  let fresh = false; // something was written since the last flush
  const fail = (error: BpError) => {
    if (failure !== undefined) return;
    failure = error;
    failed(error);
  };
  const push = () => {
    const text = held;
    held = "";
    if (failure !== undefined || text === "") return;
    gzip.write(text);
    const waiting = gzip.writableLength + stream.writableLength;
    if (waiting <= mostWaiting) return;
    fail(broken(new Error(`the disk is too slow: ${Math.round(waiting / 1_048_576)} MiB wait for it`)));
    gzip.destroy();
  };
  const over = pipeline(gzip, stream).catch((error: unknown) => fail(broken(error)));
  return {
    file,
    get written() {
      return stream.bytesWritten;
    },
    write: (text) => {
      held += text;
      fresh = true;
      if (held.length >= pieceLength) push();
    },
    flush: () => {
      if (!fresh || failure !== undefined) return;
      fresh = false;
      push();
      gzip.flush(constants.Z_SYNC_FLUSH);
    },
    end: async () => {
      push();
      if (failure === undefined) gzip.end();
      await over;
    },
  };
}

const words: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the quota of this user is used up",
  EFBIG: "it has grown to the largest size that is allowed here",
  EROFS: "the disk can only be read",
  EACCES: "this user may not write there",
};

function sentence(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const text = error instanceof Error ? error.message : String(error);
  return words[code] === undefined ? text : `${words[code]} (${text})`;
}

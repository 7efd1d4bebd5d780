// A witness of how far a run had come: what tells a journal that was cut off from one that ends there.
import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { crc32 } from "node:zlib";

/** What was committed at the least. */
export interface Tail {
  readonly run: string;
  /** The last line. */
  readonly seq: number;
  /** 0 to 255, of the run. */
  readonly clientRun: number;
}

/** Keeps the witness of a run that is being written. */
export interface TailWriter {
  /** Call it when line `seq` is in the journal. */
  put(seq: number): void;
  close(): void;
}

/** A record is written over the one before, in one piece, without a change of the file's size. Bytes. */
const size = 160;

/**
 * SQLite ends a write-ahead log at the first page that is not whole, and says nothing: a journal whose log was cut, or that
 * was copied without it, is shorter than it was. So the number of the last line stands in a small file beside it
 * (`<journal>.<hash>.tail`), written after each commit (some µs). It may be behind, never ahead of what a process has
 * committed. After a power cut it may be ahead of what the disk kept, and then that is known. It may be as old as the rest, too:
 * forcing it to the disk with each commit would cost as much as forcing the journal, which `sync: "full"` does.
 *
 * @param name - of the lock's hash: one writer at a time
 */
export function tailWriter(journal: string, name: string, run: string, clientRun: number): TailWriter {
  const file = openSync(`${journal}.${name}.tail`, existsSync(`${journal}.${name}.tail`) ? "r+" : "w+");
  let open = true;
  return {
    put: (seq) => {
      const text = `${run} ${seq} ${clientRun}`;
      writeSync(file, `${text} ${crc32(text)}`.padEnd(size - 1).concat("\n"), 0);
    },
    close: () => {
      if (open) closeSync(file);
      open = false;
    },
  };
}

/** All witnesses of a journal that can be read. One that cannot is no witness: the journal may be whole for all that. */
export function tailsOf(journal: string): readonly Tail[] {
  return filesOf(journal).flatMap((file) => {
    const [run = "", seq = "", clientRun = "", sum = ""] = readFileSync(file, "utf8").trim().split(" ");
    const isWhole = /^\d+$/.test(seq) && crc32(`${run} ${seq} ${clientRun}`) === Number(sum);
    return isWhole ? [{ run, seq: Number(seq), clientRun: Number(clientRun) }] : [];
  });
}

/** Takes the witnesses away, for a journal that begins anew. */
export function dropTails(journal: string): void {
  for (const file of filesOf(journal)) rmSync(file, { force: true });
}

function filesOf(journal: string): readonly string[] {
  const folder = dirname(journal);
  if (!existsSync(folder)) return [];
  const start = `${basename(journal)}.`;
  return readdirSync(folder)
    .filter((each) => each.startsWith(start) && /^[0-9a-f]{12}\.tail$/.test(each.slice(start.length)))
    .map((each) => join(folder, each));
}

// What SQLite and the file system complain about, in words that say what to do.
import { BpError } from "@bp/core";

/** Primary result codes of SQLite. */
const code = {
  error: 1,
  busy: 5,
  readonly: 8,
  ioerr: 10,
  corrupt: 11,
  full: 13,
  cantopen: 14,
  tooBig: 18,
  notadb: 26,
} as const;

/** The primary result code of an error of `node:sqlite`, `undefined` for any other error. */
function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error)) return undefined;
  return typeof error.errcode === "number" ? error.errcode & 0xff : undefined;
}

/** Whether another connection holds what we asked for. */
export function isBusy(error: unknown): boolean {
  return sqliteCode(error) === code.busy;
}

/** Whether the tables are other than what was asked of them. */
export function isMisfit(error: unknown): boolean {
  return sqliteCode(error) === code.error;
}

/** Does something with the file; what goes wrong comes out as `journal/write` or `journal/unreadable`. */
export function guarded<T>(file: string, doing: "read" | "write", work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw faultOf(file, doing, error);
  }
}

function faultOf(file: string, doing: "read" | "write", error: unknown): unknown {
  if (error instanceof BpError) return error;
  const found = sqliteCode(error);
  if (found === code.notadb)
    return new BpError("journal/unreadable", { file, why: "this is not an SQLite database" }, { cause: error });
  if (found === code.corrupt) return damaged(file, error);
  if (found === undefined && !isSystemError(error)) return error; // a mistake of ours: let it show as it is
  const why = whyOf(found, error);
  return new BpError(doing === "read" ? "journal/unreadable" : "journal/write", { file, why }, { cause: error });
}

/**
 * The complaint about a file that is no longer whole.
 *
 * @param cause - what SQLite says, or what we have found
 */
export function damaged(file: string, cause: unknown): BpError<"journal/unreadable"> {
  const what =
    typeof cause === "string" ? `the file is damaged (${cause.replace(/\s+/g, " ")})` : "the file is damaged";
  const why = `${what}; \`bot journal check\` tells how far; copy it away, look at your open orders, start with a new file`;
  return new BpError("journal/unreadable", { file, why }, { cause });
}

function whyOf(found: number | undefined, error: unknown): string {
  switch (found ?? 0) {
    case code.full:
      return "the disk is full; nothing of this batch was kept";
    case code.readonly:
      return "the file or its folder is read-only";
    case code.cantopen:
      return "it cannot be opened; is the folder there, and may this user write in it?";
    case code.busy:
      return "another program has kept it locked for too long";
    case code.ioerr:
      return `the disk reports a fault (${messageOf(error)})`;
    case code.tooBig:
      return "an entry is larger than SQLite takes";
    default:
      return messageOf(error);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}

// Whoever writes files of a name holds the name, so that a second process does not write between its lines.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { BpError } from "@bp/core";

/**
 * Takes a name for this process until it is let go. One that a process left behind when it was killed is taken over.
 *
 * @param file - the name; a file `NAME.lock` beside it says who holds it. Its folder is made if it is not there
 * @returns lets go
 * @throws BpError `config/conflict` where another process holds it, `data/cannot-write`
 */
export function holdName(file: string): () => void {
  const lock = `${file}.lock`;
  const own = `${process.pid} ${hostname()}\n`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    for (;;) {
      try {
        const handle = openSync(lock, "wx");
        writeSync(handle, own);
        closeSync(handle);
        return () => rmSync(lock, { force: true });
      } catch (error) {
        if (codeOf(error) !== "EEXIST") throw error;
      }
      const [pid = "", host = ""] = readQuietly(lock).trim().split(" ");
      if (host !== hostname() || isAlive(Number(pid)))
        throw new BpError("config/conflict", {
          what: `${file} is being written by process ${pid === "" ? "unknown" : pid}${host === hostname() ? "" : ` on ${host === "" ? "some machine" : host}`}`,
          hint: `end it, or take another folder; if there is no such process any more, remove ${lock}`,
        });
      rmSync(lock, { force: true });
    }
  } catch (error) {
    if (error instanceof BpError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new BpError("data/cannot-write", { file: lock, why }, { cause: error });
  }
}

function readQuietly(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // it has been let go in between: the next look says so
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM"; // it is somebody else's
  }
}

const codeOf = (error: unknown) => (error instanceof Error && "code" in error ? error.code : undefined);

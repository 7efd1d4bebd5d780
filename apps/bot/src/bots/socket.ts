// Where a watchdog listens: in its bot's folder, or where that lies too deep in one of this user's alone.
import { lstatSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { makeFolder } from "../folders.ts";

/** A socket's path may have about a hundred bytes. */
export function socketOf(folder: string): string {
  const name = basename(folder);
  if (process.platform === "win32") return `\\\\.\\pipe\\bp-watchdog-${name}`;
  const inside = join(folder, "socket");
  if (Buffer.byteLength(inside) < 100) return inside;
  return join(tmpdir(), `bp-watchdog-${process.getuid?.() ?? ""}`, name);
}

/**
 * Makes sure that nobody else could have put a socket there, or listen in place of ours: what it says would be believed.
 *
 * @throws what the file system does; Error for a folder of somebody else, or one that others may write
 */
export function checkSocketFolder(socket: string): void {
  if (process.platform === "win32") return;
  const folder = dirname(socket);
  makeFolder(folder);
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o077) !== 0)
    throw new Error(`${folder} is not a folder of this user alone`);
}

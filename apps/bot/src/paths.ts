// Files are named from where the person stands, also when a package manager has moved the process elsewhere.
import { resolve } from "node:path";

/** Where runs are kept unless somebody says otherwise, from where the person stands. */
export const usualJournal = "runs/journal.sqlite";

/** An absolute path. npm and pnpm tell where the command was typed in INIT_CWD. */
export function fromHere(path: string): string {
  return resolve(process.env["INIT_CWD"] ?? process.cwd(), path);
}

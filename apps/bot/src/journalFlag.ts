// How a command is told to look into another journal than the usual one.
import { fromHere, usualJournal } from "./paths.ts";

/**
 * ` --journal FILE`, to be put behind a command that reads runs, as a shell takes it.
 *
 * @param file - of the journal; `undefined` and `:memory:`: none that could be read
 * @returns `""` where the command finds it by itself
 */
export function journalFlag(file: string | undefined): string {
  if (file === undefined || file === ":memory:" || fromHere(file) === fromHere(usualJournal)) return "";
  return ` --journal ${quoted(file)}`;
}

function quoted(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return process.platform === "win32" ? `"${text}"` : `'${text.replaceAll("'", "'\\''")}'`;
}

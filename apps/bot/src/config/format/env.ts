// Files of variables: `KEY=value` with comments, quotes, indentation, CRLF and a byte order mark, as `.env` files of users have them.
import { parseEnv } from "node:util";

const assignment = /^[ \t]*(?:export[ \t]+)?[A-Za-z_]\w*[ \t]*=/;

/** Whether a text is one: assignments, comments and empty lines, with at most as many lines of anything else. */
export function isEnv(text: string): boolean {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "" && !line.trim().startsWith("#"));
  const good = lines.filter((line) => assignment.test(line)).length;
  return good > 0 && good * 2 >= lines.length && assignment.test(lines[0] ?? "");
}

/** The variables. A `#` begins a comment after a space only, so that passwords may hold one. */
export function readEnv(text: string): Readonly<Record<string, string>> {
  const lines = text.split(/\r?\n/).map((line) => {
    const [, before = "", value = ""] = /^([ \t]*(?:export[ \t]+)?\w+[ \t]*=[ \t]*)([^\s"'`#][^\n]*)$/.exec(line) ?? [];
    const bare = value.replace(/\s#.*$/, "").trimEnd();
    return /\S#/.test(bare) && !bare.includes('"') ? `${before}"${bare}"` : line;
  });
  return Object.fromEntries(
    Object.entries(parseEnv(lines.join("\n"))).filter((each): each is [string, string] => each[1] !== undefined),
  );
}

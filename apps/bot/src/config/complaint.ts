// How a mistake in a configuration is said: where, what was found, what is allowed, what to do. Never a secret.
import { BpError, masked } from "@bp/core";

/** A mistake at a key. @param path - file and key path, flag or variable */
export function invalid(path: string, found: string, expected: string, hint?: string): BpError<"config/invalid"> {
  return new BpError("config/invalid", { path, found, expected, ...(hint === undefined ? {} : { hint }) });
}

/** Values that cannot go together. */
export function conflict(what: string, hint: string): BpError<"config/conflict"> {
  return new BpError("config/conflict", { what, hint });
}

/** Longer than any word of a configuration: a key of some exchange that stands where it does not belong. */
const longRun = /(?=\d*[A-Za-z])[A-Za-z0-9]{28,}/g;

/** A value as it may be shown: JSON, cut, whatever looks like a key blotted out. Not for values that are secrets. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (typeof value === "object") return Array.isArray(value) ? "a list" : "a group of keys";
  const text = masked(typeof value === "string" ? JSON.stringify(value) : wordOf(value)).replace(longRun, "[secret]");
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** A value as a word; empty for what is none, also for groups that pretend to be text. */
export const wordOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" || typeof value === "bigint"
    ? String(value).trim()
    : "";

/** A key that nobody knows, as it may be shown: what is longer than any key may be a secret that lost its own. */
export const keyShown = (key: string): string =>
  key
    .split(".")
    .map((each) => (each.length > 30 ? "[a name too long to show]" : masked(each)))
    .join(".");

/** What stands in for the value of a secret. */
export const unseen = "a value that is not shown";

/** `did you mean …?` for a word that is none of `known`; `undefined` where nothing is near. */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  const near = nearest(word, known);
  return near.length === 0 ? undefined : `did you mean ${near.join(" or ")}?`;
}

/** At most three of `known` that differ from `word` by little, nearest first. */
export function nearest(word: string, known: readonly string[]): readonly string[] {
  const found = bare(word);
  return [...new Set(known)]
    .map((each) => ({ each, away: apart(found, bare(each)) }))
    .filter(({ away }) => away <= Math.max(1, found.length / 3))
    .toSorted((a, b) => a.away - b.away)
    .slice(0, 3)
    .map(({ each }) => each);
}

const bare = (text: string) =>
  text
    .slice(0, 60)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");

/** Edits between two words, an exchange of neighbours being one; one inside the other is near. */
function apart(a: string, b: string): number {
  if (Math.min(a.length, b.length) > 3 && (a.includes(b) || b.includes(a))) return 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before[j - 2] ?? i) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

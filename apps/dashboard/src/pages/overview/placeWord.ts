// The word for where a bot trades, which its register has as text.
import type { Words } from "../../words/en.ts";

/** What is none of ours stays as it is. */
export function placeWord(place: string, words: Words): string {
  const known: Readonly<Record<string, string>> = words;
  return known[`place.${place}`] ?? place;
}

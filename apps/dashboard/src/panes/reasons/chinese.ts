// The bot's sentences in both Chinese: fetched where they are spoken, and nowhere else.

import source from "./chinese.json?url";
import { type Tell, teller } from "./told.ts";
import { traditional } from "./traditional.ts";

/**
 * By sentence as the bot says it, in simplified Chinese; the first that fits counts. `#` is a figure, a symbol or a name and is copied;
 * `*` is a text that may itself be one of these. In the Chinese both come in the order of the English, or as `$1`, `$2` … in another.
 */
export type Sentences = Readonly<Record<string, string>>;

/** By language. */
export type Chinese = Readonly<Record<string, Tell>>;

/** @throws where the file cannot be had */
export const fetched = async (): Promise<Chinese> => {
  const answer = await fetch(source);
  if (!answer.ok) throw new Error(`${source}: ${answer.status}`); // what it says may be JSON, and no table
  return spoken((await answer.json()) as Sentences); // a file of the page's own
};

/** Both, of one table. */
export function spoken(sentences: Sentences): Chinese {
  const written = Object.fromEntries(Object.entries(sentences).map(([said, told]) => [said, traditional(told)]));
  return { "zh-CN": teller(sentences), "zh-TW": teller(written) };
}

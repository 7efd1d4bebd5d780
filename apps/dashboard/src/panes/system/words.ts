// The words of a system's own view: keys that are translated, and all else as it came.
import type { ViewCell, ViewLevel } from "../../contract/index.ts";

/** A dictionary of the keys that the bot sends. */
export type ViewWords = Readonly<Record<string, string>>;

/** A key as a person reads it: its translation, else its last part. */
export function wordFor(key: string, words: ViewWords): string {
  const found = Object.hasOwn(words, key) ? words[key] : undefined;
  return found ?? (/^[a-z]+(\.[A-Za-z0-9]+)+$/.test(key) ? key.slice(key.lastIndexOf(".") + 1) : key);
}

/** A cell of a table with its tone. */
export function cellOf(cell: ViewCell, words: ViewWords): { readonly say: string; readonly tone: string } {
  return typeof cell === "string" ? { say: cell, tone: "" } : { say: wordFor(cell.say, words), tone: cell.tone ?? "" };
}

/** Text that is a figure: such columns are written to the right. */
export const isFigure = (text: string): boolean => /^[-+−▶ ]*\d[\d,.]*( ?[%a-zA-Z]{0,4})?$/.test(text.trim());

/** What stands beside a level's line: `#3` of a cell, else its word. */
export const levelText = ({ label }: Pick<ViewLevel, "label">, words: ViewWords): string => wordFor(label, words);

// Texts out of Redis on their way to a person: whoever can write there shall not write our lines.
import { plain } from "@bp/core";

/** Longer than anything that we say ourselves. */
const longest = 1_000;

/**
 * One line, at most 1,000 characters: line ends become spaces, whatever else steers a terminal `\ufffd`.
 *
 * @param text - of which any part may come from another machine
 */
export function oneLine(text: string): string {
  const line = plain(text.slice(0, longest + 1));
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

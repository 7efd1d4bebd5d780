// Texts of others on their way to a terminal or a log: what would steer it is taken out.

/**
 * Controls of both sets (escape, bell, backspace, carriage return, line ends, the one-byte CSI), line and paragraph separators, and
 * the marks that turn the direction of writing, which can make one text look like another.
 */
const steering = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/** The same without the line end and the tab. */
const inLines = /(?![\n\t])[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const instead = "\ufffd";

/**
 * One line of text without anything that a terminal obeys: each control becomes `\ufffd`, a line end a space. A venue that writes
 * an escape sequence or a second line into an error neither colours, moves nor forges anything.
 */
export function plain(text: string): string {
  return text.replace(steering, (found) => (found === "\n" || found === "\t" ? " " : instead));
}

/** The same for a text of several lines, which stay. */
export function plainLines(text: string): string {
  return text.replace(inLines, instead);
}

// How many columns a text takes in a terminal, where a Chinese character takes two.

/** First and last code point of what is two columns wide (Unicode East Asian Width W and F, and emoji). */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f], // Hangul Jamo
  [0x2e80, 0x303e], // CJK radicals and punctuation
  [0x3041, 0x33ff], // kana, bopomofo, CJK symbols
  [0x3400, 0x4dbf], // CJK extension A
  [0x4e00, 0x9fff], // CJK
  [0xa000, 0xa4cf], // Yi
  [0xac00, 0xd7a3], // Hangul
  [0xf900, 0xfaff], // CJK compatibility
  [0xfe30, 0xfe6f], // CJK compatibility forms
  [0xff00, 0xff60], // full-width forms
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff], // emoji
  [0x20000, 0x3fffd], // CJK extensions B and on
];

/**
 * Columns that a text takes. Colour codes and combining marks take none.
 *
 * @see Unicode Standard Annex 11, East Asian Width
 */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text.replace(colours, "")) width += widthOf(character.codePointAt(0) ?? 0);
  return width;
}

/** Fills a text up to a width with spaces, on the side given. A wider text stays as it is. */
export function pad(text: string, width: number, side: "left" | "right"): string {
  const fill = " ".repeat(Math.max(0, width - displayWidth(text)));
  return side === "right" ? text + fill : fill + text;
}

const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

function widthOf(code: number): number {
  if (code < 0x300) return code < 0x20 ? 0 : 1;
  if (code <= 0x36f || code === 0x200d || (code >= 0xfe00 && code <= 0xfe0f)) return 0; // combining, joiner, variation
  return wide.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}

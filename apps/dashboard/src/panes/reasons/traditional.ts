// Simplified Chinese in traditional characters.

/** How one becomes the other. */
export interface Writing {
  /** Words that Taiwan has another one for: `订单簿`, `委託簿`. */
  readonly words: readonly (readonly [simplified: string, traditional: string])[];
  /** Each character and the other one after it, `订訂单單`; one that is in both is left out. */
  readonly letters: string;
}

/** @returns what writes a text anew; what is not Chinese in it stays */
export function traditional({ words, letters }: Writing): (text: string) => string {
  const others = new Map([...letters.matchAll(/(.)(.)/gu)].map(([, from = "", to = ""]) => [from, to]));
  return (text) =>
    words
      .reduce((said, [from, to]) => said.replaceAll(from, to), text)
      .replace(/./gu, (letter) => others.get(letter) ?? letter);
}

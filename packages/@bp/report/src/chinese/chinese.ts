// Sentences of an analysis in Chinese: what figures are made of, models, and what is left out. They come in English, with numbers and names in them.
import { figureSentences } from "./figures.ts";
import { modelSentences } from "./models.ts";
import type { Sentence } from "./sentence.ts";
import { sharedSentences } from "./shared.ts";

interface Pattern {
  readonly known: RegExp;
  readonly zh: string;
}

/** Longer texts are nobody's sentence of ours. */
const longest = 600;

const sentences: readonly Sentence[] = [...sharedSentences, ...figureSentences, ...modelSentences];
const whole = new Map<string, string>(sentences.filter(([en]) => !en.includes("{}")));
const patterns: readonly Pattern[] = sentences
  .filter(([en]) => en.includes("{}"))
  .map(([en, zh]) => ({ known: new RegExp(`^${en.split("{}").map(escaped).join("([^;]{1,400}?)")}$`), zh }));

/**
 * A sentence in traditional Chinese. What is put in (numbers, names, times) stays as it is, and so does what nobody has translated:
 * a sentence of a newer program, of a file that somebody wrote.
 */
export function chineseOf(text: string): string {
  if (text.length > longest) return text;
  const known = sentenceOf(text);
  if (known !== undefined) return known;
  const parts = text.split("; ").map((each) => ({ each, zh: sentenceOf(each) }));
  return parts.some(({ zh }) => zh !== undefined) ? parts.map(({ each, zh }) => zh ?? each).join("；") : text;
}

function sentenceOf(text: string): string | undefined {
  const found = whole.get(text);
  if (found !== undefined) return found;
  for (const { known, zh } of patterns) {
    const filled = known.exec(text);
    if (filled === null) continue;
    let next = 0;
    return zh.replace(/\{(\d?)\}/g, (_, place: string) => filled[(place === "" ? next++ : Number(place)) + 1] ?? "");
  }
  return undefined;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

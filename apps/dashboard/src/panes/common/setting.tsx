// The language in which the panes speak.
import { createContext, type ReactNode, useContext } from "react";
import { en, type PaneWords } from "../words/en.ts";

const WordsContext = createContext<PaneWords>(en);

/** Everything within speaks these words; without it, English. */
export function PaneLanguage({ words, children }: { readonly words: PaneWords; readonly children: ReactNode }) {
  return <WordsContext value={words}>{children}</WordsContext>;
}

/** The words of the language that was chosen. */
export function usePaneWords(): PaneWords {
  return useContext(WordsContext);
}

/** Puts values into the places of a sentence: `{time} left`. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}

// In which language the page speaks, and its words.
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { PaneLanguage, en as paneEn, zhCN as paneZhCN, zhTW as paneZhTW } from "../panes/index.ts";
import { en, type Words } from "./en.ts";
import { zhCN } from "./zhCN.ts";
import { zhTW } from "./zhTW.ts";

/** As `lang` has it. */
export type Language = "en" | "zh-CN" | "zh-TW";

/** All, with their own names. */
export const languages: readonly { readonly id: Language; readonly name: string }[] = [
  { id: "en", name: "English" },
  { id: "zh-CN", name: "简体中文" },
  { id: "zh-TW", name: "繁體中文" },
];

const dictionaries = {
  en: { shell: en, panes: paneEn },
  "zh-CN": { shell: zhCN, panes: paneZhCN },
  "zh-TW": { shell: zhTW, panes: paneZhTW },
} as const;

interface Spoken {
  readonly words: Words;
  readonly language: Language;
  readonly speak: (language: Language) => void;
}

const LanguageContext = createContext<Spoken>({ words: en, language: "en", speak: () => undefined });

/** Everything within speaks the language that was chosen, else the one that the browser asks for. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(() => chosen(localStorage.getItem("language"), navigator.languages));
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const spoken = useMemo<Spoken>(
    () => ({
      words: dictionaries[language].shell,
      language,
      speak: (next) => {
        localStorage.setItem("language", next);
        setLanguage(next);
      },
    }),
    [language],
  );
  return (
    <LanguageContext value={spoken}>
      <PaneLanguage words={dictionaries[language].panes}>{children}</PaneLanguage>
    </LanguageContext>
  );
}

/** The words of the language that was chosen. */
export function useWords(): Words {
  return useContext(LanguageContext).words;
}

/** The language, and how to change it. */
export function useLanguage(): Pick<Spoken, "language" | "speak"> {
  return useContext(LanguageContext);
}

/** Which one: what was chosen before, else the first of the browser's that we speak, else English. */
export function chosen(kept: string | null, asked: readonly string[]): Language {
  const known = languages.find(({ id }) => id === kept);
  if (known !== undefined) return known.id;
  for (const tag of asked) {
    if (/^zh\b.*(hant|tw|hk|mo)/i.test(tag)) return "zh-TW";
    if (/^zh\b/i.test(tag)) return "zh-CN";
    if (/^en\b/i.test(tag)) return "en";
  }
  return "en";
}

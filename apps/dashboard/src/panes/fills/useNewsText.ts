// How a part of the page says the lines of the log.
import { useCallback } from "react";
import type { News } from "../../contract/index.ts";
import { usePaneWords } from "../common/setting.tsx";
import { useReasons } from "../reasons/useReasons.ts";
import { newsText } from "./newsText.ts";

/** The same function until the language is another one. */
export function useNewsText(): (line: News) => string {
  const { language } = usePaneWords();
  const tell = useReasons();
  return useCallback((line: News) => newsText(line, language, tell), [language, tell]);
}

// A line of the log in the language of the page.
import type { News } from "../../contract/index.ts";
import type { Tell } from "../reasons/told.ts";
import { traditional } from "../reasons/traditional.ts";

/**
 * @param language - of the page
 * @param tell - says in it what comes in English alone
 */
export function newsText({ say, zh }: Pick<News, "say" | "zh">, language: string, tell: Tell): string {
  if (language === "en" || zh === undefined) return tell(say);
  return language === "zh-TW" ? traditional(zh) : zh;
}

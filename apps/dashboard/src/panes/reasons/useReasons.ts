// What the bot says, in the language of the page.
import { useEffect, useState } from "react";
import { usePaneWords } from "../common/setting.tsx";
import { type Chinese, fetched } from "./chinese.ts";
import type { Tell } from "./told.ts";

const asItCame: Tell = (said) => said;

let chinese: Chinese | undefined;
/** Asked for once, however many parts of the page want it at the same time. */
let coming: Promise<Chinese> | undefined;

/**
 * Reasons, remarks and news come from the bot in English. Where the page speaks Chinese a table of them is fetched; until it is
 * there, and for what it does not know (a venue's own words), texts stay as they came.
 */
export function useReasons(): Tell {
  const { language } = usePaneWords();
  const [, drawAgain] = useState(false);
  useEffect(() => {
    const learn = async () => {
      coming ??= fetched();
      try {
        chinese = await coming;
      } finally {
        coming = undefined; // what failed is asked for again by the next part that wants it
      }
      drawAgain(true);
    };
    if (language !== "en" && chinese === undefined) learn().catch(() => undefined); // English is better than nothing
  }, [language]);
  return chinese?.[language] ?? asItCame;
}

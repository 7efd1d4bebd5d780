// What the bot says, in the language of the page.
import { useEffect, useState } from "react";
import { usePaneWords } from "../common/setting.tsx";
import { type Chinese, fetched } from "./chinese.ts";
import type { Tell } from "./told.ts";

/** A table that could not be had is asked for again after so long, ms. */
const againMs = 10_000;

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
  const [, drawAgain] = useState(chinese);
  useEffect(() => {
    if (language === "en") return undefined;
    if (chinese !== undefined) {
      drawAgain(chinese); // it may have come since this was drawn
      return undefined;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isWanted = true;
    const learn = () => {
      learned()
        .then(drawAgain)
        .catch(() => {
          if (isWanted) timer = setTimeout(learn, againMs); // until then English is better than nothing
        });
    };
    learn();
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [language]);
  return chinese?.[language] ?? asItCame;
}

async function learned(): Promise<Chinese> {
  if (chinese !== undefined) return chinese;
  coming ??= fetched().finally(() => {
    coming = undefined;
  });
  chinese = await coming;
  return chinese;
}

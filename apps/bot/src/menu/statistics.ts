// Item 6 of the menu: what the newest run came to.
import { openJournal } from "@bp/journal";
import { finalText, type Look } from "@bp/report";
import { figuresOf } from "../opening.ts";
import { menuWords } from "./words.ts";

/**
 * The summary of the newest run of a journal, with the figures of `bot report last`.
 *
 * @param file - an absolute path
 * @throws BpError `journal/*` where there is no journal, or one that cannot be read
 */
export function statistics(file: string, look: Look): readonly string[] {
  const store = openJournal(file, { access: "read" });
  try {
    const [run] = store.runs();
    if (run === undefined) return [menuWords[look.language].noRuns];
    return [finalText(figuresOf(store, run), look, run.id)];
  } finally {
    store.close();
  }
}

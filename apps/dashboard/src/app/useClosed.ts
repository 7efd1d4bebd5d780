// What is left to do once the bot that served the page has ended, and its door with it.
import { useFrame } from "../feed/session.tsx";
import { fill } from "../panes/common/setting.tsx";
import { useWords } from "../words/language.tsx";

/** In two sentences: the commands, with the run as they want it. */
export function useClosed(): string {
  const words = useWords();
  const run = useFrame(({ run }) => run.id, 1_000) ?? "last";
  return fill(words.closed, { run });
}

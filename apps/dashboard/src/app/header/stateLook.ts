// How the state of a run looks: in its colour, or in none where it is only the last that was known.
import type { RunState } from "../../contract/index.ts";
import { fill } from "../../panes/common/setting.tsx";
import type { Words } from "../../words/en.ts";

/** A state as it is shown. */
export interface StateLook {
  readonly tone: "good" | "warn" | "bad" | "quiet";
  readonly sign: string;
  readonly say: string;
}

const looks = {
  starting: ["warn", "◌"],
  running: ["good", "●"],
  paused: ["warn", "❚❚"],
  stopping: ["warn", "■"],
  halted: ["bad", "✕"],
  ended: ["quiet", "■"],
} as const;

/** @param isOld - nothing has come for a while: what has ended stays so, and of all else nobody knows */
export function stateLook(state: RunState, isOld: boolean, words: Words): StateLook {
  const [tone, sign] = looks[state];
  const say = words[`state.${state}`];
  if (!isOld || state === "ended") return { tone, sign, say };
  return { tone: "quiet", sign: "◌", say: fill(words["state.last"], { state: say }) };
}

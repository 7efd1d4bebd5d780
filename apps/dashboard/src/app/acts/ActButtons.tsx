// The verbs of the run, in the header. Who may only look sees them, and why they rest.
import { useId } from "react";
import { useFrame, useMayAct } from "../../feed/session.tsx";
import { useWords } from "../../words/language.tsx";
import { useActs } from "./ActsProvider.tsx";
import { type Act, fits } from "./act.ts";
import { actSay } from "./actSay.ts";

/** Pause or resume, stop, flatten, kill. */
export function ActButtons() {
  const words = useWords();
  const acts = useActs();
  const mayAct = useMayAct();
  const id = useId();
  const { state, lasts } = useFrame(({ run: { state, lasts } }) => ({ state, lasts })) ?? {};
  const first: Act = state === "paused" ? "resume" : "pause";
  return (
    <fieldset className="acts" aria-label={words.acts}>
      {([first, "stop", "flatten", "halt"] as const).map((act) => (
        <button
          key={act === "resume" ? "pause" : act}
          type="button"
          className={act === "halt" ? "alarm" : ""}
          title={mayAct ? actSay(act, lasts, words) : words["act.viewer"]}
          aria-describedby={mayAct ? undefined : id}
          // the kill switch stays within reach while nothing is known
          disabled={!mayAct || (act === "halt" ? state === "halted" || state === "ended" : !fits(act, state))}
          onClick={() => acts(act)}
        >
          {words[`act.${act}`]}
        </button>
      ))}
      {mayAct ? null : (
        <span id={id} className="viewer" title={words["act.viewer"]}>
          {words.viewer}
        </span>
      )}
    </fieldset>
  );
}

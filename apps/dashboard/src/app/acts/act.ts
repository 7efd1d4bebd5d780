// What a person may do to a run, and how gravely it is asked.
import type { Ask, RunState } from "../../contract/index.ts";

/** One of them. */
export type Act = Ask["what"];

/** One that is asked about before; the others can be taken back, and are done at once. */
export type GraveAct = Exclude<Act, "pause" | "resume">;

/** `say`: after one more click. `hold`: held, or typed. */
export const gravity: Readonly<Record<GraveAct, "say" | "hold">> = {
  stop: "say",
  flatten: "hold",
  halt: "hold",
};

/** What has to be typed instead of holding the button, in every language. */
export const typedWord: Readonly<Partial<Record<Act, string>>> = { flatten: "FLATTEN", halt: "KILL" };

/** Whether it makes sense in a state; the kill switch always does while there is a run. */
export function fits(act: Act, state: RunState | undefined): boolean {
  if (state === undefined || state === "ended") return false;
  if (act === "halt") return state !== "halted";
  if (act === "pause") return state === "running" || state === "starting";
  if (act === "resume") return state === "paused";
  return state === "running" || state === "starting" || state === "paused";
}

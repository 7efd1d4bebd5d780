// Several who show a run, as one.
import type { Face } from "../session.ts";

/** Tells each of them, in the order given. */
export function together(faces: readonly Face[]): Face {
  return {
    begun: (run) => {
      for (const face of faces) face.begun(run);
    },
    step: (event, commands, notes, state, fills) => {
      for (const face of faces) face.step(event, commands, notes, state, fills);
    },
    ending: (why) => {
      for (const face of faces) face.ending(why);
    },
    ended: (result) => {
      for (const face of faces) face.ended(result);
    },
  };
}

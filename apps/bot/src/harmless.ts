// What only shows a run cannot end it: a mistake there is told, and from then on nothing more is shown.
import { messageOf } from "./failures.ts";

/** Does something that nothing depends on; `undefined` where it fails, or has failed before. */
export type Harmless = <T>(act: () => T) => T | undefined;

/** @param failed - told of the first mistake, once; it does not throw */
export function harmless(failed: (why: string) => void): Harmless {
  let hasFailed = false;
  return (act) => {
    if (hasFailed) return undefined;
    try {
      return act();
    } catch (error) {
      hasFailed = true;
      failed(messageOf(error));
      return undefined;
    }
  };
}

// What the door answers to a question, as a part of the page sees it: not yet, an answer, or a refusal.
import { useEffect, useReducer, useState } from "react";
import { askAgain, type Told } from "./asking.ts";
import { useSession } from "./session.tsx";

/** Where a question stands. */
export interface Answer<T> extends Told<T> {
  readonly again: () => void;
}

/**
 * Asks, once for each path.
 *
 * @param path - below `/api/`; `undefined`: nothing is asked @param everyMs - asks again so often while the tab is seen; 0: never
 */
export function useAnswer<T>(path: string | undefined, everyMs = 0): Answer<T> {
  const { api } = useSession();
  const [known, setKnown] = useState<{ readonly path: string; readonly told: Told<T> }>();
  const [round, again] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (path === undefined) return undefined;
    return askAgain<T>({
      ask: (signal) => api.ask<T>(path, { signal }),
      tell: (change) => setKnown((before) => ({ path, told: change(before?.path === path ? before.told : {}) })),
      everyMs,
      isHidden: () => document.hidden,
    });
    // `round` asks anew
  }, [api, path, everyMs, round]);
  return { ...(known?.path === path ? known?.told : undefined), again };
}

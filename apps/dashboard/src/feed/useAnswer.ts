// What the door answers to a question, as a part of the page sees it: not yet, an answer, or a refusal.
import { useEffect, useReducer, useState } from "react";
import { DoorRefusal } from "./api.ts";
import { useSession } from "./session.tsx";

/** Where a question stands. */
export interface Answer<T> {
  /** The newest that there was; stays while it is asked again. */
  readonly value?: T;
  readonly refusal?: DoorRefusal;
  readonly isAsked: boolean;
  readonly again: () => void;
}

interface Told<T> {
  readonly path: string;
  readonly value?: T;
  readonly refusal?: DoorRefusal;
}

/**
 * Asks, once for each path.
 *
 * @param path - below `/api/`; `undefined`: nothing is asked @param everyMs - asks again so often while the tab is seen; 0: never
 */
export function useAnswer<T>(path: string | undefined, everyMs = 0): Answer<T> {
  const { api } = useSession();
  const [told, tell] = useState<Told<T>>();
  const [isAsked, setAsked] = useState(false);
  const [round, again] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (path === undefined) return undefined;
    const aborter = new AbortController();
    const ask = () => {
      setAsked(true);
      api
        .ask<T>(path, { signal: aborter.signal })
        .then((value) => tell({ path, value }))
        .catch((error: unknown) => {
          if (!aborter.signal.aborted) tell({ path, refusal: refusalOf(error) });
        })
        .finally(() => {
          if (!aborter.signal.aborted) setAsked(false);
        });
    };
    ask();
    const timer = everyMs === 0 ? undefined : setInterval(() => !document.hidden && ask(), everyMs);
    return () => {
      clearInterval(timer);
      aborter.abort();
    };
    // `round` asks anew
  }, [api, path, everyMs, round]);
  const now = told?.path === path ? told : undefined;
  return {
    ...(now?.value === undefined ? {} : { value: now.value }),
    ...(now?.refusal === undefined ? {} : { refusal: now.refusal }),
    isAsked: isAsked || (path !== undefined && now === undefined),
    again,
  };
}

/** Whatever was thrown, as a refusal that can be told. */
export const refusalOf = (error: unknown): DoorRefusal =>
  error instanceof DoorRefusal
    ? error
    : new DoorRefusal(0, { error: error instanceof Error ? error.message : String(error) });

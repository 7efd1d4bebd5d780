// A plan is of what was asked: who changes the form puts it away, and with it the answer that is still on its way.
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { type DoorRefusal, refusalOf } from "./api.ts";
import { useSession } from "./session.tsx";

/** How far it is. */
export interface PlanState<Ask, Plan> {
  /** What was asked, and what would come of it. */
  readonly planned?: { readonly ask: Ask; readonly plan: Plan };
  readonly refusal?: DoorRefusal;
  readonly isAsked: boolean;
}

/** One plan at a time. */
export interface Planning<Ask, Plan> {
  readonly get: () => PlanState<Ask, Plan>;
  /** @returns ends it */
  readonly subscribe: (changed: () => void) => () => void;
  readonly plan: (ask: Ask) => void;
  /** Forgets it: something has changed since, and an answer that comes later is of the past. */
  readonly putAway: () => void;
}

/** @param answer - asks for a plan; `signal` aborts once nobody waits for it any more */
export function createPlanning<Ask, Plan>(
  answer: (ask: Ask, signal: AbortSignal) => Promise<Plan>,
): Planning<Ask, Plan> {
  const nothing: PlanState<Ask, Plan> = { isAsked: false };
  const listeners = new Set<() => void>();
  let state = nothing;
  let asking = new AbortController();
  const put = (next: PlanState<Ask, Plan>) => {
    state = next;
    for (const changed of listeners) changed();
  };
  const begin = (next: PlanState<Ask, Plan>): AbortSignal => {
    asking.abort();
    asking = new AbortController();
    put(next);
    return asking.signal;
  };
  return {
    get: () => state,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    plan: (ask) => {
      const signal = begin({ isAsked: true });
      answer(ask, signal).then(
        (plan) => signal.aborted || put({ planned: { ask, plan }, isAsked: false }),
        (error: unknown) => signal.aborted || put({ refusal: refusalOf(error), isAsked: false }),
      );
    },
    putAway: () => void begin(nothing),
  };
}

/** @param path - below `/api/`, of the plan */
export function usePlanning<Ask, Plan>(path: string): PlanState<Ask, Plan> & Planning<Ask, Plan> {
  const { api } = useSession();
  const planning = useMemo(
    () => createPlanning<Ask, Plan>((body, signal) => api.ask<Plan>(path, { method: "POST", body, signal })),
    [api, path],
  );
  useEffect(() => planning.putAway, [planning]);
  return { ...planning, ...useSyncExternalStore(planning.subscribe, planning.get) };
}

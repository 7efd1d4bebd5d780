// The place in the page, as it changes.
import { useMemo, useSyncExternalStore } from "react";
import { hashOf, type Route, readRoute } from "./route.ts";

const subscribe = (changed: () => void) => {
  addEventListener("hashchange", changed);
  return () => removeEventListener("hashchange", changed);
};

/** Where one is now. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return useMemo(() => readRoute(hash), [hash]);
}

/** Goes there. */
export function go(route: Route): void {
  location.hash = hashOf(route);
}

/** Opens a decision beside what is shown, or closes it. */
export function openDecision(decision: string | undefined): void {
  const { decision: _, ...route } = readRoute(location.hash);
  go(decision === undefined ? route : { ...route, decision });
}

// Whether the page has room for one column alone, as on a phone.
import { useSyncExternalStore } from "react";

const query = matchMedia("(max-width: 52rem)");
const subscribe = (changed: () => void) => {
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
};

/** Follows the window as its width changes. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => query.matches);
}

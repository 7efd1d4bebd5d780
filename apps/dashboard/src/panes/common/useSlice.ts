// The part of a frame that a pane shows: the same object for as long as it says the same.
import { useRef } from "react";
import { keepEqual } from "./keepEqual.ts";

/** @returns `part`, or what an earlier drawing was given where that is equal: what is memoized on it rests */
export function useSlice<T>(part: T): T {
  const kept = useRef<T>(part);
  kept.current = keepEqual(kept.current, part);
  return kept.current;
}

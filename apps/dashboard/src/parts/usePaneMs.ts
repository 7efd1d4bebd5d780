// How often a pane takes what is new: what is scrolled away costs next to nothing.
import type { RefObject } from "react";
import { paneMs } from "../feed/session.tsx";
import { useInView } from "../panes/common/useInView.ts";

/** Out of sight, ms. */
const hiddenMs = 5_000;

/** @param seenMs - while it can be seen @param always - it counts as seen wherever it is */
export function usePaneMs(place: RefObject<HTMLElement | null>, seenMs = paneMs, always = false): number {
  return useInView(place, always) ? seenMs : hiddenMs;
}

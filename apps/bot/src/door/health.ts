// Whether a bot does well, for whoever watches processes: without a token, and without anything that is worth one.
import type { Frame } from "dashboard/contract";

/** A frame that is older tells that the trading thread stands still, or that nothing draws any more, ms. */
export const staleMs = 10_000;

/** What is said. */
export interface Health {
  readonly alive: true;
  /** Whether the run is under way: running, or paused by a person. */
  readonly trading: boolean;
  readonly stale: boolean;
}

/** @param ageMs - since the frame came @param hasBot - a door alone does well when it answers */
export function healthOf(frame: Frame | undefined, ageMs: number, hasBot: boolean): Health & { readonly ok: boolean } {
  const state = frame?.run.state;
  const trading = state === "running" || state === "paused";
  const stale = hasBot && (frame === undefined || ageMs >= staleMs);
  return { alive: true, trading, stale, ok: !hasBot || (trading && !stale) };
}

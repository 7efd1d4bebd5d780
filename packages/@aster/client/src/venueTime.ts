// What the venue's clock says now.
import type { Clock } from "@bp/core";
import type { Skew } from "@bp/transport";

/** The venue's time, ms, with a fraction; ours as long as the venue's was not measured. */
export function venueTime(skew: Skew | undefined, clock: Clock): number {
  return clock.now() + (skew?.offsetMs ?? 0);
}

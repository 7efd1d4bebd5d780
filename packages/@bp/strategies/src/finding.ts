// What a check of a configuration says before anything is sent.
import type { Decimal } from "@bp/core";

/** One thing that a person should know before the start. */
export interface Finding {
  /** `refuse`: do not start live with it (unless losing was allowed on purpose). `warn`: it works, but look at it. */
  readonly level: "refuse" | "warn";
  readonly code:
    | "coins"
    | "lattice"
    | "left-out"
    | "negative-edge"
    | "off-grid"
    | "short-spot"
    | "side"
    | "thin-edge"
    | "tight-stop"
    | "too-small";
  readonly say: string;
  /** `too-small` of a hedge: the least quantity that would do, in base. */
  readonly least?: Decimal;
}

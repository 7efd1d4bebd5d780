// The warnings of a frame as they are listed.
import type { Frame, Warning } from "../../contract/index.ts";
import { clock } from "../../panes/format.ts";

/** A warning, and since when as a person reads it. */
export interface WarningLine extends Omit<Warning, "since"> {
  readonly since?: string;
}

/** They are dated by the market's clock, as fills are: its day, and not the page's, is today. */
export function warningLines({ warnings, run }: Pick<Frame, "warnings" | "run">): readonly WarningLine[] {
  return warnings.map(({ since, ...warning }) => ({
    ...warning,
    ...(since === undefined ? {} : { since: clock(since, run.marketNow) }),
  }));
}

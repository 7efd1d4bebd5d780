// What went wrong beside the flow of facts and was survived, told to a person: enough to act on, not a line a frame.
import type { BpError, Clock, Millis } from "@bp/core";

/** The same kind of trouble is told once in so many ms. */
const everyMs = 60_000;

/**
 * Makes a teller of troubles: bad frames, failed reads, silent streams. The first of each kind is told at once; those that
 * follow are counted and told with the next.
 */
export function tellTroubles(clock: Clock, write: (line: string) => void): (error: BpError) => void {
  const told = new Map<string, { readonly at: Millis; more: number }>();
  return (error) => {
    const before = told.get(error.code);
    if (before !== undefined && clock.now() - before.at < everyMs) {
      before.more += 1;
      return;
    }
    const more = before === undefined || before.more === 0 ? "" : ` (and ${before.more} more of the kind before)`;
    write(`trouble: ${error.message} [${error.code}]${more}`);
    told.set(error.code, { at: clock.now(), more: 0 });
  };
}

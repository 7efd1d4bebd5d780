// Ctrl+C while something long goes on that holds no orders: the first one ends it cleanly, a second one at once.
import { onFailing } from "./failing.ts";

/** It. */
export interface StopSignal {
  /** Aborts at SIGINT, SIGTERM or SIGHUP, and where nobody reads the output any more. */
  readonly signal: AbortSignal;
  /** What a second one tells from now on: what there is of the work, and how it goes on. */
  keeps(say: () => string): void;
}

/** Begins to hear. @param kept - what a second one tells until `keeps` knows better */
export function stopSignal(kept: string): StopSignal {
  const stop = new AbortController();
  let say = () => kept;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      if (stop.signal.aborted) {
        process.stderr.write(`left at once: ${say()}\n`);
        process.exit(1);
      }
      process.stderr.write("\nstopping; once more to leave at once\n");
      stop.abort();
    });
  onFailing({ unheard: () => stop.abort(), mistaken: () => stop.abort() });
  return {
    signal: stop.signal,
    keeps: (words) => {
      say = words;
    },
  };
}

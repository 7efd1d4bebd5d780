// Ctrl+C while something long goes on that holds no orders: the first one ends it cleanly, a second one at once.

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
  // A pipe to `head`, a terminal that is gone: complaining about it would fail in the same way, without an end.
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", () => {
      process.exitCode = 1; // whoever wanted to know the end has not heard it
      stop.abort();
    });
  // A mistake anywhere must end in files that are closed too, and in a code that is not 0.
  process.on("uncaughtException", (error) => {
    process.stderr.write(`error: ${error.message}\n${error.stack ?? ""}\n`);
    process.exitCode = 1;
    stop.abort();
  });
  return {
    signal: stop.signal,
    keeps: (words) => {
      say = words;
    },
  };
}

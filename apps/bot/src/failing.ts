// What ends a command beside a signal: output that nobody reads, and a mistake of ours.

/** What is to be done then. Both leave a code that is not 0. */
export interface Failing {
  /** A pipe to `head`, a terminal that is gone: complaining about it would fail in the same way, without an end. */
  readonly unheard: () => void;
  /** It was told; what is open must be closed all the same. */
  readonly mistaken: () => void;
}

/** Begins to hear of it, for as long as the process lives. */
export function onFailing({ unheard, mistaken }: Failing): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", () => {
      process.exitCode = 1; // whoever wanted to know the end has not heard it
      unheard();
    });
  process.on("uncaughtException", (error) => {
    process.stderr.write(`error: ${error.message}\n${error.stack ?? ""}\n`);
    process.exitCode = 1;
    mistaken();
  });
}

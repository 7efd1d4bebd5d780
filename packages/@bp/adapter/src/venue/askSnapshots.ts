// Snapshots on demand: one reading at a time, and one more if it was asked for meanwhile.
import type { AccountSnapshot, Clock } from "@bp/core";

/** A question that has waited for its answer so long, ms: nobody knows the account any more. */
const lateMs = 10_000;

/** Makes the asker. `read` answers `undefined` when there is nothing to tell any more. */
export function createSnapshotAsker(options: {
  readonly read: () => Promise<AccountSnapshot | undefined>;
  readonly told: (snapshot: AccountSnapshot) => void;
  /** A snapshot that was asked for has not come for ten seconds; told once until one comes. */
  readonly late: () => void;
  readonly clock: Clock;
  readonly run: (task: () => Promise<void>) => void;
  readonly signal: AbortSignal;
}): () => void {
  const { read, told, late, clock, run, signal } = options;
  let reading = false;
  let again = false;
  let waiting: AbortController | undefined;
  const watch = () => {
    const over = new AbortController();
    waiting = over;
    run(async () => {
      await clock.sleep(lateMs, AbortSignal.any([over.signal, signal]));
      if (!over.signal.aborted && !signal.aborted) late();
    });
  };
  return () => {
    again = true;
    if (reading) return;
    reading = true;
    watch();
    run(async () => {
      try {
        while (again && !signal.aborted) {
          again = false;
          const snapshot = await read();
          if (snapshot === undefined) return;
          told(snapshot);
          waiting?.abort();
          if (again) watch();
        }
      } finally {
        waiting?.abort();
        reading = false;
      }
    });
  };
}

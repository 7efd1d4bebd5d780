// Snapshots on demand: one reading at a time, and one more if it was asked for meanwhile.
import type { AccountSnapshot } from "@bp/core";

/** Makes the asker. `read` answers `undefined` when there is nothing to tell any more. */
export function createSnapshotAsker(options: {
  readonly read: () => Promise<AccountSnapshot | undefined>;
  readonly told: (snapshot: AccountSnapshot) => void;
  readonly run: (task: () => Promise<void>) => void;
  readonly signal: AbortSignal;
}): () => void {
  const { read, told, run, signal } = options;
  let reading = false;
  let again = false;
  return () => {
    again = true;
    if (reading) return;
    reading = true;
    run(async () => {
      try {
        while (again && !signal.aborted) {
          again = false;
          const snapshot = await read();
          if (snapshot === undefined) return;
          told(snapshot);
        }
      } finally {
        reading = false;
      }
    });
  };
}

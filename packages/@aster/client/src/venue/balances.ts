// The account's stream tells wallets and never what is free: balances are read when something has changed.
import { guarded } from "@bp/adapter";
import type { BpError, Clock, VenueBalance } from "@bp/core";

/** Reads at most once in so long, ms; the last wish counts. */
const everyMs = 1_000;

/** Makes the function that asks for a reading. */
export function createBalanceWatch(options: {
  readonly read: () => Promise<readonly VenueBalance[]>;
  readonly told: (balance: VenueBalance) => void;
  readonly clock: Clock;
  readonly run: (task: () => Promise<void>) => void;
  readonly trouble: (error: BpError) => void;
  readonly signal: AbortSignal;
}): () => void {
  const { read, told, clock, run, trouble, signal } = options;
  let planned = false;
  return () => {
    if (planned) return;
    planned = true;
    run(async () => {
      await clock.sleep(everyMs, signal);
      planned = false;
      if (signal.aborted) return;
      await guarded(async () => {
        const balances = await read();
        for (const balance of balances) if (!signal.aborted) told(balance);
      }, trouble);
    });
  };
}

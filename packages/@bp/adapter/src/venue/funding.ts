// Funding payments as facts: read from the account's history after each stamp, each told once.
import type { BpError, Clock, Decimal, InstrumentId, Millis, News } from "@bp/core";
import { guarded } from "../background.ts";

/** After a funding stamp the payment is looked for at these distances, ms. */
const looksMs = [2_000, 15_000, 60_000];

/** A payment as the history lists it. */
export interface FundingRow {
  readonly key: string;
  readonly instrument: InstrumentId;
  /** Positive is received. */
  readonly amount: Decimal;
  readonly asset: string;
  readonly paidAt: Millis;
}

/** Where payments are read, and who hears of them. */
export interface FundingWatchOptions {
  /** Recent payments of the markets asked for, oldest first. */
  readonly rows: (signal: AbortSignal) => Promise<readonly FundingRow[]>;
  readonly clock: Clock;
  /** Payments up to here are old news. */
  readonly since: Millis;
  readonly tell: (news: News, venueAt: Millis) => void;
  readonly trouble: (error: BpError) => void;
  readonly signal: AbortSignal;
}

/** Watches for payments. */
export interface FundingWatch {
  /** A stamp has passed: reads now and then until the payments are there. */
  look(): Promise<void>;
  /** Reads once, and tells each payment once. */
  read(): Promise<void>;
}

/** Makes the watch. */
export function createFundingWatch({ rows, clock, since, tell, trouble, signal }: FundingWatchOptions): FundingWatch {
  const told = new Set<string>();
  let looking = false;
  const read = async () => {
    for (const { key, instrument, amount, asset, paidAt } of await rows(signal)) {
      if (paidAt <= since || told.has(key)) continue;
      told.add(key);
      tell({ type: "funding.paid", instrument, amount, asset }, paidAt);
    }
  };
  return {
    read,
    look: async () => {
      if (looking) return; // all markets are stamped at once
      looking = true;
      const startedAt = clock.now();
      for (const lookMs of looksMs) {
        await clock.sleep(startedAt + lookMs - clock.now(), signal);
        if (signal.aborted) break;
        await guarded(read, trouble);
      }
      looking = false;
    },
  };
}

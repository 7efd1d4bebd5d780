// Funding payments as facts: no stream tells them, so they are read from the history after each stamp.

import { guarded } from "@bp/adapter";
import type { BpError, Clock, Instrument, Millis, News } from "@bp/core";
import type { Backpack } from "../client.ts";
import { fromUtcText } from "../wire/time.ts";

/** After a funding stamp the payment is looked for at these distances, ms. */
const fundingLooksMs = [2_000, 15_000, 60_000];

export interface FundingWatchOptions {
  readonly client: Backpack;
  readonly clock: Clock;
  readonly instrumentOf: (symbol: string) => Instrument | undefined;
  /** Payments up to here are old news. */
  readonly since: Millis;
  readonly tell: (news: News, venueAt: Millis) => void;
  readonly trouble: (error: BpError) => void;
  readonly signal: AbortSignal;
}

export interface FundingWatch {
  /** A stamp has passed: reads now and then until the payments are there. */
  look(): Promise<void>;
  /** Reads once, and tells each payment once. */
  read(): Promise<void>;
}

/** Watches for payments. */
export function createFundingWatch(options: FundingWatchOptions): FundingWatch {
  const { client, clock, instrumentOf, since, tell, trouble, signal } = options;
  const told = new Set<string>();
  let looking = false;
  const read = async () => {
    const rows = await client.rest.history.funding({ limit: 100 }, { signal });
    for (const row of rows.toReversed()) {
      const instrument = instrumentOf(row.symbol);
      const stampedAt = fromUtcText(row.intervalEndTimestamp);
      const key = `${row.symbol} ${stampedAt}`;
      if (instrument === undefined || stampedAt <= since || told.has(key)) continue;
      told.add(key);
      tell(
        { type: "funding.paid", instrument: instrument.id, amount: row.quantity, asset: instrument.quote },
        stampedAt,
      );
    }
  };
  return {
    read,
    look: async () => {
      if (looking) return; // all markets are stamped at once
      looking = true;
      const startedAt = clock.now();
      for (const lookMs of fundingLooksMs) {
        await clock.sleep(startedAt + lookMs - clock.now(), signal);
        if (signal.aborted) break;
        await guarded(read, trouble);
      }
      looking = false;
    },
  };
}

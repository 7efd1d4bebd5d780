// A real venue, or anything that speaks like one: nothing is moved or broken there, and orders are placed only when allowed.
import { type InstrumentId, millis, type Venue } from "@bp/core";
import type { Need, Subject } from "../bench.ts";

/** What may be tried where. */
export interface LiveOptions {
  readonly name: string;
  /** Made anew for each case. */
  readonly venue: () => Venue & { close(): Promise<void> };
  readonly instrument: InstrumentId;
  /** The market is a perpetual. */
  readonly perp: boolean;
  /** `account`: reads with a key. `trade`: also rests the smallest order far from the market, and takes it back. */
  readonly allow: "public" | "account" | "trade";
}

/** A venue that is only looked at, unless `allow` says more. */
export function liveSubject({ name, venue, instrument, perp, allow }: LiveOptions): Subject {
  const offers = new Set<Need>();
  if (perp) offers.add("perp");
  if (allow !== "public") offers.add("account");
  if (allow === "trade") offers.add("orders");
  return {
    name,
    offers,
    open: async () => {
      const made = venue();
      return {
        venue: made,
        instrument,
        account: allow !== "public",
        now: () => millis(Date.now()),
        pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        close: () => made.close(),
      };
    },
  };
}

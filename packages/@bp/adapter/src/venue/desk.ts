// What the parts of an order desk share: the venue, the clock, and the ways to tell and to ask.
import type { BpError, Clock, Instrument, Millis, News } from "@bp/core";
import type { OrderApi } from "./orderApi.ts";
import type { OrderIndex, Tracked } from "./tracked.ts";

/** What every part of a desk is given. */
export interface Desk {
  readonly api: OrderApi;
  readonly clock: Clock;
  readonly venueNow: () => Millis;
  readonly instrumentOf: (symbol: string) => Instrument | undefined;
  readonly index: OrderIndex;
  readonly tell: (news: News, venueAt: Millis) => void;
  /** The venue shows a second order under one number of ours: tells it, and has a snapshot read. */
  readonly twin: (order: Tracked, second: string) => void;
  readonly trouble: (error: BpError) => void;
  readonly askSnapshot: (why: string) => void;
  readonly run: (task: () => Promise<void>) => void;
  readonly signal: AbortSignal;
}

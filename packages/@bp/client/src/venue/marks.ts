// Marks of the perpetuals as facts, and the moment when a funding stamp has passed.
import { type Instrument, type Millis, millis, type News } from "@bp/core";
import type { Backpack } from "../client.ts";
import { fromMicros, fromMillisOrMicros } from "../wire/time.ts";
import { ticksWithFraction } from "./decode.ts";

/** Follows the mark of one market. `stamped` is called when the next funding has moved on. */
export function followMark(options: {
  readonly client: Backpack;
  readonly symbol: string;
  readonly instrumentOf: (symbol: string) => Instrument | undefined;
  readonly tell: (news: News, venueAt: Millis, at: Millis) => void;
  readonly stamped: () => void;
  readonly signal: AbortSignal;
}): void {
  const { client, symbol, instrumentOf, tell, stamped, signal } = options;
  let fundingAt = 0;
  client.streams.markPrice(symbol).on(
    (update, at) => {
      const instrument = instrumentOf(symbol);
      if (instrument === undefined) return;
      const next = update.n === null || update.n === undefined ? 0 : fromMillisOrMicros(update.n);
      tell(
        {
          type: "mark.changed",
          instrument: instrument.id,
          mark: ticksWithFraction(update.p, instrument),
          index: ticksWithFraction(update.i ?? update.p, instrument),
          fundingRate: Number(update.f ?? 0),
          fundingAt: millis(next),
        },
        fromMicros(update.T),
        at,
      );
      if (fundingAt > 0 && next > fundingAt) stamped();
      fundingAt = next;
    },
    { signal },
  );
}

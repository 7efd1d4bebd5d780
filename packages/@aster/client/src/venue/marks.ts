// Marks of the perpetuals as facts, once a second, and the moment when a funding stamp has passed.
import { type Instrument, type Millis, millis, type News } from "@bp/core";
import type { FuturesStreams } from "../streams/streams.ts";
import { ticksWithFraction } from "./decode.ts";

/** Follows the mark of one market. `stamped` is called when the next funding has moved on. */
export function followMark(options: {
  readonly streams: FuturesStreams;
  readonly symbol: string;
  readonly instrumentOf: (symbol: string) => Instrument | undefined;
  readonly tell: (news: News, venueAt: Millis, at: Millis) => void;
  readonly stamped: () => void;
  readonly signal: AbortSignal;
}): void {
  const { streams, symbol, instrumentOf, tell, stamped, signal } = options;
  let fundingAt = 0;
  streams.markPrice(symbol, "1s").on(
    (update, at) => {
      const instrument = instrumentOf(symbol);
      if (instrument === undefined) return;
      const next = update.T ?? 0;
      tell(
        {
          type: "mark.changed",
          instrument: instrument.id,
          mark: ticksWithFraction(update.p, instrument),
          index: ticksWithFraction(update.i ?? update.p, instrument),
          fundingRate: Number(update.r ?? 0),
          fundingAt: millis(next),
        },
        millis(update.E),
        at,
      );
      if (fundingAt > 0 && next > fundingAt) stamped();
      fundingAt = next;
    },
    { signal },
  );
}

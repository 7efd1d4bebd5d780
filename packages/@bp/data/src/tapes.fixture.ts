// Small tapes and markets for the tests.
import { type Instrument, type InstrumentId, type InstrumentSketch, instrument, type Tape, tapeRow } from "@bp/core";
import { createTapeWriter } from "./writer.ts";

/** A market with a tick of 0.01 and a lot of 0.1. */
export const marketOf = (id: InstrumentId, sketch: Partial<InstrumentSketch> = {}): Instrument =>
  instrument({ id, kind: "perp", base: "SOL", quote: "USDC", tickSize: "0.01", lotSize: "0.1", ...sketch });

/** A row: kind, moment, values, and the place of the market if it is not the first. */
export type Row = readonly [kind: keyof typeof tapeRow, at: number, a: number, b: number, market?: number];

/** A tape of messages. */
export function tapeOf(
  instruments: readonly Instrument[],
  messages: readonly (readonly Row[])[],
  lacks: readonly string[] = [],
): Tape {
  const writer = createTapeWriter(instruments);
  for (const rows of messages) {
    for (const [kind, at, a, b, market = 0] of rows) writer.row(tapeRow[kind], market, at, at, a, b);
    writer.end();
  }
  return writer.finish(lacks);
}

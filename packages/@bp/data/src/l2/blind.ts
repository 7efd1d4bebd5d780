// A book without any snapshot: what has changed since the data begin is all that is known of it.
import { createSequence, type Instrument, tapeRow } from "@bp/core";
import type { Reading } from "../file.ts";
import { createTapeWriter, type TapeWriter } from "../writer.ts";
import { createKnown } from "./known.ts";
import type { DepthLine } from "./line.ts";
import { rowsOf } from "./rows.ts";

/** Writes its levels on a tape of their own: they are known only when it is sure that no snapshot comes. */
export interface BlindBook {
  readonly writer: TapeWriter;
  /** @throws as `Known.lay`: nothing of the frame was taken, and the ids after it show the gap */
  hear(frame: DepthLine, reading: Reading): void;
}

/** After a gap it begins anew, with nothing. */
export function createBlindBook(instruments: readonly Instrument[], place: number, instrument: Instrument): BlindBook {
  const writer = createTapeWriter(instruments);
  const known = createKnown(instrument);
  let counted: Reading | undefined;
  let sequence: ReturnType<typeof createSequence> | undefined;
  const put = rowsOf(writer, place, () => {
    if (counted === undefined) throw new Error("a row before the first line");
    return counted;
  });
  const begin = (frame: DepthLine) => {
    known.clear();
    put(tapeRow.reset, frame.us, frame.venueUs, 0, 0);
    sequence ??= createSequence(frame.venue);
    sequence.snapshot(frame.first - 1);
    sequence.judge(frame.first, frame.last, frame.previous);
  };
  return {
    writer,
    hear: (frame, reading) => {
      counted = reading;
      known.check(frame.bids, frame.asks); // of one that cannot be the ids are not taken either
      if (sequence === undefined) begin(frame);
      else {
        const verdict = sequence.judge(frame.first, frame.last, frame.previous);
        if (verdict === "drop") {
          reading.duplicates += 1;
          return;
        }
        if (verdict !== "apply") {
          reading.gaps += 1;
          put(tapeRow.lost, frame.us, frame.venueUs, 0, 0);
          writer.end();
          begin(frame);
        }
      }
      known.lay(frame.bids, frame.asks, (kind, price, size) => put(kind, frame.us, frame.venueUs, price, size));
      writer.end();
    },
  };
}

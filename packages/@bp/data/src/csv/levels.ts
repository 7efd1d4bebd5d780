// A table with a row for each level that changed: rows of one update become one frame.

import type { Reading } from "../file.ts";
import type { L2Reader } from "../l2/reader.ts";
import type { Table } from "./columns.ts";
import { momentOf } from "./number.ts";

/** Reads it into a reader of frames. */
export function createLevelsReader(reading: Reading, { at, width }: Table, frames: L2Reader) {
  let open:
    | {
        readonly key: string;
        /** Where it begins: it is over when a line of another one is there. */
        readonly line: number;
        readonly bids: [string, string][];
        readonly asks: [string, string][];
        readonly fields: readonly string[];
        /** A row of it could not be read: it says less than it did. */
        broken: boolean;
      }
    | undefined;
  let isTorn = false; // a row that is of no update for certain was left out: it may be of the one before it, or of the next one
  const field = (fields: readonly string[], name: string) => fields[at[name] ?? -1]?.trim() ?? "";
  const flush = () => {
    if (open === undefined) return;
    const { line, fields, bids, asks, broken } = open;
    open = undefined;
    if (broken) return; // the ids after it show the gap
    const ms = momentOf(field(fields, "received") || field(fields, "time"));
    const [first, last] = [Number(field(fields, "first")), Number(field(fields, "last"))];
    const previous = field(fields, "previous");
    if (Number.isNaN(ms) || !Number.isSafeInteger(first) || !Number.isSafeInteger(last))
      return reading.spoilt("a level without a moment or without update ids", line);
    const venueMs = momentOf(field(fields, "time"));
    const here = reading.line;
    reading.line = line;
    frames.hear({
      kind: "depth",
      us: Math.round(ms * 1_000),
      venueUs: Number.isNaN(venueMs) ? undefined : Math.round(venueMs * 1_000),
      symbol: field(fields, "symbol"),
      venue: previous === "" ? "spot" : "futures",
      first,
      last,
      previous: previous === "" ? undefined : Number(previous),
      bids,
      asks,
    });
    reading.line = here;
  };
  return {
    line: (text: string) => {
      if (text.trim() === "") return;
      const fields = text.replace(/\r$/, "").split(",");
      if (fields.length !== width) {
        isTorn = true;
        if (open !== undefined) open.broken = true;
        return reading.spoilt(`${fields.length} columns where there are ${width} in others: it is cut`);
      }
      const key = `${field(fields, "symbol")} ${field(fields, "last")}`;
      if (open?.key !== key) {
        flush();
        open = { key, line: reading.line, bids: [], asks: [], fields, broken: isTorn };
      }
      isTorn = false;
      const level: [string, string] = [field(fields, "price"), field(fields, "size")];
      if (!level.every((each) => /^\d+(\.\d+)?$/.test(each))) {
        open.broken = true;
        return reading.spoilt(`no level: ${level.join(" ")}`);
      }
      (/^(1|true)$/i.test(field(fields, "isAsk")) ? open.asks : open.bids).push(level);
    },
    /** @param isCut - whether the table's end is missing: then the rest of its last update may be, and none of it is played */
    finish: (isCut: boolean) => {
      if (!isCut || open === undefined) return flush();
      reading.warnings.push(`its last update, from line ${open.line} on, may be cut too and was left out`);
      open = undefined;
    },
  };
}

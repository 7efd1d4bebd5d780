// Reads our own recordings into a tape.
import { tapeRow } from "@bp/core";
import type { Reading } from "../file.ts";
import { createTapeWriter, type TapeWriter } from "../writer.ts";
import { readHeader } from "./format.ts";

/** Reads the lines after the header. */
export interface RecordingReader {
  line(text: string): void;
  finish(lacks: string[]): TapeWriter;
}

/** Begins with a header. @throws BpError `data/unknown-format` */
export function createRecordingReader(reading: Reading, header: string): RecordingReader {
  const { instruments, venue } = readHeader(reading.file, header);
  reading.format = `our recording of ${venue}`;
  const writer = createTapeWriter(instruments);
  const isWhole = (value: unknown): value is number => typeof value === "number" && Number.isSafeInteger(value);
  const isMarket = (value: unknown): value is number => isWhole(value) && value >= 0 && value < instruments.length;
  const isTime = (value: unknown): value is number => typeof value === "number" && value > 0 && Number.isFinite(value);

  const levels = (kind: number, market: number, venueAt: number, at: number, found: unknown): boolean => {
    if (!Array.isArray(found)) return false;
    for (const level of found as readonly unknown[]) {
      if (!Array.isArray(level)) return false;
      const [price, size] = level as readonly unknown[];
      if (!isWhole(price) || !isWhole(size) || price < 1 || size < 0) return false;
      writer.row(kind, market, venueAt, at, price, size);
    }
    return true;
  };
  /** False: it is no line of ours. */
  const take = (fields: readonly unknown[]): boolean => {
    const [kind, market, venueAt, at, one, two, three, four] = fields;
    if (kind === "g") {
      if (!isTime(market)) return false;
      reading.gaps += 1;
      for (const [place] of instruments.entries()) writer.row(tapeRow.lost, place, market, market, 0, 0);
      return true;
    }
    if (!isMarket(market) || !isTime(venueAt) || !isTime(at)) return false;
    switch (kind) {
      case "r":
      case "c":
        if (kind === "r") writer.row(tapeRow.reset, market, venueAt, at, 0, 0);
        return levels(tapeRow.bid, market, venueAt, at, one) && levels(tapeRow.ask, market, venueAt, at, two);
      case "t":
        if (!isWhole(one) || !isWhole(two) || one < 1 || two < 1) return false;
        writer.row(three === "b" ? tapeRow.bought : tapeRow.sold, market, venueAt, at, one, two);
        return three === "b" || three === "s";
      case "m":
        if (typeof one !== "number" || typeof two !== "number" || !(one > 0) || !(two > 0)) return false;
        if (typeof three === "number" && isTime(four)) writer.row(tapeRow.funding, market, venueAt, at, three, four);
        writer.row(tapeRow.mark, market, venueAt, at, one, two);
        return true;
      case "l":
        reading.gaps += 1;
        writer.row(tapeRow.lost, market, venueAt, at, 0, 0);
        return true;
      default:
        return false;
    }
  };

  return {
    line: (text) => {
      if (text.trim() === "") return;
      let fields: unknown;
      try {
        fields = JSON.parse(text);
      } catch {
        return reading.spoilt("it is cut or not JSON");
      }
      if (!Array.isArray(fields) || !take(fields)) reading.spoilt("it is no line of a recording");
      writer.end();
    },
    finish: (lacks) => {
      if (reading.gaps > 0) lacks.push(`${reading.gaps} gaps: books are lost there until they were told anew`);
      return writer;
    },
  };
}

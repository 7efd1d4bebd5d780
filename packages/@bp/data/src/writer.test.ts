import { lastOfMessage, tapeRow } from "@bp/core";
import { describe, expect, it } from "vitest";
import { sliceTape } from "./slice.ts";
import { marketOf, tapeOf } from "./tapes.fixture.ts";
import { createTapeWriter, tapeDigest } from "./writer.ts";

const sol = marketOf("backpack:SOL_USDC_PERP");

describe("createTapeWriter", () => {
  it("grows as long as rows come, and marks the last of each message", () => {
    const writer = createTapeWriter([sol]);
    for (let row = 0; row < 10_000; row++) {
      writer.row(tapeRow.bid, 0, row, row, row + 1, 1);
      if (row % 2 === 1) writer.end();
    }
    const tape = writer.finish([]);
    expect(tape.rows).toBe(10_000);
    expect([tape.kinds[0], tape.kinds[1]]).toEqual([tapeRow.bid, tapeRow.bid | lastOfMessage]);
    expect([tape.a[9_999], tape.at[9_999]]).toEqual([10_000, 9_999]);
    expect(tape.at.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it("never lets the moment of receipt go back", () => {
    const tape = tapeOf([sol], [[["bid", 100, 1, 1]], [["bid", 90, 1, 2]]]);
    expect([...tape.at]).toEqual([100, 100]);
  });

  it("sets the clocks right where something was received before it happened", () => {
    const writer = createTapeWriter([sol]);
    writer.row(tapeRow.bid, 0, 1_500, 1_000, 1, 1);
    writer.row(tapeRow.bid, 0, 1_600, 2_000, 1, 2);
    expect(writer.skewMs).toBe(500);
    const tape = writer.finish([]);
    expect([...tape.venueAt]).toEqual([1_000, 1_100]);
  });

  it("does not move all dates because of a few that are far off", () => {
    const writer = createTapeWriter([sol]);
    for (let row = 0; row < 5_000; row++) writer.row(tapeRow.bid, 0, row === 77 ? 400_000 : row + 20, row, 1, row);
    expect(writer.skewMs).toBe(20);
    const tape = writer.finish([]);
    expect([tape.venueAt[76], tape.venueAt[77], tape.venueAt[4_999]]).toEqual([76, 77, 4_999]);
  });

  it("leaves no date after its receipt, so that a part of the tape is not moved by one that was far off", () => {
    const writer = createTapeWriter([sol]);
    for (let row = 0; row < 5_000; row++)
      writer.row(tapeRow.bid, 0, row === 4_200 ? row + 8_000 : row - 20, row, 1, row);
    const tape = writer.finish([]);
    expect(tape.venueAt[4_200]).toBe(4_200);
    const part = sliceTape(tape, 4_100, 4_300);
    expect([...part.venueAt].map((venueAt, row) => (part.at[row] ?? 0) - venueAt).filter((lag) => lag > 20)).toEqual(
      [],
    );
  });

  it("gives the same digest for the same rows, and another one for any other value", () => {
    const rows = [[["bid", 100, 1, 1] as const]];
    const tape = tapeOf([sol], rows);
    expect(tape.digest).toBe(tapeOf([sol], rows, ["something"]).digest);
    expect(tape.digest).toBe(tapeDigest(tape));
    expect(tape.digest).not.toBe(tapeOf([sol], [[["bid", 100, 1, 2]]]).digest);
    expect(tape.digest).not.toBe(tapeOf([marketOf("backpack:OTHER")], rows).digest);
  });

  it("holds 256 markets and no more", () => {
    const markets = Array.from({ length: 257 }, () => sol);
    expect(() => createTapeWriter(markets)).toThrow(RangeError);
    expect(createTapeWriter(markets.slice(1)).finish([]).rows).toBe(0);
  });
});

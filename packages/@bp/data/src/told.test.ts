import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { begin, lineOf, testFolder } from "./files.fixture.ts";
import { readTape } from "./read.ts";
import { lacksOfPart } from "./told.ts";

const { folder, file } = testFolder();
const minute = 60_000;
const header = "ts_ms,open,high,low,close,volume";
const rows = (minutes: readonly number[]) => minutes.map((at) => `${begin + at * minute},100,101,99,100,5`);

describe("what is said of a part", () => {
  const path = file("BTCUSDT-1m.csv", [header, ...rows([0, 1, 2, 5, 6, 7, 10, 11, 3]), "x"]);
  const asked = { onBad: "count" } as const;
  const part = (from: number, to: number) =>
    readTape([path], { ...asked, from: begin + from * minute, to: begin + to * minute });

  it("counts candles that are missing there, and there alone", async () => {
    const missing = async (from: number, to: number) =>
      (await part(from, to)).tape.lacks.filter((each) => each.includes("missing"));
    expect(await missing(5, 8)).toEqual([]);
    expect(await missing(6, 12)).toEqual(["2 candles are missing: nothing happens there"]);
    expect(await missing(0, 12)).toEqual(["4 candles are missing: nothing happens there"]);
    expect(await missing(2, 6)).toEqual(["2 candles are missing: nothing happens there"]); // two alone, a hole between them
    const all = await readTape([path], asked);
    expect(all.tape.lacks).toContain("candles are missing in 2 places: nothing happens there");
    expect(all.tape.lacks.join()).not.toMatch(/whole file/);
  });

  it("says of lines that they are counted in the whole file", async () => {
    const { tape, files, warnings } = await part(5, 8);
    expect(tape.lacks).toContain("1 line of BTCUSDT-1m.csv could not be read; counted in the whole file");
    expect(tape.lacks).toContain(
      "1 lines that are dated before the line above them were left out; counted in the whole file",
    );
    expect(files[0]?.warnings.join()).toMatch(/^4 rows are missing in 2 places, .*Z; counted in the whole file,/);
    expect(warnings.every((each) => each.endsWith("; counted in the whole file"))).toBe(true);
    expect(files).toMatchObject([{ bad: 1, gaps: 2, lines: 11 }]);
    const kept = { ...asked, cacheDir: join(folder, "cache"), from: begin + 5 * minute, to: begin + 8 * minute };
    for (let twice = 0; twice < 2; twice++)
      expect(await readTape([path], kept)).toMatchObject({ warnings, tape: { lacks: tape.lacks } });
  });

  it("counts the gaps of a book there", async () => {
    const level = (price: string) => [[price, "1"]] as const;
    const lines = [
      lineOf.rest(0, 10, level("1.50"), level("1.60")),
      lineOf.depth(100, 12, level("1.51"), []),
      lineOf.rest(200, 12, level("1.50"), level("1.60")),
      lineOf.depth(300, 13, level("1.51"), []),
      lineOf.depth(400, 15, level("1.51"), []),
      lineOf.rest(500, 15, level("1.50"), level("1.60")),
      lineOf.depth(600, 16, level("1.51"), []),
    ];
    const recorded = file("gaps.ndjson", lines);
    const gaps = async (from?: number) =>
      (await readTape([recorded], from === undefined ? {} : { from: begin + from })).tape.lacks.filter((each) =>
        each.includes("gaps"),
      );
    expect(await gaps()).toEqual(["2 gaps: a book is lost there until the next snapshot"]);
    expect(await gaps(250)).toEqual(["1 gaps: a book is lost there until the next snapshot"]);
    expect(await gaps(550)).toEqual([]);
  });
});

describe("lacksOfPart", () => {
  it("says once what was said before, of a part of a part", async () => {
    const { report } = await readTape([file("BTCUSDT-1m.csv", [header, ...rows([0, 1])])]);
    const lacks = ["3 lines of a could not be read", "3 candles are missing: nothing happens there", "no prints of a"];
    const once = lacksOfPart(lacks, report);
    expect(once).toEqual(["3 lines of a could not be read; counted in the whole file", "no prints of a"]);
    expect(lacksOfPart(once, report)).toEqual(once);
  });
});

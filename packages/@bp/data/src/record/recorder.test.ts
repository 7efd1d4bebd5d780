import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createGunzip, gunzipSync } from "node:zlib";
import { type Level, lots, millis, ticks, type Unnumbered } from "@bp/core";
import { describe, expect, it } from "vitest";
import { messagesOf, testFolder } from "../files.fixture.ts";
import { readTape } from "../read.ts";
import { marketOf } from "../tapes.fixture.ts";
import { createRecorder, type Recorder, type RecorderOptions } from "./recorder.ts";

const { folder } = testFolder();
const t0 = 1_764_000_000_000;
const sol = marketOf("backpack:SOL_USDC_PERP");
const btc = marketOf("backpack:BTC_USDC_PERP", { base: "BTC", tickSize: "0.1", lotSize: "0.001" });
let count = 0;

const level = ([price, size]: readonly [number, number]): Level => [ticks(price), lots(size)];
const dated = { venueAt: millis(t0), at: millis(t0) };
type Pairs = readonly (readonly [number, number])[];
const when = (at: number) => ({ venueAt: millis(t0 + at - 3), at: millis(t0 + at) });
const book = (type: "book.reset" | "book.changed", at: number, bids: Pairs, asks: Pairs, { id } = sol): Unnumbered => ({
  type,
  instrument: id,
  bids: bids.map(level),
  asks: asks.map(level),
  ...when(at),
});
const print = (at: number, price: number, size: number, taker: "buy" | "sell"): Unnumbered => ({
  type: "trade.printed",
  instrument: sol.id,
  price: ticks(price),
  size: lots(size),
  taker,
  ...when(at),
});
const mark = (at: number, value: number, fundingRate = 0.0001): Unnumbered => ({
  type: "mark.changed",
  instrument: sol.id,
  mark: value,
  index: value,
  fundingRate,
  fundingAt: millis(t0 + 3_600_000),
  ...when(at),
});
const lost = (at: number): Unnumbered => ({ type: "book.lost", instrument: sol.id, why: "a gap", ...when(at) });

/** A recorder in a folder of its own, on a clock that the test holds. */
function record(options: Partial<RecorderOptions> = {}) {
  const clock = { now: t0 };
  const usual = { folder: join(folder, String(++count)), name: "backpack", venue: "backpack", instruments: [sol, btc] };
  const all = { ...usual, now: () => clock.now, ...options };
  const begin = () => createRecorder(all);
  const hear = (recorder: Recorder, facts: readonly Unnumbered[]) => {
    for (const fact of facts) {
      clock.now = fact.at;
      recorder.hear(fact);
    }
  };
  return { clock, begin, hear, all };
}

const day: readonly Unnumbered[] = [
  book(
    "book.reset",
    10,
    [
      [15_000, 5],
      [14_990, 7],
    ],
    [[15_010, 4]],
  ),
  print(20, 15_010, 2, "buy"),
  book("book.changed", 30, [], [[15_010, 2]]),
  mark(40, 15_004.5),
  book("book.reset", 50, [[900_000, 1]], [[900_010, 2]], btc),
  book(
    "book.changed",
    60,
    [
      [14_990, 0],
      [14_980, 9],
    ],
    [],
  ),
  mark(70, 15_003.25),
  print(80, 15_000, 1, "sell"),
];

const dayAsRows = [
  "reset 0 0, bid 15000 5, bid 14990 7, ask 15010 4",
  "bought 15010 2",
  "ask 15010 2",
  `funding 0.0001 ${t0 + 3_600_000}, mark 15004.5 15004.5`,
  "reset 0 0, bid 900000 1, ask 900010 2",
  "bid 14990 0, bid 14980 9",
  "mark 15003.25 15003.25",
  "sold 15000 1",
];

describe("createRecorder", () => {
  it("writes facts that are read back as they were, with both times and the market whole", async () => {
    const { begin, hear } = record();
    const recorder = begin();
    hear(recorder, day);
    await recorder.close();
    const { tape, files, report } = await readTape(recorder.state.files);
    expect(messagesOf(tape)).toEqual(dayAsRows);
    expect([tape.venueAt[0], tape.at[0]]).toEqual([t0 + 7, t0 + 10]);
    expect(tape.instruments).toEqual(JSON.parse(JSON.stringify([sol, btc])));
    expect(files).toMatchObject([{ format: "our recording of backpack", bad: 0, gaps: 0 }]);
    expect(report.clean).toBe(true);
    expect(recorder.state).toMatchObject({ facts: 8, gaps: 0, lastAt: t0 + 80, failure: undefined });
  });

  it("gives the same tape however often it began a new file", async () => {
    const digests = [];
    for (const rotateMs of [3_600_000, 1, 25]) {
      const { begin, hear } = record({ rotateMs });
      const recorder = begin();
      hear(recorder, day);
      await recorder.close();
      const { tape, warnings } = await readTape(recorder.state.files.toReversed());
      expect(warnings).toEqual([]);
      digests.push([tape.digest, tape.lacks]);
      expect(recorder.state.files.length).toBe({ 3600000: 1, 1: 8, 25: 3 }[rotateMs]);
    }
    expect(digests[1]).toEqual(digests[0]);
    expect(digests[2]).toEqual(digests[0]);
  });

  it("is one recording too where a fact is dated a little before the one that was heard before it", async () => {
    const { begin, hear } = record({ rotateMs: 20 });
    const recorder = begin();
    hear(recorder, [
      ...day.slice(0, 3),
      print(25, 15_010, 2, "buy"),
      print(33, 15_010, 1, "buy"),
      print(31, 15_010, 1, "buy"),
      print(52, 15_010, 1, "buy"),
      print(50, 15_010, 1, "buy"),
    ]);
    await recorder.close();
    expect(recorder.state.files.length).toBeGreaterThan(2);
    const { tape, files } = await readTape(recorder.state.files);
    expect(messagesOf(tape).length).toBe(8);
    expect(files.map(({ backwards }) => backwards).every((each) => each === 0)).toBe(true);
    expect(tape.lacks.join()).not.toMatch(/lost/);
  });

  it("begins each file with the books, so that it stands alone", async () => {
    const { begin, hear } = record({ rotateMs: 50 });
    const recorder = begin();
    hear(recorder, day);
    await recorder.close();
    const last = recorder.state.files.at(-1) ?? "";
    expect(messagesOf((await readTape([last])).tape)).toEqual([
      "reset 0 0, bid 15000 5, bid 14990 7, ask 15010 2",
      "reset 0 0, bid 900000 1, ask 900010 2",
      ...dayAsRows.slice(5, 6),
      `funding 0.0001 ${t0 + 3_600_000}, mark 15003.25 15003.25`,
      ...dayAsRows.slice(7),
    ]);
  });

  it("begins a new file when one is large", async () => {
    const { begin, hear } = record({ rotateBytes: 300, flushMs: 0 });
    const recorder = begin();
    const grown = async () => {
      const { bytes } = recorder.state;
      recorder.beat();
      await expect.poll(() => recorder.state.bytes, { interval: 5 }).toBeGreaterThan(bytes);
    };
    for (const fact of day) {
      hear(recorder, [fact]);
      await grown(); // on another thread
    }
    await recorder.close();
    expect(recorder.state.files.length).toBeGreaterThan(2);
    expect(messagesOf((await readTape(recorder.state.files)).tape)).toEqual(dayAsRows);
  });

  it("has what was told on the disk after a flush, whatever becomes of the process", async () => {
    const { begin, hear, clock } = record();
    const recorder = begin();
    hear(recorder, day);
    clock.now += 2_000;
    recorder.beat();
    const [file = ""] = recorder.state.files;
    const cut = join(folder, "cut-0001.ndjson.gz");
    const rows = async () => {
      writeFileSync(cut, readFileSync(file)); // as a kill -9 leaves it
      return (await readTape([cut]).catch(() => undefined))?.tape.rows;
    };
    await expect.poll(rows).toBe(15);
    const { warnings, tape } = await readTape([cut]);
    expect(warnings.join()).toMatch(/its gzip stream is cut: it ends at line 9/);
    expect(tape.lacks.join()).toMatch(/cut-0001.ndjson.gz is cut: its end is missing/);
    await recorder.close();
  });

  it("reads a file to its last whole line wherever it is cut", async () => {
    const { begin, hear } = record();
    const recorder = begin();
    hear(recorder, day);
    await recorder.close();
    const whole = gunzipSync(readFileSync(recorder.state.files[0] ?? ""));
    const lines = whole.toString().split("\n");
    for (const bytes of [whole.length - 1, whole.length - 20, whole.length - 70, 1_200]) {
      const cut = join(folder, `cut-${bytes}.ndjson`);
      writeFileSync(cut, whole.subarray(0, bytes));
      expect(await readTape([cut])).toMatchObject({ files: [{ bad: 0 }] });
    }
    expect(lines.length).toBe(11);
  });

  it("goes on in a new file after a restart, and no book is known between the two", async () => {
    const { begin, hear, clock } = record();
    const first = begin();
    hear(first, day.slice(0, 5));
    await first.close();
    clock.now = t0 + 5_000;
    const second = begin();
    hear(second, [
      book("book.reset", 5_100, [[15_100, 1]], [[15_110, 1]]),
      book("book.changed", 5_200, [[15_090, 3]], []),
    ]);
    await second.close();
    const { tape, report, files } = await readTape([...first.state.files, ...second.state.files]);
    expect(messagesOf(tape)).toEqual([
      ...dayAsRows.slice(0, 5),
      "lost 0 0, lost 0 0",
      "reset 0 0, bid 15100 1, ask 15110 1",
      "bid 15090 3",
    ]);
    expect(tape.at[tape.kinds.findIndex((kind) => (kind & 0x7f) === 7)]).toBe(t0 + 50); // from the last that was heard
    expect(files.map(({ gaps }) => gaps)).toEqual([0, 1]);
    expect(report.markets.map(({ gaps }) => gaps)).toEqual([1, 1]);
  });

  it("marks a lost book and a lost link once, and drops what is told of a book that is lost", async () => {
    const { begin, hear } = record();
    const recorder = begin();
    const down: Unnumbered = { type: "link.lost", venue: "backpack", stream: "market", why: "closed", ...when(200) };
    hear(recorder, [
      { ...down, ...dated }, // nothing was known yet but that the recorder is there
      ...day.slice(0, 1),
      lost(100),
      lost(110),
      book("book.changed", 120, [[14_000, 1]], []),
      book("book.reset", 130, [[15_000, 1]], [[15_010, 1]]),
      down,
      lost(210),
      { ...down, ...when(220) },
      { ...down, stream: "account", ...when(230) },
    ]);
    await recorder.close();
    expect(recorder.state.gaps).toBe(3);
    const { tape } = await readTape(recorder.state.files);
    expect(messagesOf(tape)).toEqual([dayAsRows[0], "lost 0 0", "reset 0 0, bid 15000 1, ask 15010 1", "lost 0 0"]);
  });

  it("begins a new file where a market has another grid, and the two are not taken for one", async () => {
    const { begin, hear } = record();
    const recorder = begin();
    const changed = { ...sol, tickSize: marketOf(sol.id, { tickSize: "0.001" }).tickSize };
    hear(recorder, [
      ...day,
      { type: "instrument.changed", instrument: changed, ...when(90) },
      book("book.reset", 100, [[150_000, 5]], [[150_010, 4]]),
    ]);
    await recorder.close();
    const [before = "", after = ""] = recorder.state.files;
    expect((await readTape([after])).tape.instruments).toMatchObject([{ tickSize: "0.001" }, { tickSize: "0.1" }]);
    await expect(readTape([before, after])).rejects.toThrow(/tick 0.01 .*0.001/);
  });

  it("keeps what changes of a market's rules, for the next file too", async () => {
    const { begin, hear } = record({ rotateMs: 85 });
    const recorder = begin();
    const closed = { ...sol, state: "post-only" as const };
    hear(recorder, [
      ...day,
      { type: "instrument.changed", instrument: closed, ...when(81) },
      print(90, 15_000, 1, "buy"),
    ]);
    await recorder.close();
    const { tape, files } = await readTape(recorder.state.files);
    expect(files.map(({ bad }) => bad)).toEqual([0, 0]);
    expect(messagesOf(tape)).toEqual([...dayAsRows, "bought 15000 1"]);
    const last = await readTape(recorder.state.files.slice(-1));
    expect(last.tape.instruments).toMatchObject([{ state: "post-only" }, { state: "open" }]);
  });

  it("loses the books where a line was spoilt, and names the line", async () => {
    const { begin, hear } = record();
    const recorder = begin();
    hear(recorder, day);
    await recorder.close();
    const lines = gunzipSync(readFileSync(recorder.state.files[0] ?? ""))
      .toString()
      .split("\n");
    for (const bad of [
      '["c",0,1,2,[15000,-1],[]]',
      '["c",7,1,2,[],[]]',
      '["t",0,1,2,0.5,1,"b"]',
      "[]",
      '["c",0',
      "{}",
    ]) {
      const spoilt = join(folder, "spoilt.ndjson");
      writeFileSync(spoilt, lines.toSpliced(3, 1, bad).join("\n"));
      await expect(readTape([spoilt])).rejects.toThrow(/spoilt.ndjson, line 4: it is cut, or no line of a recording/);
      const { tape, files } = await readTape([spoilt], { onBad: "count" });
      expect(files).toMatchObject([{ bad: 1 }]);
      expect(messagesOf(tape)).toEqual([
        ...dayAsRows.slice(0, 2),
        "lost 0 0",
        ...dayAsRows.slice(3, 5),
        ...dayAsRows.slice(6),
      ]);
    }
  });

  it("refuses a header of another version or without markets", async () => {
    const header = { format: "bp-recording", version: 1, venue: "backpack", started: t0, session: "a", part: 1 };
    for (const [value, message] of [
      [{ ...header, version: 2, instruments: [sol] }, /version 2 of our format/],
      [{ ...header, instruments: [] }, /without markets/],
      [{ ...header, instruments: [{ ...sol, tickSize: "0" }] }, /without markets/],
      [{ ...header, part: "1", instruments: [sol] }, /without venue, session, part or start/],
    ] as const) {
      const file = join(folder, "header.ndjson");
      writeFileSync(file, `${JSON.stringify(value)}\n`);
      await expect(readTape([file])).rejects.toThrow(message);
    }
  });

  it("refuses a name that another recorder writes, and takes it over from one that was killed", async () => {
    const { begin, all } = record();
    const recorder = begin();
    expect(begin).toThrow(/is being written by process/);
    await recorder.close();
    writeFileSync(`${join(all.folder, all.name)}.lock`, `999999999 ${(await import("node:os")).hostname()}\n`);
    await begin().close();
    writeFileSync(`${join(all.folder, all.name)}.lock`, "1 elsewhere\n");
    expect(begin).toThrow(/by process 1 on elsewhere; end it, or take another folder/);
  });

  it("says where it cannot write", () => {
    expect(record({ folder: "/dev/null/there" }).begin).toThrow(/\/dev\/null\/there.* cannot be written/);
  });

  it("is read by other programs: one gzip stream of lines that are JSON", async () => {
    const { begin, hear } = record();
    const recorder = begin();
    hear(recorder, day);
    await recorder.close();
    const gunzip = createGunzip();
    gunzip.end(readFileSync(recorder.state.files[0] ?? ""));
    let text = "";
    for await (const chunk of gunzip) text += String(chunk);
    const [header, first] = text
      .trim()
      .split("\n")
      .map((each) => JSON.parse(each) as unknown);
    expect(header).toMatchObject({ format: "bp-recording", part: 1 });
    expect(first).toEqual(["r", 0, t0 + 7, t0 + 10, [15_000, 5, 14_990, 7], [15_010, 4]]);
  });
});

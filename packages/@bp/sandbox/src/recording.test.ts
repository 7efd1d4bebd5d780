// What a file of a recording becomes on an exchange, and what is said of one that is not whole.
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { isBpError, lots, ticks } from "@bp/core";
import { createTapeWriter, writeTape } from "@bp/data";
import { describe, expect, it } from "vitest";
import { lineOf, playing, small, start, write } from "./recording.fixture.ts";
import { readRecording } from "./recording.ts";

const { rest, depth, print } = lineOf;
const id = "backpack:SOL_USDC";
const levels = (bids: readonly (readonly number[])[], asks: readonly (readonly number[])[]) => ({ bids, asks });

describe("a recording on an exchange", () => {
  it("has its market, and plays from the exchange's start", async () => {
    const { exchange, at, warnings } = await playing(write("small.l2.ndjson", small));
    expect(exchange.instruments).toMatchObject([
      { id, kind: "spot", base: "SOL", quote: "USDC", tickSize: "0.01", lotSize: "0.1" },
    ]);
    const first = levels(
      [
        [15_000, 25],
        [14_999, 40],
      ],
      [
        [15_002, 30],
        [15_005, 10],
      ],
    );
    expect(exchange.book(id)).toMatchObject(first);
    expect(exchange.mark(id)).toMatchObject({ mark: 15_001, at: start });
    expect(exchange.nextAt()).toBe(start + 100);
    at(100);
    expect(exchange.book(id, 1).bids).toEqual([[15_000, 10]]);
    at(300);
    expect(exchange.book(id, 1)).toMatchObject(levels([[14_999, 40]], [[15_001, 5]]));
    at(500);
    expect(exchange.trades(id)).toMatchObject([{ price: 14_999, size: 41, taker: "sell" }]);
    expect(exchange.book(id, 1).bids).toEqual([[14_998, 70]]);
    expect(exchange.nextAt()).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  it("fills our order by the prints that reach its place", async () => {
    const { exchange, at } = await playing(write("small.l2.ndjson", small));
    exchange.place("alice", {
      instrument: id,
      side: "buy",
      type: "limit",
      price: ticks(14_999),
      size: lots(10),
      tif: "gtc",
      postOnly: true,
      reduceOnly: false,
      selfTradePrevention: "reject-taker",
    });
    at(500);
    expect(exchange.fills("alice")).toMatchObject([{ size: 1, price: 14_999, liquidity: "maker" }]); // 4.1 printed, 4 in front
  });

  it("has no book from a gap to the next snapshot, and says so before", async () => {
    const gap = [...small.filter((_, place) => place !== 1), rest(600, 14, [["149.50", "1"]], [["150.05", "1"]])];
    const { exchange, at, warnings } = await playing(write("gap.l2.ndjson", gap));
    at(199);
    expect(exchange.book(id, 1).bids).toEqual([[15_000, 25]]);
    at(200);
    expect(exchange.book(id)).toMatchObject(levels([], []));
    at(600);
    expect(exchange.book(id)).toMatchObject(levels([[14_950, 10]], [[15_005, 10]]));
    expect(warnings).toEqual(["1 gaps: a book is lost there until the next snapshot"]);
  });

  it("waits for the snapshot when frames come first", async () => {
    const [snapshot = "", next = "", ...others] = small;
    const lines = [depth(-50, 10, [["150.00", "9.90"]], []), next, snapshot, ...others];
    const { exchange, at, warnings } = await playing(write("early.l2.ndjson", lines));
    at(1_000);
    expect(exchange.book(id, 1).bids).toEqual([[14_998, 70]]);
    expect(warnings).toEqual([expect.stringMatching(/1 lines are dated before the line above them/)]);
  });

  it("forgets levels that a later snapshot does not have", async () => {
    const lines = [...small, rest(600, 14, [["149.50", "1"]], [["150.05", "1"]])];
    const { exchange, at } = await playing(write("again.l2.ndjson", lines));
    at(600);
    expect(exchange.book(id)).toMatchObject(levels([[14_950, 10]], [[15_005, 10]]));
  });

  it("is the same with its first snapshot twice", async () => {
    const twice = await playing(write("twice.l2.ndjson", [small[0] ?? "", ...small]));
    const once = await playing(write("once.l2.ndjson", small));
    for (const ms of [0, 100, 200, 300, 400, 500]) {
      twice.at(ms);
      once.at(ms);
      const { bids, asks } = once.exchange.book(id);
      expect(twice.exchange.book(id)).toMatchObject({ bids, asks });
    }
    expect(twice.warnings).toEqual([]);
  });

  it("goes on where its time goes back, and says so", async () => {
    const lines = small.with(4, depth(100, 13, [], [["150.01", "0.50"]]));
    const { exchange, at, warnings } = await playing(write("back.l2.ndjson", lines));
    at(200);
    expect(exchange.book(id, 1).asks).toEqual([[15_001, 5]]);
    at(500);
    expect(exchange.book(id, 1).bids).toEqual([[14_998, 70]]);
    expect(warnings).toEqual([expect.stringMatching(/back\.l2\.ndjson: 1 lines are dated before/)]);
  });

  it("lets what is older give way where its book crosses, and says so", async () => {
    const lines = [...small, depth(600, 15, [["150.03", "2"]], [])];
    const { exchange, at, warnings } = await playing(write("crossed.l2.ndjson", lines));
    at(600);
    expect(exchange.book(id, 1)).toMatchObject(levels([[15_003, 20]], [[15_005, 10]]));
    expect(warnings).toEqual([`the book of ${id} is crossed after 1 messages: what trades there is not real`]);
  });

  it("has a finer grid than its first lines where later ones need it", async () => {
    const lines = [...small, depth(600, 15, [["149.985", "0.25"]], [])];
    const { exchange, at } = await playing(write("finer.l2.ndjson", lines));
    expect(exchange.instruments).toMatchObject([{ tickSize: "0.001", lotSize: "0.01" }]);
    at(600);
    expect(exchange.book(id, 1).bids).toEqual([[149_985, 25]]);
  });

  it("plays several symbols side by side", async () => {
    const name = "BTC_USDC_PERP";
    const others = [
      rest(50, 7, [["60000.0", "1"]], [["60000.1", "2"]], name),
      depth(350, 8, [["60000.0", "0"]], [], name),
    ];
    const { exchange, at } = await playing(write("two.l2.ndjson", [small[0] ?? "", ...others, ...small.slice(1)]));
    expect(exchange.instruments.map((each) => [each.id, each.kind])).toEqual([
      [id, "spot"],
      [`backpack:${name}`, "perp"],
    ]);
    at(50);
    expect(exchange.book(`backpack:${name}`, 1)).toMatchObject(levels([[600_000, 1]], [[600_001, 2]]));
    at(500);
    expect(exchange.book(`backpack:${name}`, 1).bids).toEqual([]);
    expect(exchange.book(id, 1).bids).toEqual([[14_998, 70]]);
  });

  it("plays candles too", async () => {
    const candle = (at: number, close: number) =>
      [at, 150, 151, 149, close, 820.5, at + 59_999, 0, 0, 0, 0, 0].join(",");
    const begin = Date.UTC(2025, 4, 4);
    const file = write("SOLUSDT-1m.csv", [candle(begin, 150.1), candle(begin + 60_000, 150.2)]);
    const { exchange, at, warnings } = await playing(file);
    const sol = "backpack:SOL_USDT_PERP";
    expect(exchange.mark(sol)?.mark).toBe(1_500);
    at(59_999);
    expect(exchange.mark(sol)?.mark).toBe(1_501);
    expect(warnings.join()).toMatch(/candles alone: no book/);
  });
});

describe("readRecording", () => {
  const refused = async (file: string): Promise<string> =>
    readRecording(file).then(
      () => "read",
      (error: unknown) => (isBpError(error) ? `${error.code}: ${error.message}` : String(error)),
    );

  it("names the line that is cut, far within a file as well", async () => {
    const many = Array.from({ length: 5_000 }, (_, at) => depth(600 + at, 15 + at, [["149.98", `${at + 1}`]], []));
    const lines = [...small, ...many];
    const file = write("day.l2.ndjson", lines.with(4_500, (lines[4_500] ?? "").slice(0, 60)));
    expect(await refused(file)).toBe(`sim/bad-recording: recording ${file}, line 4501: it is cut or not JSON`);
  });

  it("names a line with a value that cannot be", async () => {
    const file = write("minus.l2.ndjson", small.with(3, depth(200, 12, [["150.00", "-1"]], [])));
    expect(await refused(file)).toMatch(/^sim\/bad-recording: .*line 4: SOL_USDC: a level of -1 at 150\.00$/);
  });

  it("reads what is cut up to there, and says where", async () => {
    const text = small.join("\n");
    const cut = await readRecording(write("cut.l2.ndjson", Buffer.from(text.slice(0, -20))));
    expect(cut.cut?.message).toMatch(/recording .*cut\.l2\.ndjson, line 8: it is cut there/);
    const many = Array.from({ length: 3_000 }, (_, at) =>
      depth(600 + at, 15 + at, [["149.98", `${(at * 7) % 99}`]], []),
    );
    const bytes = gzipSync([...small, ...many].join("\n"));
    const packed = await readRecording(write("cut.l2.ndjson.gz", bytes.subarray(0, bytes.length - 4_000)));
    expect(packed.cut?.message).toMatch(/recording .*cut\.l2\.ndjson\.gz, line \d+: it is cut there/);
    expect(packed.tape.rows).toBeGreaterThan(100);
    expect((await readRecording(write("small.l2.ndjson", small))).cut).toBeUndefined();
  });

  it("refuses a file whose compression is damaged, with the line", async () => {
    const bytes = gzipSync(small.join("\n"));
    bytes[bytes.length - 6] = (bytes[bytes.length - 6] ?? 0) ^ 0xff; // its checksum
    expect(await refused(write("damaged.gz", bytes))).toMatch(
      /^sim\/bad-recording: .*damaged\.gz, line \d: its gzip stream breaks after line \d, and lines before may be wrong: get it again$/,
    );
  });

  it("refuses what holds no market", async () => {
    const found = [
      write("empty.ndjson", new Uint8Array()),
      write("other.ndjson", ["hello", "world"]),
      write("not.ndjson.gz", ["not gzip"]),
      write("list.ndjson", ["[1]"]),
      write("config.ndjson", ['{"venue":"backpack"}']),
    ].map(refused);
    expect(await Promise.all(found)).toEqual([
      expect.stringMatching(/^sim\/bad-recording: .*empty\.ndjson, line 1: .*there is nothing to read$/),
      expect.stringMatching(/^sim\/bad-recording: .*other\.ndjson, line 1: it is of no known format: columns hello;/),
      expect.stringMatching(/^sim\/bad-recording: .*not\.ndjson\.gz, line 1: it is of no known format/),
      expect.stringMatching(/^sim\/bad-recording: .*list\.ndjson, line 1: it is of no known format/),
      expect.stringMatching(/^sim\/bad-recording: .*config\.ndjson, line 1: neither a frame nor a snapshot$/),
    ]);
    expect(await refused(write("prints.ndjson", [print(0, 1, "150", "1", true)]))).toMatch(
      /^data\/no-market: .*neither a book nor candles/,
    );
  });

  it("refuses what is no file", async () => {
    const folder = join(write("small.l2.ndjson", small), "..");
    expect(await refused(folder)).toBe(`config/unreadable: ${folder} cannot be read: it is no file`);
    expect(await refused(join(folder, "none"))).toMatch(/^config\/unreadable: .*there is no such file$/);
  });

  it("calls markets of other exchanges by names of Backpack, never two by one", async () => {
    const { tape } = await readRecording(write("small.l2.ndjson", small));
    const [sol] = tape.instruments;
    if (sol === undefined) throw new Error("no market");
    const file = (name: string, ids: readonly (typeof sol.id)[]) => {
      const path = join(write("small.l2.ndjson", small), "..", name);
      const writer = createTapeWriter(ids.map((each) => ({ ...sol, id: each })));
      for (const place of ids.keys()) writer.row(0, place, start, start, 15_000, 10);
      writer.end();
      writeTape(path, writer.finish([]));
      return path;
    };
    const one = await readRecording(file("one.bpt", ["aster-spot:SOLUSDC"]));
    expect(one.tape.instruments.map((each) => each.id)).toEqual([id]);
    expect(one.warnings).toContain(`aster-spot:SOLUSDC plays as ${id}`);
    expect(await refused(file("both.bpt", [id, "aster-spot:SOLUSDC"]))).toMatch(
      /^data\/no-market: .*both\.bpt: two of its markets would play as backpack:SOL_USDC/,
    );
  });
});

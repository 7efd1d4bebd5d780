import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { writeTape } from "./cache.ts";
import { begin, lineOf, messagesOf, testFolder } from "./files.fixture.ts";
import { readTape } from "./read.ts";

const { folder, file } = testFolder();
const { rest, depth, trade, mark } = lineOf;

const small = [
  depth(-50, 10, [["150.00", "9.9"]], []),
  rest(
    0,
    10,
    [
      ["149.99", "4"],
      ["150", "2.5"],
    ],
    [
      ["150.02", "3"],
      ["150.05", "1"],
    ],
  ),
  depth(100, 11, [["150.00", "1.00"]], []),
  `{"t":${(begin + 150) * 1_000},"d":{"stream":"bookTicker.SOL_USDC","data":{"e":"bookTicker","s":"SOL_USDC"}}}`,
  depth(200, 12, [["150.00", "0.00"]], []),
  trade(300, 1, "149.99", "4.10", true),
  depth(400, 13, [], [["150.01", "0.50"]]),
];
const whole = [
  "reset 0 0, bid 14999 40, bid 15000 25, ask 15002 30, ask 15005 10",
  "bid 15000 10",
  "bid 15000 0",
  "sold 14999 41",
  "ask 15001 5",
];

describe("readTape of a recording", () => {
  it("knows it by its content, gzip or plain, whatever its name", async () => {
    const plain = await readTape([file("a.txt", small)]);
    const packed = await readTape([file("b.gz", small)]);
    expect(messagesOf(plain.tape)).toEqual(whole);
    expect(plain.tape.instruments).toMatchObject([
      { id: "backpack:SOL_USDC", kind: "spot", base: "SOL", quote: "USDC", tickSize: "0.01", lotSize: "0.1" },
    ]);
    expect(packed.tape.digest).toBe(plain.tape.digest);
    expect(plain.warnings).toEqual([]);
    expect(plain.files).toMatchObject([{ format: "recorded frames", lines: 7, cut: false }]);
    expect(plain.tape.venueAt[0]).toBe(begin);
    expect([plain.tape.venueAt[5], plain.tape.at[5]]).toEqual([begin + 90, begin + 100]);
  });

  it("takes names, grids and fees that it is told", async () => {
    const as = [{ id: "backpack:SOL_USDC_PERP", lotSize: "0.01", maker: "0" } as const];
    const { tape } = await readTape([file("a.txt", small)], { as });
    expect(tape.instruments).toMatchObject([
      { id: "backpack:SOL_USDC_PERP", kind: "perp", lotSize: "0.01", fees: { maker: "0" } },
    ]);
    expect(messagesOf(tape)[1]).toBe("bid 15000 100");
  });

  it("refuses one symbol as two markets", async () => {
    const as = (["backpack:A", "backpack:B"] as const).map((id) => ({ id, symbol: "SOL_USDC" }));
    await expect(readTape([file("a.txt", small)], { as })).rejects.toThrow(/wanted as two markets/);
  });

  it("loses the book at a gap, until the next snapshot", async () => {
    const lines = [
      ...small.slice(0, 4),
      ...small.slice(5),
      rest(500, 13, [["149.00", "1"]], [["151.00", "1"]]),
      depth(600, 14, [["149.50", "2"]], []),
    ];
    const { tape, files, report } = await readTape([file("gap.ndjson", lines)]);
    expect(messagesOf(tape).slice(2)).toEqual([
      "sold 14999 41",
      "lost 0 0",
      "reset 0 0, bid 14900 10, ask 15100 10",
      "bid 14950 20",
    ]);
    expect(files).toMatchObject([{ gaps: 1 }]);
    expect(report.markets).toMatchObject([{ gaps: 1, gapsAt: [{ from: begin + 400, to: begin + 500 }], lostMs: 100 }]);
  });

  it("counts one gap where a lost book stays lost: a second frame or a snapshot that cannot be is none", async () => {
    const lines = [
      ...small.slice(0, 3),
      depth(400, 13, [["-1", "1"]], []),
      depth(450, 15, [["abc", "1"]], []),
      rest(500, 15, [["0", "1"]], []),
    ];
    const path = file("gap.ndjson", lines);
    await expect(readTape([path])).rejects.toThrow(/line 4: SOL_USDC: a level of 1 at -1/);
    const { tape, files } = await readTape([path], { onBad: "count" });
    expect(files).toMatchObject([{ gaps: 1, bad: 3 }]);
    expect(messagesOf(tape).slice(1)).toEqual(["bid 15000 10", "lost 0 0"]); // no book without levels, either
    expect(tape.lacks.join()).toMatch(/is lost from .* to the end: no snapshot follows/);
  });

  it("plays frames that waited for a snapshot when it comes", async () => {
    const lines = [...small.slice(0, 1), ...small.slice(2, 4), small[1] ?? "", ...small.slice(4)];
    const { tape } = await readTape([file("late.ndjson", lines)]);
    expect(messagesOf(tape)).toEqual(whole);
  });

  it("ignores a later snapshot that is older than what is known", async () => {
    const { tape } = await readTape([file("old.ndjson", [...small, rest(500, 11, [["1", "1"]], [["2", "1"]])])]);
    expect(messagesOf(tape)).toEqual(whole);
  });

  it("has a book of what changes where there is no snapshot, and says so", async () => {
    const { tape } = await readTape([
      file(
        "blind.ndjson",
        small.filter((each) => !each.includes("rest")),
      ),
    ]);
    expect(messagesOf(tape)).toEqual([
      "reset 0 0, bid 15000 99",
      "bid 15000 10",
      "bid 15000 0",
      "sold 14999 41",
      "ask 15001 5",
    ]);
    expect(tape.lacks.join()).toMatch(/no snapshot of SOL_USDC/);
  });

  it("has prints alone where there is no book, and says so", async () => {
    const { tape } = await readTape([
      file(
        "prints.ndjson",
        small.filter((each) => each.includes('"trade"')),
      ),
    ]);
    expect(messagesOf(tape)).toEqual(["sold 14999 41"]);
    expect(tape.lacks).toEqual(["prints alone of backpack:SOL_USDC: no book, no places in queues"]);
  });

  it("counts trades and frames that come twice, once", async () => {
    const [print = ""] = small.filter((each) => each.includes('"trade"'));
    const lines = small.flatMap((each) => (each === print || each === small[4] ? [each, each] : [each]));
    const { tape, files, warnings } = await readTape([file("twice.ndjson", lines)]);
    expect(messagesOf(tape)).toEqual(whole);
    expect(files).toMatchObject([{ duplicates: 2 }]);
    expect(warnings).toEqual([expect.stringMatching(/twice\.ndjson: 2 lines are there twice and were left out/)]);
  });

  it("counts times that go back, and keeps the order of the file", async () => {
    const lines = [...small.slice(0, 6), depth(250, 13, [], [["150.01", "0.50"]])];
    const { tape, files } = await readTape([file("back.ndjson", lines)]);
    expect(messagesOf(tape)).toEqual(whole);
    expect(files).toMatchObject([{ backwards: 1 }]);
    expect(tape.at[tape.rows - 1]).toBe(begin + 300);
  });

  it("counts lines of other symbols", async () => {
    const others = [
      depth(420, 1, [["1.0", "1"]], [], "XRP_USDC"),
      mark(430, "60000.5", "0.0001", begin + 3_600_000, "BTC_USDC_PERP"),
    ];
    const as = [{ symbol: "SOL_USDC", id: "backpack:SOL_USDC" } as const];
    const { tape, files } = await readTape([file("foreign.ndjson", [...small, ...others])], { as });
    expect(messagesOf(tape)).toEqual(whole);
    expect(files).toMatchObject([{ foreign: { XRP_USDC: 1, BTC_USDC_PERP: 1 } }]);
    await expect(readTape([file("foreign.ndjson", others.slice(1))])).rejects.toThrow(/only BTC_USDC_PERP/);
  });

  it("keeps marks, and a funding rate when it changes", async () => {
    const lines = [
      mark(410, "150.015", "0.0001", begin + 3_600_000, "SOL_USDC"),
      mark(420, "150.02", "0.0001", begin + 3_600_000, "SOL_USDC"),
    ];
    const { tape } = await readTape([file("marks.ndjson", [...small, ...lines])]);
    expect(messagesOf(tape).slice(5)).toEqual([
      `funding 0.0001 ${begin + 3_600_000}, mark 15001.5 15001.5`,
      "mark 15002 15002",
    ]);
  });

  it("begins anew where a grid turns out finer than its first lines", async () => {
    const many = Array.from({ length: 2_100 }, (_, at) =>
      depth(500 + at, 14 + at, [["149.00", String(1 + (at % 2))]], []),
    );
    const lines = [...small, ...many, trade(9_000, 2, "149.995", "0.0625", true)];
    const { tape } = await readTape([file("finer.ndjson", lines)]);
    expect(tape.instruments).toMatchObject([{ tickSize: "0.001", lotSize: "0.0001" }]);
    expect(messagesOf(tape).at(-1)).toBe("sold 149995 625");
    const told = readTape([file("finer.ndjson", lines)], {
      as: [{ id: "backpack:SOL_USDC", tickSize: "0.01", lotSize: "0.1" }],
    });
    await expect(told).rejects.toThrow(
      /line 2108: SOL_USDC: .*149\.995.*the tick and the lot that were said do not hold it/,
    );
  });

  it("puts recordings that follow each other on the finest grid of them", async () => {
    const files = [file("one.ndjson", small), file("two.ndjson", [trade(9_000, 2, "149.995", "0.5", true)])];
    const { tape } = await readTape(files);
    expect(tape.instruments).toMatchObject([{ tickSize: "0.001" }]);
    expect(messagesOf(tape).at(-1)).toBe("sold 149995 5");
  });

  it("does not believe a venue's date that is far away", async () => {
    const odd = depth(500, 14, [["149.00", "1"]], []).replace(/"T":\d+/, '"T":1623161254000000');
    const { tape, files } = await readTape([file("dates.ndjson", [...small, odd])]);
    expect(files).toMatchObject([{ undated: 1 }]);
    expect(tape.venueAt[tape.rows - 1]).toBe(begin + 500);
  });

  it("does not let one trade number that is wrong hide the ones after it", async () => {
    const lines = [...small, trade(500, 9e14, "150.01", "1", false), trade(600, 2, "150.01", "1", false)];
    const { tape, files } = await readTape([file("ids.ndjson", lines)]);
    expect(messagesOf(tape).slice(5)).toEqual(["bought 15001 10", "bought 15001 10"]);
    expect(files).toMatchObject([{ duplicates: 0 }]);
  });

  it("names a line whose time leaps ahead of all around it, and believes a recorder that was away", async () => {
    const week = 7 * 86_400_000;
    const odd = file("leap.ndjson", small.toSpliced(5, 0, trade(week, 7, "150.00", "1", false)));
    await expect(readTape([odd])).rejects.toThrow(/line 6: its time, 2024-08-15T.*, is that of no line around it/);
    const { tape, files } = await readTape([odd], { onBad: "count" });
    expect(messagesOf(tape)).toEqual(whole);
    expect(files).toMatchObject([{ bad: 1, backwards: 0 }]);
    const away = [...small, trade(week, 7, "150.00", "1", false), trade(week + 1, 8, "150.00", "1", false)];
    expect(messagesOf((await readTape([file("away.ndjson", away)])).tape)).toHaveLength(7);
  });

  it("reads lines that end as those of Windows do", async () => {
    const path = file("windows.ndjson", Buffer.from(`${small.join("\r\n")}\r\n`));
    expect(messagesOf((await readTape([path])).tape)).toEqual(whole);
  });

  it("reads gzip streams that were written one behind the other", async () => {
    const parts = [small.slice(0, 4), small.slice(4)].map((lines) => gzipSync(`${lines.join("\n")}\n`));
    expect(messagesOf((await readTape([file("two.gz", Buffer.concat(parts))])).tape)).toEqual(whole);
  });

  it("refuses a market that is named and that no file has", async () => {
    const as = [{ symbol: "XRP_USDC", id: "backpack:XRP_USDC" } as const];
    await expect(readTape([file("a.txt", small)], { as })).rejects.toThrow(
      /backpack:XRP_USDC: no file has XRP_USDC, only backpack:SOL_USDC/,
    );
  });

  it("counts books that cross", async () => {
    const { report } = await readTape([file("crossed.ndjson", [...small, depth(500, 14, [["150.03", "1"]], [])])]);
    expect(report).toMatchObject({ clean: false, markets: [{ crossed: 1, crossedAt: [begin + 500] }] });
    expect(report.lacks.join()).toMatch(
      /the book of backpack:SOL_USDC is crossed after 1 messages: what trades there is not real/,
    );
  });
});

describe("readTape of bad input", () => {
  const bad = [
    ["is cut", (small[4] ?? "").slice(0, 60), /line 5: it is cut or not JSON/],
    ["has a time in ms", `{"t":${begin},"d":{}}`, /line 5: t is 1723161254000: it must be µs since 1970/],
    ["has a negative size", depth(200, 12, [["150.00", "-1"]], []), /line 5: SOL_USDC: a level of -1 at 150\.00/],
    ["has no number for a price", depth(200, 12, [["abc", "1"]], []), /line 5: SOL_USDC: .*abc/],
    [
      "has a level of another shape",
      depth(200, 12, [], []).replace('"b":[]', '"b":[[1,2]]'),
      /line 5: b holds something that is no level/,
    ],
    ["has no update ids", depth(200, 12, [], []).replace('"U":12', '"U":"x"'), /line 5: U is not a whole number/],
    [
      "has a trade without a side",
      trade(200, 1, "1", "1", true).replace('"m":true', '"m":null'),
      /line 5: m, whether the buyer rested/,
    ],
  ] as const;
  for (const [what, line, message] of bad)
    it(`names a line that ${what}, or counts it and loses the book`, async () => {
      const lines = small.with(4, line);
      const path = file("bad.ndjson", lines);
      await expect(readTape([path])).rejects.toThrow(message);
      const { tape, files, warnings } = await readTape([path], { onBad: "count" });
      expect(files).toMatchObject([{ bad: 1, gaps: 1 }]);
      expect(warnings.join()).toMatch(/1 line could not be read and was left out/);
      expect(messagesOf(tape)).toContain("lost 0 0");
      expect(tape.lacks).toContain("1 line of bad.ndjson could not be read");
    });

  it("leaves out a last line that is cut, and says so", async () => {
    const text = small.join("\n");
    const { tape, files, warnings } = await readTape([file("cut.ndjson", Buffer.from(text.slice(0, -20)))]);
    expect(messagesOf(tape)).toEqual(whole.slice(0, -1));
    expect(files).toMatchObject([{ cut: true, lines: 6 }]);
    expect(warnings).toEqual([expect.stringMatching(/its last line is cut and was left out/)]);
    expect(tape.lacks).toContain("cut.ndjson is cut: its end is missing");
  });

  it("leaves out a last row of a table that is cut, as it does in any file, and no row within", async () => {
    const rows = [0, 1, 2].map((minute) => `${begin + minute * 60_000},100,101,99,100,5`);
    const text = ["ts_ms,open,high,low,close,volume", ...rows].join("\n");
    for (const short of [3, 8, 16]) {
      const path = file("BTCUSDT-1m.csv", Buffer.from(text.slice(0, -short)));
      const { files, warnings, report, tape } = await readTape([path]);
      expect(files).toMatchObject([{ cut: true, bad: 0, lines: 3 }]);
      expect(report.markets).toMatchObject([{ candles: 2 }]);
      expect(warnings).toEqual([expect.stringMatching(/its last line is cut and was left out/)]);
      expect(tape.lacks).toContain("BTCUSDT-1m.csv is cut: its end is missing");
    }
    const ended = readTape([file("BTCUSDT-1m.csv", Buffer.from(`${text.slice(0, -3)}\n`))]);
    await expect(ended).rejects.toThrow(/line 4: 5 columns where there are 6 in others/);
    const wide = readTape([file("BTCUSDT-1m.csv", Buffer.from(`${text},7`))]);
    await expect(wide).rejects.toThrow(/line 4: 7 columns where there are 6 in others/);
  });

  it("reads a gzip stream that is cut to its last whole line", async () => {
    const many = Array.from({ length: 3_000 }, (_, at) =>
      depth(500 + at, 14 + at, [["149.00", String(1 + ((at * 7) % 99))]], []),
    );
    const bytes = gzipSync([...small, ...many].join("\n"));
    const { tape, warnings } = await readTape([file("cut.gz", bytes.subarray(0, bytes.length - 4_000))]);
    expect(messagesOf(tape).slice(0, 5)).toEqual(whole);
    expect(warnings).toEqual([expect.stringMatching(/its gzip stream is cut: it ends at line \d+/)]);
    expect(tape.lacks).toContain("cut.gz is cut: its end is missing");
  });

  it("refuses a gzip stream that is damaged, unless bad lines are counted", async () => {
    const many = Array.from({ length: 3_000 }, (_, at) =>
      depth(500 + at, 14 + at, [["149.00", String(1 + ((at * 7) % 99))]], []),
    );
    const bytes = gzipSync([...small, ...many].join("\n"));
    bytes[bytes.length - 6] = (bytes[bytes.length - 6] ?? 0) ^ 0xff; // its checksum
    const path = file("damaged.gz", bytes);
    await expect(readTape([path])).rejects.toThrow(
      /damaged\.gz is damaged: its gzip stream breaks after line \d+, .*; --on-bad count reads what can be read/,
    );
    await expect(readTape([path])).rejects.toMatchObject({
      code: "data/damaged",
      context: { line: expect.any(Number) },
    });
    const { tape, files } = await readTape([path], { onBad: "count" });
    expect(tape.lacks).toContain("damaged.gz is cut: its end is missing");
    expect(files).toMatchObject([{ cut: true }]);
  });

  it("says what it cannot read", async () => {
    const cases = [
      ["empty", [""], /empty is of no known format: nothing; there is nothing to read/],
      ["words", ["once upon a time"], /words is of no known format: columns once upon a time; no candles/],
      ["page", ["<html>"], /page is of no known format/],
      ["depth.csv", ["timestamp,percentage,depth,notional", "2024-01-01,-5,1,2"], /sums the book up by percentages/],
      ["bbo.csv", ["u,bid,bid_qty,ask,ask_qty", "1,1,1,2,1"], /best prices alone/],
      [
        "account.ndjson",
        ['{"data":{"E":1788368290063153,"e":"orderAccepted"},"stream":"account.orderUpdate"}'],
        /frames of an account/,
      ],
      ["config.json", ['{"venue":"backpack"}'], /line 1: neither a frame nor a snapshot/],
    ] as const;
    for (const [name, lines, message] of cases) await expect(readTape([file(name, lines)])).rejects.toThrow(message);
    await expect(readTape([join(folder, "none")])).rejects.toMatchObject({ code: "config/unreadable" });
    await expect(readTape([])).rejects.toThrow(/name one/);
    const path = file("a.txt", small);
    await expect(readTape([path, path])).rejects.toThrow(/named twice/);
    await expect(readTape([path], { from: begin + 10_000 })).rejects.toThrow(/in the time that was asked for/);
  });
});

describe("readTape with a folder for what was read", () => {
  const cacheDir = join(folder, "cache");
  const path = file("cached.ndjson", [...small, small[5] ?? ""]);

  it("opens what was read before, with its report, and reads anew where file or options are others", async () => {
    const first = await readTape([path], { cacheDir });
    const again = await readTape([path], { cacheDir });
    expect(again.files).toEqual(first.files);
    expect(again.warnings).toEqual(first.warnings);
    expect(again.report).toEqual(first.report);
    expect(messagesOf(again.tape)).toEqual(messagesOf(first.tape));
    expect(readdirSync(cacheDir)).toHaveLength(1);
    expect([first.cache, again.cache]).toEqual(["kept", "found"]);
    const part = await readTape([path], { cacheDir, from: begin + 100 });
    expect(part.cache).toBe("found"); // all of it is kept: any part is in it
    const plain = await readTape([path], { from: begin + 100 });
    expect([part.tape.digest, part.report, part.warnings]).toEqual([plain.tape.digest, plain.report, plain.warnings]);
    expect(part.report).not.toEqual(first.report);
    expect((await readTape([path], { cacheDir, onBad: "throw", as: [] })).cache).toBe("found"); // as it is without
    await readTape([path], { cacheDir, onBad: "count" });
    expect(readdirSync(cacheDir)).toHaveLength(2);
    await readTape([path], { cacheDir, cacheFor: "other code" });
    expect(readdirSync(cacheDir)).toHaveLength(3);
    writeFileSync(path, `${small.join("\n")}\n`);
    expect(await readTape([path], { cacheDir })).toMatchObject({ warnings: [], cache: "kept" });
    expect(readdirSync(cacheDir)).toHaveLength(4);
  });

  it("keeps all of a table, whatever part of it was asked for first", async () => {
    const rows = [0, 1, 2].map((minute) => `${begin + minute * 60_000},100,101,99,100,5`);
    const table = file("BTCUSDT-1m.csv", ["ts_ms,open,high,low,close,volume", ...rows]);
    const own = join(folder, "tables");
    const part = await readTape([table], { cacheDir: own, to: begin + 60_000 });
    const rest = await readTape([table], { cacheDir: own, from: begin + 60_000 });
    const all = await readTape([table], { cacheDir: own });
    expect([part.cache, rest.cache, all.cache]).toEqual(["kept", "found", "found"]);
    expect([part, rest, all].map(({ tape }) => tape.rows)).toEqual([4, 8, 12]);
  });

  it("makes anew what is damaged, and says so", async () => {
    const own = join(folder, "own");
    const { tape } = await readTape([path], { cacheDir: own });
    const [name = ""] = readdirSync(own);
    const bytes = readFileSync(join(own, name));
    writeFileSync(join(own, name), bytes.subarray(0, bytes.length - 1));
    const again = await readTape([path], { cacheDir: own });
    expect(again.warnings.at(-1)).toMatch(/is damaged: .*it was made anew/);
    expect(again.tape.digest).toBe(tape.digest);
    expect((await readTape([path], { cacheDir: own })).warnings).toEqual([]);
  });

  it("reads all the same where nothing can be kept, and says so", async () => {
    const { tape, cache, warnings } = await readTape([path], { cacheDir: join(path, "inside") });
    expect([tape.digest, cache]).toEqual([(await readTape([path])).tape.digest, undefined]);
    expect(warnings.at(-1)).toMatch(/what was read is not kept: .*ENOTDIR/);
  });

  it("does not keep a second time what is a tape already", async () => {
    const tapeFile = join(folder, "kept.tape");
    writeTape(tapeFile, (await readTape([path])).tape);
    const none = join(folder, "none");
    expect((await readTape([tapeFile], { cacheDir: none })).cache).toBe(undefined);
    expect(existsSync(none)).toBe(false);
  });
});

import { existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { BpError } from "@bp/core";
import { describe, expect, it } from "vitest";
import { testFolder } from "../files.fixture.ts";
import { readTape } from "../read.ts";
import { checkBeginning, type DownloadOptions, download, type Page, type PageAsk } from "./download.ts";
import { openDownload } from "./file.ts";
import { newestFirst } from "./newestFirst.ts";
import { patiently } from "./patient.ts";
import type { DownloadRow } from "./rows.ts";

const { folder } = testFolder();
const t0 = 1_764_000_000_000;
let count = 0;
const path = (name = "SOLUSDT.trades.csv.gz") => join(folder, String(++count), name);

/** Trades with bursts that share a moment, and pauses. */
const trades = (length: number): readonly DownloadRow[] =>
  Array.from({ length }, (_, nth) => {
    const at = t0 + Math.floor(nth / 3) * 1_000 + (nth > length / 2 ? 7_200_000 : 0);
    return { at, key: String(nth + 1), text: `${at},${nth + 1},150.0${nth % 10},${nth + 1},${nth % 2}` };
  });

/** A venue that tells rows from an id on, or of less than an hour. */
const byId =
  (rows: readonly DownloadRow[], limit: number): DownloadOptions["page"] =>
  async ({ from, anchor }: PageAsk): Promise<Page> => {
    if (anchor !== undefined) {
      const found = rows.filter(({ key }) => Number(key) >= Number(anchor.key)).slice(0, limit);
      return { rows: found, until: found.length < limit ? undefined : found.at(-1)?.at };
    }
    const end = from + 3_600_000;
    const found = rows.filter(({ at }) => at >= from && at < end).slice(0, limit);
    return { rows: found, until: end };
  };

/** A venue that tells the newest rows first; some come while it is asked. */
function growing(rows: readonly DownloadRow[], { limit, before, each }: Record<"limit" | "before" | "each", number>) {
  let there = before;
  let calls = 0;
  const page = newestFirst({
    limit,
    fetch: async (offset) => {
      calls += 1;
      there = Math.min(rows.length, there + each);
      return rows
        .slice(0, there)
        .toReversed()
        .slice(offset, offset + limit);
    },
  });
  return { page, calls: () => calls };
}

const whole = { from: t0, to: t0 + 1e9 };
const textOf = (file: string) => gunzipSync(readFileSync(file)).toString();

async function run(file: string, page: DownloadOptions["page"], span = whole, signal?: AbortSignal) {
  const sink = await openDownload(file, "trades");
  try {
    if (sink.first !== undefined) await checkBeginning({ page, ...span }, sink.first);
    const done = await download({ page, sink, ...span, ...(signal === undefined ? {} : { signal }) });
    if (done) await sink.finish();
    return done;
  } finally {
    sink.close();
  }
}

describe("download", () => {
  it("writes every row once, whatever the size of a page", async () => {
    const rows = trades(100);
    const expected = `trade_ms,id,price,qty,buyer_is_maker\n${rows.map(({ text }) => `${text}\n`).join("")}`;
    for (const limit of [4, 7, 99, 100, 101]) {
      const file = path();
      expect(await run(file, byId(rows, limit))).toBe(true);
      expect(textOf(file)).toBe(expected);
    }
    const file = path();
    await run(file, byId(rows, 7));
    const { tape, files } = await readTape([file]);
    expect(tape.rows).toBe(100);
    expect(files).toMatchObject([{ duplicates: 0, backwards: 0, bad: 0 }]);
  });

  it("keeps to the time that was asked for", async () => {
    const file = path();
    await run(file, byId(trades(100), 10), { from: t0 + 2_000, to: t0 + 4_000 });
    expect(
      textOf(file)
        .trim()
        .split("\n")
        .slice(1)
        .map((each) => each.split(",")[1]),
    ).toEqual("7 8 9 10 11 12".split(" "));
  });

  it("ends with the same bytes however often it was interrupted, and wherever the draft was cut", async () => {
    const rows = trades(60);
    const once = path();
    await run(once, byId(rows, 9));
    for (let cut = 0; cut < 40; cut += 3) {
      const file = path();
      const draft = file.replace(/\.gz$/, ".part");
      let pages = 0;
      const stop = new AbortController();
      const failing: DownloadOptions["page"] = async (ask, signal) => {
        pages += 1;
        if (pages === 4) stop.abort();
        return byId(rows, 9)(ask, signal);
      };
      expect(await run(file, failing, whole, stop.signal)).toBe(false);
      expect(existsSync(file)).toBe(false);
      truncateSync(draft, readFileSync(draft).length - cut);
      if (cut % 2 === 1) writeFileSync(draft, Buffer.alloc(17), { flag: "a" }); // as a power cut leaves it
      expect(await run(file, byId(rows, 11))).toBe(true);
      expect(readFileSync(file).equals(readFileSync(once))).toBe(true);
      expect(existsSync(draft)).toBe(false);
    }
  });

  it("goes on with a file that is whole, and leaves it as it is where there is nothing new", async () => {
    const rows = trades(60);
    const [file, once] = [path(), path()];
    await run(file, byId(rows.slice(0, 40), 9));
    await run(file, byId(rows, 9));
    await run(once, byId(rows, 9));
    const bytes = readFileSync(once);
    expect(readFileSync(file).equals(bytes)).toBe(true);
    await run(file, byId(rows, 9));
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it("refuses a file that begins later than what is wanted", async () => {
    const rows = trades(60);
    const file = path();
    await run(file, byId(rows, 9), { ...whole, from: t0 + 5_000 });
    await expect(run(file, byId(rows, 9))).rejects.toThrow(
      /the file begins at .*:05.000Z, and the venue has rows from .*:00.000Z on; take another folder/,
    );
    await run(file, byId(rows, 9), { ...whole, from: t0 + 8_000 }); // it has more than that
    let calls = 0;
    const counted: DownloadOptions["page"] = async (ask, signal) => {
      calls += 1;
      return byId(rows, 9)(ask, signal);
    };
    const long = { ...whole, from: t0 - 1e9 };
    await expect(run(file, counted, long)).rejects.toMatchObject({ code: "config/conflict" }); // found in the hour before it
    expect(calls).toBe(2);
  });

  it("refuses pages that do not follow each other", async () => {
    const rows = trades(60);
    const spoilt =
      (change: (page: Page, ask: PageAsk) => Page): DownloadOptions["page"] =>
      async (ask, signal) =>
        change(await byId(rows, 9)(ask, signal), ask);
    const cases: readonly (readonly [DownloadOptions["page"], RegExp])[] = [
      [
        spoilt(({ rows: each, until }, { anchor }) => ({ rows: anchor === undefined ? each : each.slice(1), until })),
        /should begin with row 9 of .*, and begins with 10/,
      ],
      [
        spoilt((page, { anchor }) => (anchor === undefined ? page : { rows: [], until: undefined })),
        /should begin with row 9 .*, and is empty/,
      ],
      [
        spoilt(({ rows: each, until }, { anchor }) => ({
          rows: anchor === undefined ? each : each.map((row) => ({ ...row, text: `${row.text}0` })),
          until,
        })),
        /row 9 was .* before, and is .* now/,
      ],
      [spoilt(({ rows: each, until }) => ({ rows: each.toReversed(), until })), /comes after one of/],
      [
        spoilt(({ rows: each, until }) => ({ rows: [...each.slice(0, 3), ...each.slice(2)], until })),
        /row 3 of .* is in it twice/,
      ],
      [spoilt((_, { from }) => ({ rows: [], until: from })), /nothing new/],
    ];
    for (const [page, message] of cases) await expect(run(path(), page)).rejects.toThrow(message);
  });

  it("leaves no file where the venue has nothing", async () => {
    const file = path();
    expect(await run(file, byId([], 9), { from: t0, to: t0 + 20_000_000 })).toBe(true);
    expect([existsSync(file), existsSync(`${file}.lock`)]).toEqual([false, false]);
  });

  it("refuses a file of something else, and one whose compression is damaged", async () => {
    const file = path();
    await run(file, byId(trades(30), 9));
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, -9));
    await expect(run(file, byId(trades(30), 9))).rejects.toThrow(/is damaged: .*: move it away and download it again/);
    writeFileSync(file, gzipSync("a,b\n1,2\n"));
    await expect(run(file, byId(trades(30), 9))).rejects.toThrow(/begins with "a,b", not with trade_ms/);
  });

  it("refuses a second process", async () => {
    const file = path();
    const sink = await openDownload(file, "trades");
    await expect(openDownload(file, "trades")).rejects.toMatchObject({ code: "config/conflict" });
    sink.close();
    (await openDownload(file, "trades")).close();
  });
});

describe("newestFirst", () => {
  it("gives every row once, also while new ones come in front", async () => {
    const rows = trades(400);
    for (const limit of [10, 37, 100, 1_000])
      for (const each of [0, 1, 5, 30])
        for (const before of [1, 200, 400]) {
          const file = path();
          const { page } = growing(rows, { limit, before, each: Math.min(each, Math.floor(limit / 3)) });
          await run(file, page);
          const ids = textOf(file)
            .trim()
            .split("\n")
            .slice(1)
            .map((line) => Number(line.split(",")[1]));
          expect(ids).toEqual(ids.map((_, nth) => nth + 1));
          expect(ids.length).toBeGreaterThanOrEqual(before);
        }
  });

  it("finds where to begin, and where it was, in few looks", async () => {
    const rows = trades(100_000);
    const file = path();
    const span = { from: rows[40_000]?.at ?? 0, to: rows[41_000]?.at ?? 0 };
    const { page, calls } = growing(rows, { limit: 1_000, before: 100_000, each: 0 });
    await run(file, page, span);
    const firstIds = textOf(file)
      .split("\n")
      .slice(1, 3)
      .map((line) => line.split(",")[1]);
    expect(firstIds).toEqual(["40000", "40001"]);
    expect(calls()).toBeLessThan(20);
  });

  it("says so where a row is gone that was there", async () => {
    const rows = trades(300);
    const file = path();
    await run(file, growing(rows, { limit: 50, before: 100, each: 0 }).page);
    const without = rows.filter(({ key }) => key !== "100");
    await expect(run(file, growing(without, { limit: 50, before: 299, each: 0 }).page)).rejects.toMatchObject({
      code: "data/torn-page",
    });
  });
});

describe("patiently", () => {
  const empty: Page = { rows: [], until: undefined };
  const ask: PageAsk = { from: 0, to: 1, anchor: undefined };

  it("waits as long as the venue says, and longer each time where it says nothing", async () => {
    const waits: number[] = [];
    const troubles: (Error | undefined)[] = [
      new BpError("venue/rate-limited", { venue: "aster", waitMs: 30_000 }),
      new BpError("venue/unavailable", { venue: "aster", why: "HTTP 503" }),
      new BpError("transport/timeout", { url: "https://there", ms: 7_000 }),
    ];
    const page = patiently(
      async () => {
        const trouble = troubles.shift();
        if (trouble !== undefined) throw trouble;
        return empty;
      },
      { sleep: async (ms) => void waits.push(ms) },
    );
    expect(await page(ask, undefined)).toBe(empty);
    expect(waits).toEqual([30_000, 2_000, 4_000]);
  });

  it("gives up after its tries, and at once where asking again is in vain", async () => {
    let calls = 0;
    const always = (error: Error) =>
      patiently(
        async () => {
          calls += 1;
          throw error;
        },
        { sleep: async () => {}, tries: 3 },
      );
    await expect(always(new BpError("venue/unavailable", { venue: "a", why: "b" }))(ask, undefined)).rejects.toThrow(
      /a is not available/,
    );
    expect(calls).toBe(3);
    await expect(always(new BpError("data/torn-page", { why: "b" }))(ask, undefined)).rejects.toThrow(/b/);
    await expect(always(new TypeError("a mistake"))(ask, undefined)).rejects.toThrow(/a mistake/);
    expect(calls).toBe(5);
  });
});

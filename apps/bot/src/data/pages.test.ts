import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type DownloadKind, download, openDownload, readTape } from "@bp/data";
import { type Sandbox, startSandbox } from "@bp/sandbox";
import { systemClock } from "@bp/transport";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Door } from "../stage/door.ts";
import { historyAt } from "./history.ts";
import type { Interval } from "./pages.ts";

const root = mkdtempSync(join(tmpdir(), "bp-pages-"));
let sandbox: Sandbox;
let count = 0;
beforeAll(async () => {
  sandbox = await startSandbox({ seed: 8, warmupMs: 900_000, aster: true });
});
afterAll(async () => {
  await sandbox.close();
  rmSync(root, { recursive: true, force: true });
});

const doors: Readonly<Record<string, () => Door>> = {
  backpack: () => ({ id: "backpack", rest: sandbox.rest, proxy: {} }),
  "aster-futures": () => ({ id: "aster-futures", rest: sandbox.aster?.futures.rest, proxy: {} }),
  "aster-spot": () => ({ id: "aster-spot", rest: sandbox.aster?.spot.rest, proxy: {} }),
};

interface Wanted {
  readonly symbol: string;
  readonly kind: DownloadKind;
  readonly interval?: Interval;
  readonly from: number;
  readonly to: number;
  readonly limit: number;
}

/** Downloads over the venue's client; gives the rows without the header, and the file. */
async function fetchAll(door: Door, { from, to, ...wanted }: Wanted) {
  const history = await historyAt(door, systemClock);
  const file = join(root, String(++count), `${door.id}-${wanted.symbol}.csv.gz`);
  const sink = await openDownload(file, wanted.kind);
  try {
    const page = history.pagesOf({ interval: "1m", settled: to, ...wanted });
    expect(await download({ page, from, to, sink })).toBe(true);
    await sink.finish();
    const rows = sink.rows === 0 ? [] : gunzipSync(readFileSync(file)).toString().trim().split("\n").slice(1);
    return { file, rows: rows.map((each) => each.split(",")) };
  } finally {
    sink.close();
    await history.close();
  }
}

const steady = (values: readonly number[], step: number) =>
  values.every((value, nth) => nth === 0 || value === (values[nth - 1] ?? 0) + step);

describe("histories of a venue", () => {
  for (const [venue, symbol] of [
    ["backpack", "SOL_USDC_PERP"],
    ["aster-futures", "BTCUSDT"],
    ["aster-spot", "BTCUSDT"],
  ] as const) {
    it(`are every minute's candle of ${venue}, whatever the page`, async () => {
      const to = Math.floor(Date.now() / 60_000) * 60_000;
      const door = doors[venue]?.();
      if (door === undefined) throw new Error("no such door");
      const wanted = { symbol, kind: "klines", from: to - 720_000, to } as const;
      const files = [];
      for (const limit of [3, 5, 1_000]) {
        const { rows, file } = await fetchAll(door, { ...wanted, limit });
        expect(rows.length).toBe(12);
        expect(
          steady(
            rows.map(([at]) => Number(at)),
            60_000,
          ),
        ).toBe(true);
        files.push(readFileSync(file));
        expect((await readTape([file])).report.markets).toMatchObject([{ candles: 12, missing: 0 }]);
      }
      expect(files[0]?.equals(files[1] ?? Buffer.alloc(0))).toBe(true);
      expect(files[0]?.equals(files[2] ?? Buffer.alloc(0))).toBe(true);
    });

    it(`are every trade of ${venue}, while new ones come in`, async () => {
      const door = doors[venue]?.();
      if (door === undefined) throw new Error("no such door");
      const to = Date.now() - 1_000;
      const wanted = { symbol, kind: "trades", from: to - 15_000, to } as const;
      const all = await fetchAll(door, { ...wanted, limit: 1_000 });
      expect(all.rows.length).toBeGreaterThan(9);
      const few = await fetchAll(door, { ...wanted, limit: Math.ceil(all.rows.length / 3) });
      expect(few.rows).toEqual(all.rows);
      const ids = all.rows.map(([, id]) => Number(id));
      expect(new Set(ids).size).toBe(ids.length);
      expect(steady(ids, 1)).toBe(true);
      const { report, files } = await readTape([all.file]);
      expect(report.markets).toMatchObject([{ prints: ids.length, impossible: 0 }]);
      expect(files).toMatchObject([{ duplicates: 0, backwards: 0 }]);
    });
  }

  it("are funding rates of Backpack that are settled", async () => {
    const to = Date.now();
    const history = await historyAt({ id: "backpack", rest: sandbox.rest, proxy: {} }, systemClock);
    const page = history.pagesOf({ symbol: "SOL_USDC_PERP", kind: "funding", interval: "1m", settled: to });
    const { rows } = await page({ from: 0, to, anchor: undefined }, undefined);
    expect(rows.every(({ at }) => at <= to && at % 3_600_000 === 0)).toBe(true); // not the one that still runs
    await history.close();
  });

  it("are settled funding rates of Aster, page by page", async ({ onTestFinished }) => {
    const start = 1_764_000_000_000;
    const stamps = Array.from({ length: 25 }, (_, nth) => start + nth * 28_800_000 + (nth % 3)); // some ms late, as they come
    const asked: string[] = [];
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? "/", "http://there");
      asked.push(url.pathname);
      const from = Number(url.searchParams.get("startTime"));
      const limit = Number(url.searchParams.get("limit"));
      const rows = stamps.filter((at) => at >= from).slice(0, limit);
      response.setHeader("content-type", "application/json");
      response.end(
        JSON.stringify(
          rows.map((fundingTime) => ({ symbol: "BTCUSDT", fundingRate: "-0.00012500", fundingTime, markPrice: "1" })),
        ),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo; // it listens on a port
    const door = { id: "aster-futures", rest: `http://127.0.0.1:${port}`, proxy: {} };
    const wanted = { symbol: "BTCUSDT", kind: "funding", from: start - 5_000, to: start + 1e9, limit: 7 } as const;
    const { rows, file } = await fetchAll(door, wanted);
    expect(rows).toEqual(stamps.map((at) => [String(at), "-0.00012500"]));
    expect(asked.filter((path) => path.endsWith("fundingRate")).length).toBe(5);
    expect((await readTape([file])).report.markets).toMatchObject([{ fundings: 25 }]);
  });

  it("are refused where the venue has none", async () => {
    for (const [id, kind, interval, message] of [
      ["aster-spot", "funding", "1m", /perpetuals alone pay funding/],
      ["aster-futures", "klines", "1s", /its shortest candle is 1m/],
    ] as const) {
      const history = await historyAt(doors[id]?.() ?? { id }, systemClock);
      expect(() => history.pagesOf({ symbol: "BTCUSDT", kind, interval, settled: 0 })).toThrow(message);
      await history.close();
    }
  });
});

// `bot backtest`: the users' files of all five systems over recorded markets, and what it says to input that cannot be.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { spawnBot } from "../process.ts";

const root = join(import.meta.dirname, "../../../..");
const data = (name: string) => join(root, "examples/data", name);
const shared = "/work/shared/data";
const finished = onTestFinished;
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "bp-backtest-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: readonly string[]) => spawnBot(finished, ["backtest", ...args], { cwd: root }).ended;
const write = (name: string, content: string | Uint8Array) => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};

interface Said {
  readonly figures: {
    readonly session: { readonly sums: { readonly fills: number }; readonly profit: { readonly net: string } };
  };
  readonly ledgerEqual: boolean;
  readonly commandsDigest: string;
  readonly lacks: readonly string[];
  readonly ended: { readonly kind: string; readonly why: string };
  readonly data: { readonly digest: string };
}
const said = (stdout: string): Said => JSON.parse(stdout) as Said; // the bot's own words

/** The users' files, over the example's candles: file, data, and flags of its own. */
const systems = [
  ["S0 single", "examples/s0.env.prod", ["SOLUSDT-1m.csv.gz", "SOLUSDT-funding.csv.gz"], []],
  ["S0 dual hedge", "examples/own/dual-hedge.yaml", ["SOLUSDT-1m.csv.gz"], []],
  ["S1 ladder", "examples/backpack_trading_config.json", ["BTCUSDT-1m.csv.gz"], []],
  [
    "S2 maker",
    "examples/s2.env",
    ["SOLUSDT-1m.csv.gz"],
    [
      "--symbol",
      "SOL_USDC_PERP",
      "--spread",
      "0.2",
      "--quantity",
      "0.5",
      "--max-position",
      "5",
      "--position-threshold",
      "4",
    ],
  ],
  ["S3 hedge", "examples/hedge_futures.yaml", ["ASTERUSDT-1m.csv.gz", "ASTERUSDT-funding.csv.gz"], []],
  ["S4 grid", "examples/grid.config.json", ["ETHUSDT-1m.csv.gz"], []],
] as const;

describe("bot backtest", { timeout: 600_000 }, () => {
  it.each(systems)("runs %s from its user's file", async (_, file, tapes, flags) => {
    const args = [file, "--data", ...tapes.map(data), "--to", "2026-01-05T02:00", "--json", ...flags];
    const [one, other] = await Promise.all([run(...args), run(...args)]);
    expect(one.stderr).not.toMatch(/^error/m);
    expect([0, 3]).toContain(one.code);
    const { figures, ledgerEqual, lacks } = said(one.stdout);
    expect(ledgerEqual).toBe(true);
    expect(figures.session.sums.fills).toBeGreaterThan(0);
    expect(lacks.join("; ")).toMatch(/candles alone/);
    expect(other.stdout).toBe(one.stdout);
  });

  it("plays a recording of frames, and says its models, its data and what it leaves out", async () => {
    const { code, stdout } = await run(
      "examples/own/maker.yaml",
      "--data",
      "examples/sol_usdc.l2.ndjson.gz",
      "--queue-model",
      "behind:2",
      "--latency",
      "15/8",
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/queue: behind:2/);
    expect(stdout).toMatch(/15 ms there, 8 ms back/);
    expect(stdout).toMatch(/our orders move no market/);
    expect(stdout).toMatch(/the exchange's own books are the same/);
  });

  it("says whether a strategy looks ahead", async () => {
    const args = ["examples/own/maker.yaml", "--data", "examples/sol_usdc.l2.ndjson.gz", "--look-ahead", "2"];
    const { code, stdout } = await run(...args);
    expect(stdout).toMatch(/no look into the future was seen/);
    expect(code).toBe(0);
  });

  const maker = "examples/own/maker.yaml";
  const wrong: readonly (readonly [string, () => readonly string[], RegExp])[] = [
    ["no data", () => [maker], /--data: found nothing, expected recordings or candles/],
    ["a file that is not there", () => [maker, "--data", "nowhere.csv"], /nowhere\.csv cannot be read/],
    ["an empty file", () => [maker, "--data", write("empty.csv", "")], /empty\.csv is of no known format: nothing/],
    [
      "best prices alone",
      () => [maker, "--data", write("bbo.csv", "u,bid,bid_qty,ask,ask_qty\n1,2,3,4,5\n")],
      /neither a book nor trades/,
    ],
    [
      "a table of something else",
      () => [maker, "--data", write("SOLUSDT.csv", "name,age\nx,1\n")],
      /columns name,age; no candles/,
    ],
    [
      "candles of another coin",
      () => [maker, "--data", data("BTCUSDT-1m.csv.gz")],
      /found recordings of BTC_USDT_PERP, expected one of SOL/,
    ],
    [
      "a cast to nothing",
      () => [maker, "--data", data("SOLUSDT-1m.csv.gz"), "--as", "SOL"],
      /--as: found "SOL", expected RECORDED=venue:SYMBOL/,
    ],
    [
      "a candle that is none",
      () => [
        maker,
        "--data",
        write("SOLUSDT-1m.csv", "ts_ms,open,high,low,close,volume\n1767571200000,147,146,148,147,1\n"),
      ],
      /line 2: no candle: open 147, high 146/,
    ],
    [
      "two units of time",
      () => [
        maker,
        "--data",
        write("SOLUSDT-2m.csv", "ts_ms,open,high,low,close,volume\n1767571200000,1,1,1,1,1\n1767571260,1,1,1,1,1\n"),
      ],
      /line 3: a time in s among times in ms/,
    ],
    [
      "the same candles twice",
      () => [
        maker,
        "--data",
        data("SOLUSDT-1m.csv.gz"),
        write("SOLUSDT-1m.csv.gz", readFileSync(data("SOLUSDT-1m.csv.gz"))),
      ],
      /candles of backpack:SOL_USDT_PERP: two files have them/,
    ],
    [
      "a time that ends before it begins",
      () => [maker, "--data", data("SOLUSDT-1m.csv.gz"), "--from", "2026-01-06", "--to", "2026-01-05"],
      /--to: found 2026-01-05, expected a moment after --from/,
    ],
    [
      "a time without data",
      () => [maker, "--data", data("SOLUSDT-1m.csv.gz"), "--from", "2027-01-06"],
      /nothing in it that could be played/,
    ],
    [
      "a model that is none",
      () => [maker, "--data", data("SOLUSDT-1m.csv.gz"), "--queue-model", "share:-1"],
      /--queue-model: found "share:-1"/,
    ],
    [
      "a model with an exponent of 0",
      () => [maker, "--data", data("SOLUSDT-1m.csv.gz"), "--queue-model", "share:0"],
      /--queue-model: found "share:0", expected prints, log, log2, share:N or behind:N with N above 0/,
    ],
    [
      "one fee of two",
      () => [maker, "--data", data("SOLUSDT-1m.csv.gz"), "--maker-fee", "0.02"],
      /one fee of two; say both/,
    ],
  ];
  it.each(wrong)("refuses %s and says what to do", async (_, args, words) => {
    const { code, stderr, stdout } = await run(...args());
    expect(stderr).toMatch(words);
    expect(code).toBe(2);
    expect(stdout).toBe("");
  });

  it("reads a file that was cut as far as it goes, and says so", async () => {
    const whole = readFileSync(data("SOLUSDT-1m.csv.gz"));
    const cut = write("cut-SOLUSDT-1m.csv.gz", whole.subarray(0, 20_000));
    const { code, stderr, stdout } = await run(maker, "--data", cut, "--to", "2026-01-05T01:00", "--json");
    expect(stderr).toMatch(/its gzip stream is cut/);
    expect(said(stdout).lacks.join(" ")).toMatch(/is cut: its end is missing/);
    expect(code).toBe(0);
  });

  it("knows the same data whatever file they come from", async () => {
    const plain = write("SOLUSDT-plain.csv", gunzipSync(readFileSync(data("SOLUSDT-1m.csv.gz"))));
    const again = write("SOLUSDT-again.csv.gz", gzipSync(readFileSync(plain), { level: 1 }));
    const ends = ["--to", "2026-01-05T00:30", "--json"];
    const [one, other] = await Promise.all([
      run(maker, "--data", plain, ...ends),
      run(maker, "--data", again, ...ends),
    ]);
    expect(said(one.stdout).data.digest).toBe(said(other.stdout).data.digest);
  });
});

describe.skipIf(!existsSync(shared))("the recorded markets", () => {
  /** As docs/backtest.md shows them: to the last digit. */
  const rows = [
    ...readFileSync(join(root, "docs/backtest.md"), "utf8").matchAll(
      /^\| (S\d[^|]*) \| `bot (backtest [^`]+)` \| (\d+) \| (\S+) \| `([0-9a-f]+)` \|$/gm,
    ),
  ].map(([, name = "", line = "", fills = "", net = "", digest = ""]) => ({
    name,
    line,
    fills: Number(fills),
    net,
    digest,
  }));

  it("are in the document for all five systems", () => {
    expect(new Set(rows.map(({ name }) => name.slice(0, 2)))).toEqual(new Set(["S0", "S1", "S2", "S3", "S4"]));
  });

  it.each(rows)("$name gives its figures again", { timeout: 600_000 }, async ({ line, fills, net, digest }) => {
    const [, ...args] = line.replaceAll("$DATA", shared).split(" ");
    const { stdout, stderr } = await run(...args, "--json");
    expect(stderr).not.toMatch(/^error/m);
    const { figures, commandsDigest, ledgerEqual } = said(stdout);
    expect({
      fills: figures.session.sums.fills,
      net: figures.session.profit.net,
      digest: commandsDigest.slice(0, 12),
    }).toEqual({ fills, net, digest });
    expect(ledgerEqual).toBe(true);
  });
});

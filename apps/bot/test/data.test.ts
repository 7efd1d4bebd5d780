// `bot data`: files are checked, told of, made into one; histories are downloaded over a sandbox's REST.
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { openTape, readTape, writeTape } from "@bp/data";
import { type Sandbox, startSandbox } from "@bp/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pressTwice, runBot, spawnBot } from "./process.ts";
import type { Finished } from "./table.ts";

const root = mkdtempSync(join(tmpdir(), "bp-data-"));
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ seed: 3, warmupMs: 2_400_000 });
});
afterAll(async () => {
  await sandbox.close();
  rmSync(root, { recursive: true, force: true });
});

const words = (text: string) => text.split(" ");
const t0 = 1_746_372_780_000;
function table(name: string, closes: readonly number[], skip = -1): string {
  const rows = closes.map((close, nth) => `${t0 + nth * 60_000},100,120,90,${close},5.5`);
  const file = join(root, name);
  writeFileSync(
    file,
    gzipSync(["ts_ms,open,high,low,close,volume", ...rows.toSpliced(skip, skip < 0 ? 0 : 1), ""].join("\n")),
  );
  return file;
}

describe("bot data check", () => {
  it("ends with 0 for what can be used, and tells what is missing", async ({ onTestFinished }) => {
    const whole = await runBot(onTestFinished, ["data", "check", table("BTCUSDT-1m.csv.gz", [101, 102, 103])]);
    expect([whole.code, whole.stdout]).toEqual([0, expect.stringMatching(/3 candles of 60 s.*\nusable\n$/s)]);
    const gap = await runBot(onTestFinished, [
      "data",
      "check",
      table("ETHUSDT-1m.csv.gz", [101, 102, 103, 104], 2),
      "--json",
    ]);
    expect(gap.code).toBe(0);
    expect(JSON.parse(gap.stdout)).toMatchObject({ usable: true, clean: false, markets: [{ candles: 3, missing: 1 }] });
  });

  it("ends with 1 for what a run would refuse, with 2 for what is no market, and says why", async ({
    onTestFinished,
  }) => {
    const bad = await runBot(onTestFinished, ["data", "check", table("SOLUSDT-1m.csv.gz", [101, 999, 103])]);
    expect([bad.code, bad.stdout]).toEqual([
      1,
      expect.stringMatching(/refused: .*SOLUSDT-1m.csv.gz, line 3: no candle.*not usable as it is/s),
    ]);
    const none = await runBot(onTestFinished, ["data", "check", join(root, "none.csv")]);
    expect([none.code, none.stderr]).toEqual([2, expect.stringMatching(/none.csv cannot be read/)]);
    writeFileSync(join(root, "words.csv"), "these,are,words\n");
    const words = await runBot(onTestFinished, ["data", "check", join(root, "words.csv")]);
    expect([words.code, words.stderr]).toEqual([2, expect.stringMatching(/of no known format/)]);
  });
});

describe("the exit code of bot data check", () => {
  const lines = [
    "ts_ms,open,high,low,close,volume",
    ...[0, 1, 2].map((nth) => `${t0 + nth * 60_000},100,120,90,101,5`),
  ];
  const text = lines.join("\n");
  const laid = (name: string, bytes: string | Uint8Array): string => {
    writeFileSync(join(root, name), bytes);
    return join(root, name);
  };
  const damaged = (bytes: Uint8Array, at: number) => bytes.map((each, place) => (place === at ? each ^ 0xff : each));
  const check = async (finished: Finished, files: readonly string[], ...flags: readonly string[]) => {
    const { code, stdout, stderr } = await runBot(finished, ["data", "check", ...files, ...flags]);
    return [code, stdout + stderr];
  };

  it("is 0 where an end is cut, of a table, plain or gzip", async ({ onTestFinished }) => {
    const row = laid("cut-BTCUSDT-1m.csv", text.slice(0, -3));
    expect(await check(onTestFinished, [row])).toEqual([
      0,
      expect.stringMatching(/! its last line is cut and was left out.*2 candles.*\nusable\n$/s),
    ]);
    const packed = gzipSync(`${text}\n`);
    const stream = laid("cut-ETHUSDT-1m.csv.gz", packed.subarray(0, packed.length - 8));
    expect(await check(onTestFinished, [stream])).toEqual([
      0,
      expect.stringMatching(/its gzip stream is cut.*\nusable\n$/s),
    ]);
  });

  it("is 1 for a tape and for a gzip stream that are damaged, and where no row is left", { timeout: 180_000 }, async ({
    onTestFinished,
  }) => {
    const tape = join(root, "damaged.bpt");
    writeTape(tape, (await readTape([laid("BTCUSDT-1m.csv", `${text}\n`)])).tape);
    laid("damaged.bpt", damaged(readFileSync(tape), readFileSync(tape).length - 1));
    const [code, said] = await check(onTestFinished, [tape]);
    expect([code, said]).toEqual([
      1,
      expect.stringMatching(/^! refused: .*damaged\.bpt is damaged: .*\nnot usable\n$/),
    ]);
    const json = await runBot(onTestFinished, ["data", "check", tape, "--json"]);
    expect([json.code, JSON.parse(json.stdout)]).toEqual([
      1,
      {
        usable: false,
        refused: expect.stringMatching(/is damaged/),
        files: [{ file: tape, warnings: [] }],
        rows: 0,
        messages: 0,
        markets: [],
        foreign: 0,
        outOfOrder: 0,
        lacks: [],
        clean: false,
        digest: expect.any(String),
      },
    ]);
    const packed = gzipSync(`${text}\n`);
    const stream = laid("damaged-BTCUSDT-1m.csv.gz", damaged(packed, packed.length - 6));
    expect(await check(onTestFinished, [stream])).toEqual([1, expect.stringMatching(/its gzip stream breaks/)]);
    const none = laid("SOLUSDT-1m.csv", `${lines[0]}\n${t0},100,80,90,101,5\n`);
    expect(await check(onTestFinished, [none])).toEqual([
      1,
      expect.stringMatching(/line 2: no candle: open 100, high 80.*not usable\n$/s),
    ]);
    const frames = laid("frames.ndjson", '{"venue":"backpack"}\n{"t":1}\n');
    expect(await check(onTestFinished, [frames])).toEqual([1, expect.stringMatching(/line 1: .*\nnot usable\n$/s)]);
    const stub = laid("stub-BTCUSDT-1m.csv.gz", damaged(packed, 12)); // breaks before its first whole line
    expect(await check(onTestFinished, [stub])).toEqual([
      1,
      expect.stringMatching(/stub.*is damaged.*\nnot usable\n$/s),
    ]);
  });

  it("is 2 for what is not checked: no such file, nothing in it, no market, twice the same, wrong usage", async ({
    onTestFinished,
  }) => {
    const whole = laid("XRPUSDT-1m.csv", `${text}\n`);
    const cases = [
      [[join(root, "nowhere.csv")], /cannot be read/],
      [[laid("empty.csv", "")], /of no known format: nothing/],
      [[laid("data.csv", `${text}\n`)], /of which market it is/],
      [[whole, laid("more-XRPUSDT-1m.csv", `${text}\n`)], /two files have them/],
      [[whole, "--nonsense"], /unknown option/],
      // a line that cannot be read stands before the reason: it is passed over
      [[laid("bad.csv", `${text}\nx\n`)], /of which market it is/],
      [[laid("bad-ADAUSDT-1m.csv", `${text}\nx\n`), join(root, "gone.csv")], /gone\.csv cannot be read/],
      [
        [laid("bad-ADAUSDT-1m.csv", `${text}\nx\n`), laid("zz.csv", "once upon a time\n")],
        /zz\.csv is of no known format/,
      ],
      [[laid("bad-XRPUSDT-1m.csv", `${text}\nx\n`), whole], /two files have them/],
      [
        [laid("account.ndjson", '{"data":{"e":"orderAccepted"},"stream":"account.orderUpdate"}\n{\n{}\n')],
        /frames of an account/,
      ],
    ] as const;
    for (const [files, message] of cases)
      expect(await check(onTestFinished, files)).toEqual([2, expect.stringMatching(message)]);
  });
});

describe("bot data import", () => {
  it("makes one tape of many files, which is read like them", async ({ onTestFinished }) => {
    const file = table("BTCUSDT-1m.csv.gz", [101, 102, 103]);
    const out = join(root, "btc.bpt");
    const cast = ["--as", "BTCUSDT=backpack:BTC_USDC_PERP"];
    const { code, stdout } = await runBot(onTestFinished, ["data", "import", file, "--out", out, ...cast]);
    const tape = openTape(out);
    expect([code, stdout]).toEqual([0, expect.stringContaining(tape.digest)]);
    expect(tape.instruments).toMatchObject([{ id: "backpack:BTC_USDC_PERP" }]);
    expect((await readTape([out])).tape).toEqual(tape);
    const info = await runBot(onTestFinished, ["data", "info", out, "--json"]);
    expect(JSON.parse(info.stdout)).toMatchObject({ digest: tape.digest, rows: 12, files: [{ format: "a tape" }] });
  });

  it("writes over a file with --force alone, and leaves it where an import fails", async ({ onTestFinished }) => {
    const [file, bad] = [table("BTCUSDT-1m.csv.gz", [101, 102, 103]), table("ETHUSDT-1m.csv.gz", [101, 999])];
    const out = join(root, "there.bpt");
    writeFileSync(out, "mine");
    const run = (input: string, ...args: readonly string[]) =>
      runBot(onTestFinished, ["data", "import", input, "--out", out, ...args]);
    const refused = await run(file);
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringMatching(/there\.bpt is there already: 4 B, of 20.*write over it with --force/),
    ]);
    expect((await run(bad, "--force")).code).toBe(2);
    expect(readFileSync(out, "utf8")).toBe("mine");
    expect((await run(file, "--force")).code).toBe(0);
    expect(openTape(out).rows).toBe(12);
    expect(readdirSync(root).filter((name) => name.startsWith("there.bpt"))).toEqual(["there.bpt"]);
  });

  it("never writes over what it reads, whatever the name, nor over what is no file", async ({ onTestFinished }) => {
    const file = table("XRPUSDT-1m.csv.gz", [101, 102, 103]);
    const bytes = readFileSync(file);
    const [linked, dangling] = [join(root, "linked.bpt"), join(root, "dangling.bpt")];
    symlinkSync(file, linked);
    symlinkSync(join(root, "nowhere"), dangling);
    symlinkSync(root, join(root, "around"));
    const [loop, there] = [join(root, "loop.csv"), join(root, "there.bpt")];
    symlinkSync(loop, loop);
    writeFileSync(there, "a tape of before");
    const cases = [
      [loop, there, /loop\.csv cannot be read: .*ELOOP.*\[config\/unreadable\]/],
      [file, file, /is one of the files that are read; name another/],
      [file, join(root, "around", "XRPUSDT-1m.csv.gz"), /one of the files that are read/],
      [file, linked, /linked\.bpt is there already and is a link/],
      [linked, file, /one of the files that are read/],
      [file, dangling, /dangling\.bpt is there already and is a link/],
      [file, root, /is there already and is a folder/],
    ] as const;
    for (const [input, out, message] of cases) {
      const cast = ["--as", "XRPUSDT=backpack:XRP_USDC_PERP"];
      const ended = await runBot(onTestFinished, ["data", "import", input, "--out", out, "--force", ...cast]);
      expect([ended.code, ended.stderr]).toEqual([2, expect.stringMatching(message)]);
    }
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(readFileSync(there, "utf8")).toBe("a tape of before");
  });

  it("refuses what cannot be", async ({ onTestFinished }) => {
    const file = table("BTCUSDT-1m.csv.gz", [101, 102, 103]);
    const data = (...args: readonly string[]) => runBot(onTestFinished, ["data", ...args]);
    const cases = [
      [["import", file], 2, /--out <file>' not specified/],
      [["import", file, "--out", "/dev/null/tape"], 1, /cannot be written/],
      [["import", file, "--out", join(root, "x"), "--as", "BTC"], 2, /--as: found "BTC", expected SYMBOL=venue:SYMBOL/],
      [
        ["import", file, "--out", join(root, "x"), "--from", "yesterday"],
        2,
        /--from: found "yesterday", expected a day/,
      ],
      [["info", file, "--from", "2026-01-02", "--to", "2026-01-01"], 2, /--to: .*a moment after --from/],
      [["info"], 2, /missing required argument 'files'/],
    ] as const;
    for (const [args, code, message] of cases) {
      const ended = await data(...args);
      expect([ended.code, ended.stderr]).toEqual([code, expect.stringMatching(message)]);
    }
    expect((await data("--help")).stdout).toMatch(/bot data download --venue aster-futures/);
  });
});

describe("bot data download", () => {
  const at = (ms: number) => new Date(Date.now() - ms).toISOString().slice(0, 19);

  it("gives the same bytes when it was killed in between and started again", async ({ onTestFinished }) => {
    const span = ["--from", at(2_300_000), "--to", at(200_000)];
    const args = (folder: string) => [
      ...words("data download --venue backpack --symbol SOL_USDC_PERP --kind klines --interval 1s"),
      ...words(`--rest ${sandbox.rest} --out ${folder}`),
      ...span,
    ];
    const name = "backpack-SOL_USDC_PERP-1s.klines.csv";
    const [once, twice] = [join(root, "once"), join(root, "twice")];
    const { code, stdout } = await runBot(onTestFinished, args(once));
    expect([code, stdout]).toEqual([0, expect.stringMatching(/: 2,\d\d\d rows, /)]);

    const hung = sandbox.faults.request({ path: "/api/v1/klines" }, { do: "hang" }, { after: 1, count: 1 });
    const killed = spawnBot(onTestFinished, args(twice));
    await expect.poll(() => hung.hits, { timeout: 180_000 }).toBe(1);
    killed.child.kill("SIGKILL");
    await killed.ended;
    expect(existsSync(join(twice, `${name}.gz`))).toBe(false);
    const draft = readFileSync(join(twice, `${name}.part`), "utf8").split("\n").length;
    expect(draft).toBeGreaterThan(900);

    const busy = { do: "answer", status: 503, text: "busy" } as const;
    sandbox.faults.request({ path: "/api/v1/klines" }, busy, 4); // more than the client itself asks again for
    const resumed = await runBot(onTestFinished, args(twice));
    expect([resumed.code, resumed.stderr]).toEqual([
      0,
      expect.stringMatching(/rows are there already.*asking again in 1 s/s),
    ]);
    expect(readFileSync(join(twice, `${name}.gz`)).equals(readFileSync(join(once, `${name}.gz`)))).toBe(true);
    expect(readdirSync(twice)).toEqual([`${name}.gz`]);

    const again = await runBot(onTestFinished, args(twice));
    expect([again.code, again.stdout]).toEqual([0, expect.stringMatching(/, 0 of them new/)]);
    const { report, files } = await readTape([join(once, `${name}.gz`)]);
    expect(files).toMatchObject([{ format: "candles of 1 s", duplicates: 0, backwards: 0 }]);
    expect(report.markets).toMatchObject([{ market: "backpack:SOL_USDC_PERP", crossed: 0, impossible: 0 }]);
    const told = gunzipSync(readFileSync(join(once, `${name}.gz`))).toString();
    const stamps = told
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => Number(line.split(",")[0]));
    expect(new Set(stamps).size).toBe(stamps.length);
  });

  it("ends with Ctrl+C and leaves what it has", async ({ onTestFinished }) => {
    const folder = join(root, "stopped");
    const hung = sandbox.faults.request({ path: "/api/v1/klines" }, { do: "hang" }, { after: 1, count: 1 });
    const bot = spawnBot(onTestFinished, [
      ...words("data download --venue backpack --symbol SOL_USDC --kind klines --interval 1s"),
      ...words(`--rest ${sandbox.rest} --out ${folder} --from ${at(2_300_000)} --to ${at(300_000)}`),
    ]);
    await expect.poll(() => hung.hits, { timeout: 180_000 }).toBe(1);
    bot.child.kill("SIGINT");
    const { code, stderr } = await bot.ended;
    expect([code, stderr]).toEqual([1, expect.stringMatching(/stopped with \d+ rows; the same command goes on/)]);
    expect(readdirSync(folder)).toEqual(["backpack-spot-SOL_USDC-1s.klines.csv.part"]);
  });

  it("leaves at once with the second Ctrl+C, says how much there is, and goes on after it", async ({
    onTestFinished,
  }) => {
    const folder = join(root, "twice-pressed");
    const line = [
      ...words("data download --venue backpack --symbol SOL_USDC --kind klines --interval 1s"),
      ...words(`--rest ${sandbox.rest} --out ${folder} --from ${at(2_300_000)} --to ${at(300_000)}`),
    ];
    const hung = sandbox.faults.request({ path: "/api/v1/klines" }, { do: "hang" }, { after: 1, count: 1 });
    const bot = spawnBot(onTestFinished, line);
    await expect.poll(() => hung.hits, { timeout: 180_000 }).toBe(1);
    pressTwice(bot.child);
    const { code, stderr } = await bot.ended;
    const [, rows = ""] =
      /\nleft at once: ([\d,]+) rows are kept beside .*; the same command goes on after them/.exec(stderr) ?? [];
    expect([code, Number(rows.replace(",", ""))]).toEqual([1, expect.any(Number)]);
    const draft = readFileSync(join(folder, "backpack-spot-SOL_USDC-1s.klines.csv.part"), "utf8");
    expect(draft.trim().split("\n").length - 1).toBe(Number(rows.replace(",", ""))); // with a header
    const resumed = await runBot(onTestFinished, line);
    expect([resumed.code, resumed.stderr]).toEqual([0, expect.stringContaining(`${rows} rows are there already`)]);
  });

  it("has a sandbox's history at once, back to where it is to begin, and refuses to go on with that of another one", async ({
    onTestFinished,
  }) => {
    const out = join(root, "own");
    const line = words("data download --venue backpack --symbol SOL_USDC_PERP --kind klines --interval 1m --from 15m");
    const { code, stdout } = await runBot(onTestFinished, [...line, "--sandbox", "--out", out]);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/: 1[23] rows, /)]);
    const name = "sandbox-backpack-SOL_USDC_PERP-1m.klines.csv"; // a venue's history has another name
    const before = readFileSync(join(out, `${name}.gz`));
    for (const left of [`${name}.gz`, `${name}.part`]) {
      const again = await runBot(onTestFinished, [...line, "--sandbox", "--out", out]);
      expect([again.code, again.stderr]).toEqual([
        2,
        expect.stringMatching(new RegExp(`${left} is of another sandbox; .*name another folder with --out \\[`)),
      ]);
      expect(again.stderr).not.toMatch(/remove/);
      expect(readdirSync(out)).toEqual([left]); // refused without a draft of it
      if (left.endsWith(".gz")) renameSync(join(out, left), join(out, `${name}.part`));
    }
    expect(readFileSync(join(out, `${name}.part`)).equals(before)).toBe(true);
    const real = await runBot(onTestFinished, [...line, "--rest", sandbox.rest, "--out", out]);
    expect([real.code, real.stderr]).toEqual([0, expect.not.stringMatching(/there already/)]);
    const { report } = await readTape([join(out, "backpack-SOL_USDC_PERP-1m.klines.csv.gz")]);
    expect(report.markets).toMatchObject([{ market: "backpack:SOL_USDC_PERP" }]);
    const long = words("data download --venue backpack --symbol SOL_USDC_PERP --kind klines --interval 1w --from 2d");
    const none = await runBot(onTestFinished, [...long, "--sandbox", "--out", join(root, "long")]);
    expect([none.code, none.stderr]).toEqual([
      1,
      expect.stringMatching(
        /begins an hour before.*has nothing in this time.*; begin earlier with --from, or take a shorter --interval\n$/s,
      ),
    ]);
  });

  it("refuses what cannot be, with what can", async ({ onTestFinished }) => {
    const usual = ["--venue", "backpack", "--rest", sandbox.rest, "--out", join(root, "none")];
    const klines = [...usual, "--symbol", "SOL_USDC_PERP", "--kind", "klines"];
    const cases = [
      [[...klines], 2, /--from <moment>' not specified/],
      [[...klines, "--from", "2020"], 2, /--from: found "2020", expected a day/],
      [[...klines, "--from", "2999-01-01"], 2, /--from: .*expected a moment before/],
      [[...klines, "--from", at(9e6), "--interval", "7m"], 2, /--interval: found "7m", expected one of 1s, 1m, 3m/],
      [
        [...usual, "--symbol", "SOLUSDC", "--kind", "klines", "--from", at(9e6)],
        2,
        /near matches: SOL_USDC, SOL_USDC_PERP/,
      ],
      [[...usual, "--symbol", "SOL_USDC", "--kind", "funding", "--from", at(9e6)], 2, /it is a spot market/],
      [
        [...usual, "--symbol", "SOL_USDC", "--kind", "trades", "--interval", "1m", "--from", at(9e6)],
        2,
        /of candles alone/,
      ],
      [
        [...usual, "--symbol", "SOL_USDC", "--kind", "books", "--from", at(9e6)],
        2,
        /Allowed choices are klines, trades, funding/,
      ],
      [
        [...klines, "--from", "2020-01-01", "--to", "2020-01-02"],
        1,
        /has nothing in this time, 2020.*; ask for another time with --from and --to, or again in some minutes if it is a sandbox/,
      ],
    ] as const;
    for (const [args, code, message] of cases) {
      const ended = await runBot(onTestFinished, ["data", "download", ...args]);
      expect([ended.code, ended.stderr]).toEqual([code, expect.stringMatching(message)]);
    }
    expect(readdirSync(join(root, "none"))).toEqual([]);
  });
});

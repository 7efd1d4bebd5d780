// What a person can get wrong: each mistake is named, with what was found and what is allowed, and nothing is sent.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { millis } from "@bp/core";
import { openJournal } from "@bp/journal";
import { testKeys } from "@bp/sandbox";
import { afterAll, describe, expect, it } from "vitest";
import { runBot, spawnBot } from "./process.ts";
import { type Finished, layTable } from "./table.ts";

const folder = mkdtempSync(join(tmpdir(), "bp-bad-input-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const perp = ["--symbol", "SOL_USDC_PERP", "--spread", "0.5"] as const;

describe.concurrent("bad input at the venue", () => {
  it.for([
    {
      what: "an unknown symbol",
      flags: ["--symbol", "SOL_USD_PERP", "--spread", "0.5"],
      says: [/no market "SOL_USD_PERP"/, /near matches: .*SOL_USDC_PERP/],
    },
    { what: "a symbol that nothing is like", flags: ["--symbol", "XYZ", "--spread", "0.5"], says: [/no market "XYZ"/] },
    {
      what: "a spread of 0",
      flags: ["--symbol", "SOL_USDC_PERP", "--spread", "0"],
      says: [/--spread: found "0", expected .*above 0/],
    },
    {
      what: "a spread that is no number",
      flags: ["--symbol", "SOL_USDC_PERP", "--spread", "half"],
      says: [/--spread: found "half", expected a plain decimal/],
    },
    {
      what: "a negative quantity",
      flags: [...perp, "--quantity", "-0.5"],
      says: [/--quantity: found "-0.5", expected .*above 0/],
    },
    {
      what: "a quantity between two steps",
      flags: [...perp, "--quantity", "0.015"],
      says: [/--quantity: found "0.015", expected a multiple of 0.01/, /0.01 or 0.02/],
    },
    {
      what: "a quantity below the minimum",
      flags: [...perp, "--quantity", "0.001"],
      says: [/--quantity: found "0.001", expected a multiple of 0.01 SOL, at least 0.01; 0.01 /],
    },
    {
      what: "a skew above 1",
      flags: [...perp, "--inventory-skew", "1.5"],
      says: [/--inventory-skew: found "1.5", expected .*0 to 1/],
    },
    {
      what: "no level at all",
      flags: [...perp, "--max-orders", "0"],
      says: [/--max-orders: found "0", expected a whole number from 1 to 100/],
    },
  ])("$what: exit 2, and nothing is sent", async ({ flags, says }, { onTestFinished }) => {
    const table = await layTable(onTestFinished);
    const { code, stdout, stderr } = await runBot(onTestFinished, [
      "start",
      "--rest",
      table.rest,
      "--ws",
      table.ws,
      ...flags,
      "--json",
      "--disable-db",
    ]);
    for (const words of says) expect(stderr).toMatch(words);
    expect(stderr).toMatch(/^error: /m);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(table.requests.filter(({ method }) => method !== "GET")).toEqual([]);
  });

  it("a venue that is not there is exit 1: the input is fine", async ({ onTestFinished }) => {
    const { code, stderr } = await runBot(onTestFinished, [
      "start",
      "--rest",
      "http://127.0.0.1:9",
      "--ws",
      "ws://127.0.0.1:9",
      ...perp,
      "--disable-db",
    ]);
    expect(stderr).toMatch(/127\.0\.0\.1:9.* cannot be reached/);
    expect(code).toBe(1);
  });
});

describe.concurrent("flags that contradict each other", () => {
  it.for([
    {
      flags: [
        "--live",
        "--yes",
        "--supervise",
        ...perp,
        "--api-key",
        testKeys("alice").apiKey,
        "--secret-key",
        testKeys("alice").secret,
      ],
      says: /--supervise with a run that cannot go on after a crash/,
    },
    { flags: ["--live", "--paper", ...perp], says: /--paper and --live together.*choose one/ },
    { flags: ["--rest", "http://127.0.0.1:9", ...perp], says: /--rest and --ws belong together/ },
    { flags: ["--market-type", "spot", ...perp], says: /--market-type spot with --symbol SOL_USDC_PERP/ },
    { flags: ["--symbol", "SOL_USDC_PERP"], says: /--spread: found nothing, expected/ },
    { flags: ["--live", "--spread", "0.5"], says: /--symbol: found nothing, expected/ },
    {
      flags: [...perp, "--rest", "ftp://127.0.0.1", "--ws", "ws://127.0.0.1"],
      says: /--rest: found "ftp:\/\/127\.0\.0\.1", expected .*http/,
    },
    { flags: [...perp, "--existing", "keep"], says: /--existing.*'keep'.*refuse, adopt, ignore/ },
    { flags: [...perp, "--max-order", "3"], says: /unknown option '--max-order'.*\n?.*--max-orders/ },
  ])("$flags", async ({ flags, says }, { onTestFinished }) => {
    const { code, stdout, stderr } = await runBot(onTestFinished, ["start", ...flags, "--disable-db"]);
    expect(stderr).toMatch(says);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it("a command that does not exist", async ({ onTestFinished }) => {
    const { code, stderr } = await runBot(onTestFinished, ["strat"]);
    expect(stderr).toMatch(/unknown command 'strat'/);
    expect(code).toBe(2);
  });
});

describe.concurrent("keys that cannot be", () => {
  const alice = testKeys("alice");
  const bob = testKeys("bob");
  const canary = "Q2FuYXJ5Q2FuYXJ5Q2FuYXJ5Q2FuYXJ5Q2FuYXJ5Qw"; // no key at all

  it.for([
    { what: "a malformed secret", key: alice.apiKey, secret: canary, says: /secret/i },
    { what: "a malformed key", key: canary, secret: alice.secret, says: /key/i },
    {
      what: "two that are swapped",
      key: alice.secret,
      secret: alice.apiKey,
      says: /does not belong to the API key .*swapped/,
    },
    { what: "two of different pairs", key: alice.apiKey, secret: bob.secret, says: /does not belong to the API key/ },
  ])("$what: exit 2, nothing asked, and neither is printed", async ({ key, secret, says }, { onTestFinished }) => {
    const table = await layTable(onTestFinished);
    const env = { BACKPACK_KEY: key, BACKPACK_SECRET: secret, BP_DEBUG: "1" }; // the whole story too must not tell
    const { code, stdout, stderr } = await runBot(
      onTestFinished,
      ["start", "--live", "--yes", ...perp, "--rest", table.rest, "--ws", table.ws, "--disable-db"],
      { env },
    );
    expect(stderr).toMatch(says);
    expect(code).toBe(2);
    expect(table.requests).toEqual([]);
    for (const text of [stdout, stderr]) {
      expect(text).not.toContain(secret.slice(0, 6));
      expect(text).not.toContain(key.slice(0, 6));
    }
  });

  it("keys on the command line work, with a warning, and are never in the output", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished);
    const keys = ["--api-key", alice.apiKey, "--secret-key", alice.secret];
    const run = ["start", ...perp, "--quantity", "0.1", "--rest", table.rest, "--ws", table.ws, "--disable-db"];
    const bot = spawnBot(onTestFinished, [...run, ...keys, "--json"], { env: { BP_DEBUG: "1" } });
    await table.until("an order", () => table.sent().length > 0);
    bot.child.kill("SIGINT");
    const { code, stdout, stderr } = await bot.ended;
    expect(stderr).toContain("use BACKPACK_KEY and BACKPACK_SECRET");
    expect(code).toBe(0);
    for (const text of [stdout, stderr]) {
      expect(text).not.toContain(alice.secret.slice(0, 6));
      expect(text).not.toContain(alice.apiKey.slice(0, 6));
    }
  });
});

describe.concurrent("files that are no configuration", () => {
  it.for([
    {
      what: "a list",
      name: "list.yaml",
      content: "- a\n- b\n",
      says: /list\.yaml cannot be read: it holds no keys and values/,
    },
    {
      what: "prose",
      name: "prose.txt",
      content: "Dear bot, please make me rich.",
      says: /prose\.txt cannot be read: it holds no keys and values/,
    },
    {
      what: "neither YAML nor JSON",
      name: "broken.json",
      content: '{ "symbol": ',
      says: /broken\.json cannot be read: it is neither YAML nor JSON/,
    },
    {
      what: "bytes",
      name: "picture.png",
      content: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]),
      says: /picture\.png cannot be read/,
    },
    {
      what: "an unknown key",
      name: "typo.yaml",
      content: "symbol: SOL_USDC_PERP\nspread: 0.5\nmax-order: 3\n",
      says: /typo\.yaml: maxOrder: found an unknown key.*did you mean maxOrders/,
    },
    {
      what: "a wrong value",
      name: "value.yaml",
      content: "symbol: SOL_USDC_PERP\nspread: 0.5\nmax-orders: many\n",
      says: /value\.yaml: maxOrders: found "many", expected a whole number from 1 to 100/,
    },
  ])("$what: exit 2", async ({ name, content, says }, { onTestFinished }) => {
    const { code, stdout, stderr } = await runBot(onTestFinished, ["start", file(name, content), "--disable-db"]);
    expect(stderr).toMatch(says);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it("one that does not exist", async ({ onTestFinished }) => {
    const { code, stderr } = await runBot(onTestFinished, ["start", join(folder, "nowhere.yaml")]);
    expect(stderr).toMatch(/nowhere\.yaml cannot be read/);
    expect(code).toBe(2);
  });
});

describe.concurrent("what only the venue can tell of a file", () => {
  const sample = (name: string) => readFileSync(join(import.meta.dirname, "../../../examples", name), "utf8");
  it.for([
    {
      what: "S0's symbol",
      name: "symbol.env",
      content: "TRADING_MODE=single\nTRADING_SYMBOL=SOLL\n",
      says: /symbol\.env: TRADING_SYMBOL: found "SOLL", and backpack has no market "SOLL_USDC_PERP", expected .*near matches: .*SOL_USDC_PERP/,
    },
    {
      what: "S0's symbol for two accounts",
      name: "dual.env",
      content: "TRADING_MODE=dual_hedge\nTRADING_SYMBOL=BTX\n",
      says: /dual\.env: TRADING_SYMBOL: found "BTX", and .*near matches: .*BTC_USDC_PERP/,
    },
    {
      what: "S1's coin",
      name: "ladder.json",
      content: sample("backpack_trading_config.json").replace('"BTC", //', '"BTX", //'),
      says: /ladder\.json: trading\.tradingCoin: found "BTX", and backpack has no market "BTX_USDC".*near matches: .*BTC_USDC/,
    },
    {
      what: "S3's other leg",
      name: "hedge.yaml",
      content: sample("hedge_futures.yaml").replaceAll("ASTERUSDT", "ASTERUSDC"),
      says: /hedge\.yaml: aster\.symbol: found "ASTERUSDC", and aster-futures has no market "ASTERUSDC".*near matches: ASTERUSDT/,
    },
    {
      what: "S4's symbol",
      name: "grid.json",
      content: sample("grid.config.json").replace("ETH_USDC", "ETHH_USDC").replace('"ETH"', '"ETHH"'),
      says: /grid\.json: trading_settings\.target_symbol: found "ETHH_USDC", and .*near matches: .*ETH_USDC/,
    },
    {
      what: "a market of our own format",
      name: "own.yaml",
      content: 'strategies: [{ use: single, params: { instrument: "backpack:SOL_USD_PERP", amount: 100 } }]\n',
      says: /own\.yaml: strategies\.0\.params\.instrument: found "backpack:SOL_USD_PERP", and .*near matches: .*SOL_USDC_PERP/,
    },
    {
      what: "leverage that the market does not take",
      name: "leverage.env",
      content: "TRADING_MODE=single\nTRADING_LEVERAGE=60\n",
      says: /leverage\.env: TRADING_LEVERAGE: found 60, expected a whole number from 1 to 50/,
    },
  ])("$what: exit 2, by the key, for start and for plan", async ({ name, content, says }, { onTestFinished }) => {
    const path = file(name, content);
    for (const command of ["start", "plan"]) {
      const { code, stdout, stderr } = await runBot(onTestFinished, [command, path, "--memory", "--disable-db"]);
      expect(stderr).toMatch(says);
      expect(stdout).toBe("");
      expect(code).toBe(2);
    }
  });
});

describe.concurrent("a journal that cannot be", () => {
  const start = (finished: Finished, journal: string) =>
    runBot(finished, ["start", ...perp, "--sandbox", "--duration", "1", "--journal", journal]);

  it.skipIf(process.platform !== "linux")("one in /proc is named and does not hang", async ({ onTestFinished }) => {
    const { code, stdout, stderr } = await start(onTestFinished, "/proc/x/j.sqlite");
    expect(stderr).toMatch(/\/proc\/x\/j\.sqlite.*the folder \/proc\/x cannot be made \(ENOENT\)/);
    expect(stdout).toBe("");
    expect(code).toBe(1);
  });

  it("one that is damaged where a start does not read stops it before anything is sent", async ({ onTestFinished }) => {
    const path = join(folder, "damaged.sqlite");
    const store = openJournal(path);
    const journal = store.begin({
      id: "r1",
      mode: "sandbox",
      key: "another",
      strategy: "maker",
      params: {},
      instruments: [],
      version: "0.1.0",
      clientRun: 1,
      started: millis(1_763_640_000_000),
    });
    for (let cause = 1; cause <= 2_000; cause++)
      journal.append({ dir: "note", cause, rule: "x", why: "y".repeat(100) });
    journal.close({});
    store.close();
    const bytes = readFileSync(path);
    const middle = Math.floor(bytes.length / 8_192) * 4_096;
    writeFileSync(path, bytes.fill(0xa5, middle, middle + 4_096));
    const { code, stdout, stderr } = await start(onTestFinished, path);
    expect(stderr).toMatch(/damaged\.sqlite.*the file is damaged/);
    expect(stdout).toBe("");
    expect(code).toBe(1);
  });
});

const recording = join(import.meta.dirname, "../../../examples/sol_usdc.l2.ndjson.gz");

describe.concurrent("recordings that are none, or not whole", () => {
  const play = (finished: Finished, path: string, ...flags: readonly string[]) =>
    runBot(finished, ["start", "--market", path, "--speed", "200", "--duration", "4", "--disable-db", ...flags]);

  it("one that does not exist: exit 2", async ({ onTestFinished }) => {
    const { code, stderr } = await play(onTestFinished, join(folder, "nowhere.l2.ndjson"));
    expect(stderr).toMatch(/nowhere\.l2\.ndjson/);
    expect(code).toBe(2);
  });

  it("something else under that name: exit 2, with file and line", async ({ onTestFinished }) => {
    const { code, stderr } = await play(onTestFinished, file("else.l2.ndjson", "this is no recording\n"));
    expect(stderr).toMatch(/recording .*else\.l2\.ndjson, line 1/);
    expect(code).toBe(2);
  });

  it("one that is cut in the middle of a line: exit 2, with file and line, before anything is sent", async ({
    onTestFinished,
  }) => {
    const lines = gunzipSync(readFileSync(recording)).toString("utf8").split("\n").slice(0, 400);
    const { code, stdout, stderr } = await play(
      onTestFinished,
      file("cut.l2.ndjson", lines.join("\n").slice(0, -40)),
      "--json",
    );
    expect(stderr).toMatch(/recording .*cut\.l2\.ndjson, line 400: it is cut/);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it("one whose compression is cut: the same", async ({ onTestFinished }) => {
    const whole = gzipSync(gunzipSync(readFileSync(recording)));
    const { code, stdout, stderr } = await play(
      onTestFinished,
      file("cut.l2.ndjson.gz", whole.subarray(0, whole.length / 3)),
      "--json",
    );
    expect(stderr).toMatch(/recording .*cut\.l2\.ndjson\.gz, line \d+/);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  const allLines = () => gunzipSync(readFileSync(recording)).toString("utf8").trim().split("\n");

  it("one with a line far within that is cut: the same", async ({ onTestFinished }) => {
    const lines = allLines();
    lines.splice(2_000, 1, (lines[2_000] ?? "").slice(0, 30));
    const path = file("later.l2.ndjson", `${lines.join("\n")}\n`);
    const { code, stdout, stderr } = await play(onTestFinished, path, "--json");
    expect(stderr).toMatch(/recording .*later\.l2\.ndjson, line 2001: it is cut or not JSON/);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it("one whose compression is damaged: the same", async ({ onTestFinished }) => {
    const bytes = gzipSync(allLines().join("\n"));
    bytes[bytes.length - 6] = (bytes[bytes.length - 6] ?? 0) ^ 0xff; // its checksum
    const { code, stdout, stderr } = await play(onTestFinished, file("damaged.l2.ndjson.gz", bytes), "--json");
    expect(stderr).toMatch(/recording .*damaged\.l2\.ndjson\.gz, line \d+: its gzip stream breaks/);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it("one with a gap: it plays, and the gap is told before", async ({ onTestFinished }) => {
    const lines = allLines();
    const gone = lines.findIndex((each, at) => at > 1_000 && each.includes('"e":"depth"'));
    const path = file("gap.l2.ndjson", `${lines.toSpliced(gone, 1).join("\n")}\n`);
    const { stderr } = await play(onTestFinished, path);
    expect(stderr).toMatch(/warning: .*1 gaps: a book is lost there until the next snapshot/);
    expect(stderr).toMatch(/warning: the book of SOL_USDC is lost from .* to the end: no snapshot follows/);
  });

  it("one that ends while it is traded: the orders are cancelled, and the end says so", async ({ onTestFinished }) => {
    const path = file("short.l2.ndjson", `${allLines().slice(0, 1_500).join("\n")}\n`);
    const { code, stdout } = await play(onTestFinished, path, "--json", "--duration", "600");
    expect(stdout).toContain("the recording has ended");
    const [end] = stdout.trim().split("\n").slice(-1);
    expect(JSON.parse(end ?? "")).toMatchObject({
      type: "end",
      code: 0,
      summary: { openOrdersAtExit: 0, ledger: { equal: true } },
    });
    expect(code).toBe(0);
  });
});

describe.concurrent("a port that is in use", () => {
  it("is named: exit 2, because another one can be chosen", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished);
    const { port } = new URL(table.sandbox.rest);
    const { code, stdout, stderr } = await runBot(onTestFinished, ["sandbox", "--port", port, "--json"]);
    expect(stderr).toContain(`port ${port} on 127.0.0.1 is in use`);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it.for(["-1", "70000", "http"])("%s is no port", async (port, { onTestFinished }) => {
    const { code, stderr } = await runBot(onTestFinished, ["sandbox", "--port", port]);
    expect(stderr).toMatch(/--port/);
    expect(code).toBe(2);
  });
});

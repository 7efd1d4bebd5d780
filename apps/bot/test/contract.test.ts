// What programs may rely on: output, exit codes, the same again, and going on after a crash.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runBot, spawnBot } from "./process.ts";
import { layTable } from "./table.ts";

const folder = mkdtempSync(join(tmpdir(), "bp-contract-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

type Line = Readonly<Record<string, unknown>>;
const linesOf = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line); // throws where it is no JSON

const summaryKeys = [
  "run",
  "seed",
  "seconds",
  "ordersPlaced",
  "ordersCancelled",
  "ordersRejected",
  "fills",
  "volumeQuote",
  "feesQuote",
  "grossQuote",
  "netQuote",
  "openOrdersAtExit",
  "positionAtExit",
  "unknownOrders",
  "commandsDigest",
] as const;

describe.concurrent("bot start", () => {
  it("--duration 20 --json --summary FILE: JSON lines alone on stdout, a whole summary, the exchange's ledger equal; report and replay read it again", async ({
    onTestFinished,
  }) => {
    const journal = ["--journal", at("demo.sqlite")];
    const { code, stdout } = await runBot(onTestFinished, [
      "start",
      "--duration",
      "20", // in which a busy machine quotes too
      "--json",
      "--summary",
      at("summary.json"),
      ...journal,
    ]);
    expect(code).toBe(0);

    const lines = linesOf(stdout);
    expect(lines[0]).toMatchObject({ type: "start", place: "sandbox", symbol: "backpack:SOL_USDC_PERP" });
    expect(new Set(lines.map(({ type }) => type))).toContain("quote");
    expect(lines.at(-1)).toMatchObject({ type: "end", code: 0 });

    const summary = JSON.parse(readFileSync(at("summary.json"), "utf8")) as Line;
    for (const key of summaryKeys) expect(summary, key).toHaveProperty(key);
    expect(summary["ordersPlaced"]).toBeGreaterThan(0);
    expect(summary["openOrdersAtExit"]).toBe(0);
    expect(summary["unknownOrders"]).toBe(0);
    expect(summary["ledger"]).toMatchObject({ equal: true });
    expect(lines.at(-1)?.["summary"]).toEqual(summary);

    const run = String(summary["run"]);
    const replayed = await runBot(onTestFinished, ["replay", run, "--json", ...journal]);
    expect(replayed.code).toBe(0);
    expect(JSON.parse(replayed.stdout)).toMatchObject({ run, equal: true, digest: summary["commandsDigest"] });
    const human = await runBot(onTestFinished, ["replay", "last", ...journal]);
    expect(human.stdout).toMatch(/equal +yes/);

    const reported = await runBot(onTestFinished, ["report", run, "--json", ...journal]);
    expect(reported.code).toBe(0);
    const report = JSON.stringify(JSON.parse(reported.stdout));
    expect(report).toContain(run);
    const told = await runBot(onTestFinished, ["report", run, ...journal]);
    expect(told.stdout).toMatch(/Net +[+-]?\d/);
    const list = await runBot(onTestFinished, ["report", "--json", ...journal]);
    expect(JSON.parse(list.stdout)).toMatchObject([{ run, mode: "sandbox" }]);
    const nobody = await runBot(onTestFinished, ["report", "nobody", ...journal]);
    expect(nobody.stderr).toContain(`no run nobody; newest: ${run}`);
    expect(nobody.code).toBe(2);
  });

  it("ends with 3 when a risk rule halts it, and leaves no order", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished, { position: { size: "0.5" } });
    const flags = [
      "--symbol",
      table.symbol,
      "--spread",
      "0.5",
      "--quantity",
      "0.1",
      "--max-drawdown",
      "1",
      "--max-position",
      "5",
      "--position-threshold",
      "1",
    ];
    const bot = spawnBot(onTestFinished, [
      "start",
      "--rest",
      table.rest,
      "--ws",
      table.ws,
      ...flags,
      "--json",
      "--disable-db",
    ]);
    await table.until("six quotes", () => table.open().length === 6);
    table.setMark("147.00"); // -1.5
    const { code, stdout } = await bot.ended;
    expect(code).toBe(3);
    expect(linesOf(stdout).at(-1)).toMatchObject({ type: "end", code: 3 });
    expect(String(linesOf(stdout).at(-1)?.["why"])).toMatch(/drawdown/);
    expect(table.open()).toEqual([]);
    expect(table.position()).toBe("0.50");
  });
});

describe.concurrent("a bot whose reader goes away", () => {
  it("cancels its orders and ends with 1", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished);
    const flags = ["--symbol", table.symbol, "--spread", "0.5", "--quantity", "0.1", "--interval", "0.2"];
    const bot = spawnBot(onTestFinished, [
      "start",
      "--rest",
      table.rest,
      "--ws",
      table.ws,
      ...flags,
      "--json",
      "--disable-db",
    ]);
    await table.until("six quotes", () => table.open().length === 6);
    bot.child.stdout?.destroy(); // as `bot start --json | head -1` does
    const { code } = await bot.ended;
    expect(code).toBe(1);
    expect(table.open()).toEqual([]);
  });
});

describe.concurrent("bot start --memory", () => {
  it("gives the same digest in three processes, and another one for another seed", async ({ onTestFinished }) => {
    const digest = async (seed: string, name: string) => {
      const { code } = await runBot(onTestFinished, [
        "start",
        "--memory",
        "--seed",
        seed,
        "--duration",
        "120",
        "--json",
        "--summary",
        at(name),
        "--disable-db",
      ]);
      expect(code).toBe(0);
      const summary = JSON.parse(readFileSync(at(name), "utf8")) as Line;
      expect(summary["ledger"]).toMatchObject({ equal: true });
      expect(summary["fills"]).toBeGreaterThan(0);
      return summary["commandsDigest"];
    };
    const [a, b, c, other] = await Promise.all([
      digest("7", "a"),
      digest("7", "b"),
      digest("7", "c"),
      digest("8", "d"),
    ]);
    expect([b, c]).toEqual([a, a]);
    expect(other).not.toBe(a);
  });
});

describe.concurrent("bot sandbox --json", () => {
  it("says in its first line where it is and who may trade, and a bot trades there; doctor finds it in order", async ({
    onTestFinished,
  }) => {
    const served = spawnBot(onTestFinished, ["sandbox", "--json", "--seed", "5"]);
    await served.says("}\n");
    const [first = ""] = served.stdout.split("\n");
    const { backpack } = JSON.parse(first) as {
      readonly backpack: { readonly rest: string; readonly ws: string; readonly accounts: readonly Line[] };
    };
    expect(backpack.rest).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(backpack.ws).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/);
    expect(backpack.accounts[0]).toMatchObject({
      name: "alice",
      apiKey: expect.any(String),
      secret: expect.any(String),
    });

    const way = ["--rest", backpack.rest, "--ws", backpack.ws];
    const outside = ["--account", "bob", "--json", "--journal", at("outside.sqlite")];
    const bot = spawnBot(onTestFinished, ["start", ...way, ...outside]);
    await bot.says('"type":"quote"');
    bot.child.kill("SIGINT");
    const { code, stdout } = await bot.ended;
    expect(code).toBe(0);
    expect(linesOf(stdout).at(-1)).toMatchObject({ type: "end", summary: { openOrdersAtExit: 0 } });

    const checked = await runBot(onTestFinished, ["doctor", ...way, "--json", "--journal", at("outside.sqlite")], {
      env: {
        BACKPACK_KEY: String(backpack.accounts[0]?.["apiKey"]),
        BACKPACK_SECRET: String(backpack.accounts[0]?.["secret"]),
      },
    });
    expect(JSON.parse(checked.stdout)).toMatchObject({ ok: true });
    const { checks } = JSON.parse(checked.stdout) as { readonly checks: readonly Line[] };
    expect(checks.map(({ name, ok }) => [name, ok])).toEqual([
      ["node", true],
      ["journal", true],
      ["keys", true],
      ["venue", true],
      ["clock", true],
      ["market", true],
      ["account", true],
      ["rights", "skipped"],
    ]);
    expect(checked.code).toBe(0);
    expect(checked.stdout).not.toContain(String(backpack.accounts[0]?.["secret"]).slice(0, 6));

    served.child.kill("SIGTERM");
    expect((await served.ended).code).toBe(0);
  });

  it("doctor says what is wrong and what to do about it: exit 1", async ({ onTestFinished }) => {
    const { code, stdout } = await runBot(onTestFinished, [
      "doctor",
      "--rest",
      "http://127.0.0.1:9",
      "--ws",
      "ws://127.0.0.1:9",
      "--journal",
      at("doctor.sqlite"),
    ]);
    expect(stdout).toMatch(/FAIL +venue/);
    expect(stdout).toMatch(/next: is the address right/);
    expect(code).toBe(1);
  });
});

describe.concurrent("a bot that was killed", () => {
  it("goes on where it was: no order twice, none forgotten, and fills of the time between are counted", async ({
    onTestFinished,
  }) => {
    const table = await layTable(onTestFinished);
    const flags = [
      "--symbol",
      table.symbol,
      "--spread",
      "0.5",
      "--quantity",
      "0.1",
      "--max-position",
      "5",
      "--position-threshold",
      "5",
    ];
    const start = [
      "start",
      "--rest",
      table.rest,
      "--ws",
      table.ws,
      ...flags,
      "--interval",
      "1",
      "--json",
      "--journal",
      at("crash.sqlite"),
    ];
    const first = spawnBot(onTestFinished, start);
    await table.until("six quotes", () => table.open().length === 6);
    first.child.kill("SIGKILL");
    await first.ended;
    const [began] = linesOf(first.stdout.slice(0, first.stdout.indexOf("\n")));
    expect(table.open()).toHaveLength(6); // nobody cancelled them
    const standing = table.exchange.openOrders("alice").map(({ id }) => id);
    const best = table.exchange.openOrders("alice").find(({ side, price }) => side === "buy" && price === 14_962);
    table.take("sell", "0.1", "149.62"); // while nobody looked
    expect(table.open()).toHaveLength(5);

    const second = spawnBot(onTestFinished, start);
    await second.says('"type":"status"');
    await table.until("six quotes again", () => table.open().length === 6);
    const words = ({ side, price }: Line) => `${String(side)} ${String(price)}`;
    const standsAs = () => table.open().map((each) => each.replace(/ [\d.]+ @/, ""));
    const status = () =>
      linesOf(second.stdout.slice(0, second.stdout.lastIndexOf("\n"))).findLast(({ type }) => type === "status");
    const known = () => ((status()?.["orders"] ?? []) as readonly Line[]).map(words);
    await table.until("it knows all six", () => known().toSorted().join() === standsAs().toSorted().join());
    await table.pass(1_500);
    const [resumed] = linesOf(second.stdout.slice(0, second.stdout.indexOf("\n")));
    expect(resumed).toMatchObject({ type: "start", run: began?.["run"], resumed: true });
    const open = table.exchange.openOrders("alice");
    expect(new Set(open.map(({ side, price }) => `${side} ${String(price)}`)).size).toBe(6); // none twice
    expect(standing.filter((id) => id !== best?.id).every((id) => open.some((order) => order.id === id))).toBe(true); // kept in their places

    expect(known().toSorted()).toEqual(standsAs().toSorted());
    expect(status()?.["position"]).toBe("0.10");

    second.child.kill("SIGTERM");
    const { code, stdout } = await second.ended;
    expect(code).toBe(0);
    expect(table.open()).toEqual([]);
    expect(linesOf(stdout).at(-1)).toMatchObject({
      type: "end",
      summary: { fills: 1, positionAtExit: "0.1", unknownOrders: 0 },
    });
    const replayed = await runBot(onTestFinished, [
      "replay",
      String(began?.["run"]),
      "--json",
      "--journal",
      at("crash.sqlite"),
    ]);
    expect(JSON.parse(replayed.stdout)).toMatchObject({ equal: true });
  });
});

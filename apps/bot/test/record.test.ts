// `bot record`: what a sandbox's streams tell, written down over the wire, and read back.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTape } from "@bp/data";
import { type Sandbox, startSandbox } from "@bp/sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pressTwice, runBot, spawnBot } from "./process.ts";

const root = mkdtempSync(join(tmpdir(), "bp-record-"));
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ seed: 3, speed: 5, aster: true });
});
afterAll(async () => {
  await sandbox.close();
  rmSync(root, { recursive: true, force: true });
});

const at = ({ rest, ws }: { readonly rest: string; readonly ws: string }) => ["--rest", rest, "--ws", ws];
const symbols = ["--symbols", "SOL_USDC_PERP,SOL_USDC"];
const filesIn = (folder: string) =>
  readdirSync(folder)
    .filter((each) => each.endsWith(".ndjson.gz"))
    .toSorted()
    .map((each) => join(folder, each));
const sizeOf = (file: string) => (existsSync(file) ? statSync(file).size : 0);

describe("bot record", () => {
  it("ends cleanly with Ctrl+C, and what it wrote is whole", async ({ onTestFinished }) => {
    const folder = join(root, "clean");
    const bot = spawnBot(onTestFinished, [
      "record",
      "--venue",
      "backpack",
      ...symbols,
      "--out",
      folder,
      "--json",
      ...at(sandbox),
    ]);
    await expect
      .poll(() => sizeOf(join(folder, "backpack-0001.ndjson.gz")), { timeout: 180_000 })
      .toBeGreaterThan(3_000);
    bot.child.kill("SIGINT");
    const { code, stdout } = await bot.ended;
    expect(code).toBe(0);
    const { files, facts, gaps } = JSON.parse(stdout) as { files: string[]; facts: number; gaps: number };
    expect(facts).toBeGreaterThan(20);
    const { tape, warnings, report } = await readTape(files);
    expect([warnings, gaps]).toEqual([[], 0]);
    expect(tape.instruments.map(({ id }) => id)).toEqual(["backpack:SOL_USDC_PERP", "backpack:SOL_USDC"]);
    expect(report).toMatchObject({
      clean: true,
      markets: [
        { crossed: 0, gaps: 0, marks: expect.any(Number) as number },
        { crossed: 0, gaps: 0 },
      ],
    });
    expect(report.markets.every(({ levels, prints }) => levels > 10 && prints > 0)).toBe(true);
    expect((await readTape(files)).tape.digest).toBe(tape.digest);
    expect(readdirSync(folder)).toEqual(["backpack-0001.ndjson.gz"]); // no lock is left
  });

  it("loses seconds when it is killed, goes on in a new file, and marks the gap", async ({ onTestFinished }) => {
    const folder = join(root, "killed");
    const args = ["record", "--venue", "backpack", ...symbols, "--out", folder, ...at(sandbox)];
    const first = spawnBot(onTestFinished, args);
    const begun = Date.now();
    await expect
      .poll(() => sizeOf(join(folder, "backpack-0001.ndjson.gz")), { timeout: 180_000 })
      .toBeGreaterThan(4_000);
    first.child.kill("SIGKILL");
    const killed = Date.now();
    await first.ended;
    const second = spawnBot(onTestFinished, args);
    await expect
      .poll(() => sizeOf(join(folder, "backpack-0002.ndjson.gz")), { timeout: 180_000 })
      .toBeGreaterThan(3_000);
    second.child.kill("SIGINT");
    const { code, stderr } = await second.ended;
    expect([code, stderr]).toEqual([0, expect.stringMatching(/Ctrl\+C ends it/)]);
    const files = filesIn(folder);
    expect(files.length).toBe(2);
    const { report, warnings } = await readTape(files);
    expect(warnings.join()).toMatch(/backpack-0001.ndjson.gz: its gzip stream is cut: it ends at line \d+/);
    for (const { crossed, impossible, gapsAt, gaps } of report.markets) {
      expect([crossed, impossible, gaps]).toEqual([0, 0, 1]);
      expect(gapsAt[0]?.from).toBeGreaterThan(begun);
      expect(gapsAt[0]?.from).toBeGreaterThan(killed - 6_000); // no more than seconds are lost
      expect(gapsAt[0]?.to).toBeGreaterThan(killed);
    }
    expect(report.outOfOrder).toBe(0);
    const check = await runBot(onTestFinished, ["data", "check", ...files]);
    expect(check).toMatchObject({ code: 0, stdout: expect.stringMatching(/! 1 gaps, the book is not known for/) });
  });

  it("leaves at once with the second Ctrl+C, and says what is kept", async ({ onTestFinished }) => {
    const folder = join(root, "twice");
    const args = ["record", "--venue", "backpack", ...symbols, "--out", folder, ...at(sandbox)];
    const bot = spawnBot(onTestFinished, args);
    const file = join(folder, "backpack-0001.ndjson.gz");
    await expect.poll(() => sizeOf(file), { timeout: 180_000 }).toBeGreaterThan(4_000);
    pressTwice(bot.child);
    const { code, stdout, stderr } = await bot.ended;
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/stopping; once more to leave at once\nleft at once: what was heard up to about 2\.5 s ago/);
    expect(stderr).toContain(`is kept in ${file}; the last file is cut and can be read as it is`);
    const { report, warnings } = await readTape([file]);
    expect(warnings.join()).toMatch(/its gzip stream is cut/);
    expect(report.markets.map(({ crossed, impossible }) => [crossed, impossible])).toEqual([
      [0, 0],
      [0, 0],
    ]);
    const again = spawnBot(onTestFinished, args);
    await expect
      .poll(() => sizeOf(join(folder, "backpack-0002.ndjson.gz")), { timeout: 180_000 })
      .toBeGreaterThan(1_000);
    again.child.kill("SIGINT");
    expect((await again.ended).code).toBe(0); // the lock of the one that left is no obstacle
    expect(filesIn(folder)).toHaveLength(2);
  });

  it("marks a connection that broke", async ({ onTestFinished }) => {
    const folder = join(root, "cut");
    const args = ["record", "--venue", "backpack", ...symbols, "--out", folder, "--json"];
    const bot = spawnBot(onTestFinished, [...args, ...at(sandbox)]);
    await expect
      .poll(() => sizeOf(join(folder, "backpack-0001.ndjson.gz")), { timeout: 180_000 })
      .toBeGreaterThan(3_000);
    sandbox.faults.cutSockets();
    const backAt = async () => (await readTape(filesIn(folder))).report.markets[0]?.gapsAt.at(-1)?.to;
    await expect.poll(backAt, { timeout: 180_000, interval: 500 }).toBeDefined();
    bot.child.kill("SIGINT");
    const { code, stdout } = await bot.ended;
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { gaps: number }).gaps).toBeGreaterThan(0);
    const { report } = await readTape(filesIn(folder));
    expect(report.markets.map(({ crossed }) => crossed)).toEqual([0, 0]);
    expect(report.markets[0]?.gaps).toBeGreaterThan(0);
    expect(report.markets[0]?.gapsAt.at(-1)?.to).toBeDefined(); // it has the book again
  });

  for (const [venue, symbol] of [
    ["aster-futures", "BTCUSDT"],
    ["aster-spot", "BTCUSDT"],
  ] as const)
    it(`records ${venue}, in files of bounded age that give one tape`, async ({ onTestFinished }) => {
      const site = venue === "aster-spot" ? sandbox.aster?.spot : sandbox.aster?.futures;
      const folder = join(root, venue);
      const args = ["record", "--venue", venue, "--symbols", symbol, "--out", folder, "--rotate-every", "2s"];
      const bot = spawnBot(onTestFinished, [...args, ...at(site ?? { rest: "", ws: "" })]);
      await expect.poll(() => existsSync(folder) && filesIn(folder).length, { timeout: 180_000 }).toBeGreaterThan(2);
      bot.child.kill("SIGINT");
      expect((await bot.ended).code).toBe(0);
      const files = filesIn(folder);
      const { report, warnings, tape } = await readTape(files);
      expect(warnings).toEqual([]);
      expect(tape.instruments).toMatchObject([{ id: `${venue}:${symbol}` }]);
      expect(report.markets).toMatchObject([{ crossed: 0, gaps: 0, impossible: 0 }]);
      for (const file of files) expect((await readTape([file])).report.markets).toMatchObject([{ crossed: 0 }]);
    });

  it("ends with a clear error where the disk takes no more", async ({ onTestFinished }) => {
    const folder = join(root, "full");
    const main = join(import.meta.dirname, "../src/main.ts");
    const command = `trap "" XFSZ; ulimit -f 4; exec "$@"`; // 4 blocks of 1 kB: then writing fails, as on a full disk
    const node = [process.execPath, "--conditions=@bp/source", "--disable-warning=ExperimentalWarning", main];
    const args = ["record", "--venue", "backpack", ...symbols, "--out", folder, ...at(sandbox)];
    const child = spawn("bash", ["-c", command, "bash", ...node, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect([code, stderr]).toEqual([1, expect.stringMatching(/backpack-0001.ndjson.gz cannot be written: .*largest/)]);
    expect(readdirSync(folder)).toEqual(["backpack-0001.ndjson.gz"]);
    expect((await readTape(filesIn(folder))).report.markets[0]?.crossed).toBe(0);
  });

  it("refuses what cannot be, with what can", async ({ onTestFinished }) => {
    const record = (...args: readonly string[]) => runBot(onTestFinished, ["record", ...args]);
    const here = ["--venue", "backpack", ...at(sandbox), "--out", join(root, "none")];
    writeFileSync(join(root, "file"), "");
    const cases = [
      [["--symbols", "SOL_USDC"], /--venue <name>' not specified/],
      [["--venue", "kraken", "--symbols", "SOL"], /Allowed choices are backpack, aster-futures, aster-spot/],
      [[...here], /--symbols <names...>' not specified/],
      [[...here, "--symbols", "SOL_USD"], /backpack has no market "SOL_USD"; near matches: SOL_USDC, SOL_USDC_PERP/],
      [[...here, "--symbols", ","], /--symbols: found nothing/],
      [[...here, ...symbols, "--rotate", "3"], /--rotate: found "3", expected a size from 10KB/],
      [[...here, ...symbols, "--duration", "soon"], /--duration: found "soon", expected a length of time above 0/],
      [[...here, ...symbols, "--seed", "3"], /say --sandbox too/],
      [["--venue", "backpack", ...symbols, "--rest", sandbox.rest], /give both addresses, or none/],
      [["--venue", "backpack", ...symbols, "--rest", "https://there.test", "--ws", "wss://there.test"], /--allow-host/],
    ] as const;
    for (const [args, message] of cases) {
      const { code, stderr } = await record(...args);
      expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
    }
    const { code, stdout } = await record("--help");
    expect([code, stdout]).toEqual([0, expect.stringMatching(/--rotate-every <time>/)]);
    const blocked = await record("--venue", "backpack", ...symbols, ...at(sandbox), "--out", join(root, "file"));
    expect([blocked.code, blocked.stderr]).toEqual([1, expect.stringMatching(/cannot be written/)]);
  });
});

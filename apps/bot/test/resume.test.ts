// Real money after a crash: what the bot holds is its own, what it has begun to stop is stopped.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testKeys } from "@bp/sandbox";
import { afterAll, describe, expect, it } from "vitest";
import { runBot, spawnBot } from "./process.ts";
import { layTable, type Table } from "./table.ts";

const folder = mkdtempSync(join(tmpdir(), "bp-resume-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { apiKey, secret } = testKeys("alice");
const live = { env: { BACKPACK_KEY: apiKey, BACKPACK_SECRET: secret } };

const commandLine = (table: Table, journal: string) => {
  const maker = ["--symbol", table.symbol, "--spread", "0.5", "--quantity", "0.1"];
  const limits = ["--max-position", "5", "--position-threshold", "5"];
  const way = ["--rest", table.rest, "--ws", table.ws, "--journal", join(folder, journal)];
  return ["start", "--live", "--yes", ...maker, ...limits, ...way];
};

describe.concurrent("a live bot that was killed", () => {
  it("while it held something goes on by the same command line, and is refused only where a new run would begin", async ({
    onTestFinished,
  }) => {
    const table = await layTable(onTestFinished);
    const start = commandLine(table, "held.sqlite");
    const first = spawnBot(onTestFinished, start, live);
    await table.until("six quotes", () => table.open().length === 6);
    table.take("sell", "0.1", "149.62");
    await table.until("a position", () => table.position() === "0.10");
    await table.until("six quotes again", () => table.open().length === 6);
    first.child.kill("SIGKILL");
    await first.ended;

    const anew = await runBot(onTestFinished, [...start, "--no-resume"], live);
    expect(anew.stderr).toContain("already holds 0.10 SOL");
    expect(anew.code).toBe(2);

    const second = spawnBot(onTestFinished, start, live);
    await second.says(/resumes run \S+-live-/);
    await second.says("(resumed)");
    await second.says("account link.restored");
    table.take(
      "sell",
      "0.1",
      table
        .open()
        .find((each) => each.startsWith("buy"))
        ?.split(" @ ")[1] ?? "",
    );
    await table.until("it goes on", () => table.position() === "0.20");
    await table.until("six quotes once more", () => table.open().length === 6);
    expect(new Set(table.open()).size).toBe(6); // none twice
    second.child.kill("SIGINT");
    const { code, stdout } = await second.ended;
    expect(code).toBe(0);
    expect(stdout).toContain("long 0.2 SOL");
    expect(table.open()).toEqual([]);

    const replayed = await runBot(onTestFinished, [
      "replay",
      "last",
      "--json",
      "--journal",
      join(folder, "held.sqlite"),
    ]);
    expect(JSON.parse(replayed.stdout)).toMatchObject({ equal: true });
  });

  it("is named when another configuration is started: its orders are nobody's then", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished);
    const start = commandLine(table, "other.sqlite");
    const first = spawnBot(onTestFinished, start, live);
    await table.until("six quotes", () => table.open().length === 6);
    first.child.kill("SIGKILL");
    await first.ended;

    const other = [...start, "--spread", "0.6", "--duration", "1"];
    const { code, stdout } = await runBot(onTestFinished, other, live);
    expect(stdout).toMatch(/run \S+-live-\S+ has not ended and does not go on here: look at your open orders/);
    expect(code).toBe(0);
    expect(table.open()).toHaveLength(6); // the first one's
    const again = await runBot(onTestFinished, other, live);
    expect(again.stdout).not.toContain("has not ended");
  });

  it("while it was stopping stops for good, and leaves no order", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished);
    const start = commandLine(table, "stopping.sqlite");
    const first = spawnBot(onTestFinished, start, live);
    await table.until("six quotes", () => table.open().length === 6);
    const deaf = table.sandbox.faults.request({ method: "DELETE" }, { do: "hang" }, Number.POSITIVE_INFINITY);
    first.child.kill("SIGINT");
    await table.until("cancels", () => table.cancels().length > 0);
    first.child.kill("SIGKILL");
    await first.ended;
    deaf.cancel();
    expect(table.open()).toHaveLength(6);

    const { code, stdout } = await runBot(onTestFinished, start, live);
    expect(stdout).toContain("it was being stopped when it was cut off");
    expect(code).toBe(0);
    expect(table.open()).toEqual([]);
    expect(table.sent()).toHaveLength(6); // nothing new
  });

  it("while it was closing everything goes on with that, and ends", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished);
    const start = [...commandLine(table, "flattening.sqlite"), "--on-exit", "flatten"];
    const first = spawnBot(onTestFinished, start, live);
    await table.until("six quotes", () => table.open().length === 6);
    table.take("sell", "0.1", "149.62");
    await table.until("a position", () => table.position() === "0.10");
    await table.until("six quotes again", () => table.open().length === 6);
    const sent = table.sent().length;
    const deaf = table.sandbox.faults.request({ method: "POST" }, { do: "hang" }, Number.POSITIVE_INFINITY);
    first.child.kill("SIGINT");
    await table.until("a closing order", () => table.sent().length > sent);
    first.child.kill("SIGKILL");
    await first.ended;
    deaf.cancel();
    expect(table.position()).toBe("0.10");

    const { code, stdout } = await runBot(onTestFinished, start, live);
    expect(stdout).toContain("it was being closed when it was cut off");
    expect(code).toBe(0);
    expect([table.position(), table.open()]).toEqual(["0.00", []]);
  });
});

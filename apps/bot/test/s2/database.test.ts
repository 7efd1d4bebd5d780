// The database switches: S2.39. Where the original has a database our journal is, and it is on unless it is switched off:
// without it no restart could resume.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runBot, spawnBot } from "../process.ts";
import { layTable } from "../table.ts";

const folder = mkdtempSync(join(tmpdir(), "bp-database-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const memory = ["start", "--memory", "--symbol", "SOL_USDC_PERP", "--spread", "0.5", "--duration", "1"] as const;

describe.concurrent("S2, the database", () => {
  it.for([
    { name: "disabled", flags: ["--disable-db"], env: {}, kept: false },
    { name: "both", flags: ["--enable-db", "--disable-db"], env: {}, kept: false },
    { name: "environment", flags: ["--disable-db"], env: { ENABLE_DATABASE: "1" }, kept: false },
    { name: "enabled", flags: ["--enable-db"], env: {}, kept: true },
    { name: "asked for by the environment", flags: [], env: { ENABLE_DATABASE: "1" }, kept: true },
    { name: "left alone", flags: [], env: {}, kept: true },
  ] as const)("S2.39 $name: a file is kept, $kept", async ({ name, flags, env, kept }, { onTestFinished }) => {
    const journal = at(`${name}.sqlite`);
    const { code, stderr } = await runBot(onTestFinished, [...memory, "--journal", journal, ...flags], { env });
    expect(code, stderr).toBe(0);
    expect(existsSync(journal)).toBe(kept);
  });

  it("S2.39 today's totals are the sum of distinct trades, though the run was killed and went on", async ({
    onTestFinished,
  }) => {
    const table = await layTable(onTestFinished);
    const maker = ["--symbol", table.symbol, "--spread", "0.5", "--quantity", "0.1", "--max-orders", "2"];
    const limits = ["--max-position", "5", "--position-threshold", "5", "--enable-db"];
    const journal = ["--journal", at("killed.sqlite")];
    const start = ["start", ...maker, ...limits, "--rest", table.rest, "--ws", table.ws, "--json", ...journal];
    const first = spawnBot(onTestFinished, start);
    await table.until("four quotes", () => table.open().length === 4);
    const sent = table.sent().length;
    table.take("sell", "0.1", "149.62");
    await table.until("new quotes after the fill", () => table.sent().length > sent && table.open().length === 4);
    first.child.kill("SIGKILL");
    await first.ended;
    const [, second] = table.open();
    expect(second).toMatch(/^buy 0\.10 @/);
    table.take("sell", "0.1", second?.split(" @ ")[1] ?? ""); // it takes the better one, while nobody looked

    const again = spawnBot(onTestFinished, start);
    await again.says('"type":"status"');
    await table.until("four quotes again", () => table.open().length === 4);
    const [, , best] = table.open();
    table.take("buy", "0.1", best?.split(" @ ")[1] ?? "");
    await table.until("three trades", () => table.exchange.fills("alice").length === 3);
    await again.says(/"tradeId":"3"|trade 3 of /); // by the stream, or by the venue's list
    again.child.kill("SIGTERM");
    expect((await again.ended).code).toBe(0);

    const fills = table.exchange.fills("alice");
    const volume = fills.reduce((sum, { price, size }) => sum + price * size, 0); // in 0.0001
    const { stdout } = await runBot(onTestFinished, ["report", "last", "--json", ...journal]);
    const { days } = JSON.parse(stdout) as { readonly days: readonly Record<"fills" | "volume", unknown>[] };
    const trades = days.reduce((sum, day) => sum + Number(day.fills), 0); // one day, or two at midnight
    expect(trades).toBe(3);
    expect(Math.round(days.reduce((sum, day) => sum + Number(day.volume), 0) * 10_000)).toBe(volume);
  });
});

// Ctrl+C and SIGTERM: S2.34.
import { lots, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { type BotProcess, spawnBot } from "../process.ts";
import { type Finished, layTable, type Table } from "../table.ts";

function botAt(finished: Finished, table: Table, ...flags: readonly string[]): BotProcess {
  const usual = [
    "--symbol",
    table.symbol,
    "--spread",
    "0.5",
    "--quantity",
    "0.1",
    "--max-orders",
    "2",
    "--max-position",
    "5",
  ];
  return spawnBot(finished, [
    "start",
    "--rest",
    table.rest,
    "--ws",
    table.ws,
    ...usual,
    "--position-threshold",
    "5",
    "--disable-db",
    ...flags,
  ]);
}

function manualOrder(table: Table): string {
  const placed = table.exchange.place("alice", {
    instrument: table.id,
    side: "buy",
    type: "limit",
    price: ticks(12_000),
    size: lots(50),
    tif: "gtc",
    postOnly: true,
    reduceOnly: false,
    selfTradePrevention: "reject-taker",
  });
  if (!placed.ok) throw new Error(placed.text);
  return placed.order.id;
}

describe.concurrent("S2, the end of a run", () => {
  it.for(["SIGINT", "SIGTERM"] as const)(
    "S2.34 %s: own orders cancelled and verified, the summary said, the user's order and the position stay",
    async (signal, { onTestFinished }) => {
      const table = await layTable(onTestFinished, { position: { size: "1.5" } });
      const manual = manualOrder(table);
      const bot = botAt(onTestFinished, table);
      await table.until("four quotes", () => table.open().length === 4);
      table.take("sell", "0.1", "149.62");
      await table.until("the fill", () => table.position() === "1.60");
      await bot.says(/buy +0\.10 SOL @ 149\.62/);
      await table.until("four quotes again", () => table.open().length === 4);
      const asked = table.requests.length;
      bot.child.kill(signal);
      const { code, stdout } = await bot.ended;
      expect(code).toBe(0);
      expect(table.exchange.openOrders("alice").map(({ id }) => id)).toEqual([manual]);
      const ending = table.requests.slice(asked);
      const lastCancel = ending.findLastIndex(({ method }) => method === "DELETE");
      expect(
        ending.slice(lastCancel).some(({ method, path }) => method === "GET" && path.startsWith("/api/v1/orders")),
      ).toBe(true); // verified
      expect(ending.filter(({ method, path }) => method === "DELETE" && path === "/api/v1/orders")).toEqual([]); // never "all"
      expect(stdout).toMatch(/\b00:\d\d:\d\d\b/); // run time
      expect(stdout).toMatch(/Net\s/);
      expect(stdout).toContain("Profit per unit of volume");
      expect(stdout).toMatch(/Position stays +long 1\.6 SOL/);
      expect(table.position()).toBe("1.60");
    },
  );

  it("S2.34 cancels that fail at first are tried again until they work", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished);
    const bot = botAt(onTestFinished, table, "--json");
    await table.until("four quotes", () => table.open().length === 4);
    table.sandbox.faults.request({ method: "DELETE" }, { do: "answer", status: 503, text: "Service Unavailable" }, 4);
    bot.child.kill("SIGINT");
    expect((await bot.ended).code).toBe(0);
    expect(table.open()).toEqual([]);
  });

  it.for(["SIGTERM", "SIGHUP"] as const)(
    "S2.34 %s that comes once from each process above it is one wish, and orders go",
    async (signal, { onTestFinished }) => {
      const table = await layTable(onTestFinished);
      const bot = botAt(onTestFinished, table, "--json");
      await table.until("four quotes", () => table.open().length === 4);
      table.sandbox.faults.request(
        { method: "DELETE" },
        { do: "answer", status: 503, text: "Service Unavailable" },
        16,
      );
      for (let copy = 0; copy < 4; copy++) {
        bot.child.kill(signal);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const { code, stderr } = await bot.ended;
      expect(code).toBe(0);
      expect(stderr).not.toContain("already stopping");
      expect(table.open()).toEqual([]);
    },
  );
});

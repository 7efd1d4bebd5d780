// Stop loss and take profit of a perpetual: S2.10 to S2.12. What has to wait is in patience.test.ts.
import { describe, expect, it } from "vitest";
import { layTable, type Table } from "../table.ts";

const flags = { spread: "0.5", quantity: "0.1", maxOrders: 2, maxPosition: "5", positionThreshold: "1", coolDown: "0.3" };
const held = { position: { size: "0.8", at: "150.00" } } as const;

const closing = (table: Table) => table.sent().filter(({ reduceOnly }) => reduceOnly);

describe("S2, stop loss", () => {
  it("S2.10 at -27 all orders are cancelled, 0.8 is sold, the log names it, and quoting goes on", async () => {
    const table = await layTable(held);
    const bot = await table.start({ ...flags, stopLoss: "-25" });
    await table.until("four quotes", () => table.open().length === 4);
    const before = table.requests.length;
    table.setMark("116.25"); // (116.25 - 150) · 0.8 = -27
    await table.until("flat", () => table.position() === "0.00");
    expect(closing(table).map(({ side, size, price, tif }) => [side, size, price, tif])).toEqual([["sell", "0.80", "149.25", "IOC"]]);
    const orders = table.requests.slice(before).filter(({ method }) => method !== "GET");
    expect(orders.slice(0, 5).map(({ method }) => method)).toEqual(["DELETE", "DELETE", "DELETE", "DELETE", "POST"]);
    expect(bot.notes.join("\n")).toContain("止損觸發");
    expect(table.open()).toEqual([]); // cooling down
    await table.until("quotes again", () => table.open().length === 4);
    expect(closing(table)).toHaveLength(1);
    await bot.stop();
    expect(table.position()).toBe("0.00");
  });

  it.each([
    { mark: "118.75", result: "-25.00", closes: true },
    { mark: "118.76", result: "-24.992", closes: false },
  ])("S2.10 mark $mark ($result) closes: $closes", async ({ mark, closes }) => {
    const table = await layTable(held);
    const bot = await table.start({ ...flags, stopLoss: "-25" });
    await table.until("four quotes", () => table.open().length === 4);
    table.setMark(mark);
    if (closes) await table.until("flat", () => table.position() === "0.00");
    else await table.pass(400);
    expect(closing(table)).toHaveLength(closes ? 1 : 0);
    if (!closes) expect(table.open()).toHaveLength(4);
    await bot.stop();
  });

  it.each(["-25", "25"])("S2.12 a stop of %s means the same", async (stopLoss) => {
    const table = await layTable({ ...held, mark: "118.75" });
    const bot = await table.start({ ...flags, stopLoss });
    await table.until("flat", () => table.position() === "0.00");
    expect(closing(table)).toHaveLength(1);
    await bot.stop();
  });

  it.each(["0", undefined])("S2.12 a stop of %s is off", async (stopLoss) => {
    const table = await layTable({ ...held, mark: "100" }); // -40
    const bot = await table.start({ ...flags, ...(stopLoss === undefined ? {} : { stopLoss, takeProfit: stopLoss }) });
    await table.until("four quotes", () => table.open().length === 4);
    await table.pass(300);
    expect(closing(table)).toEqual([]);
    await bot.stop();
  });
});

describe("S2, take profit", () => {
  it.each([
    { mark: "212.50", result: "+50.00", closes: true },
    { mark: "212.49", result: "+49.992", closes: false },
  ])("S2.11 mark $mark ($result) closes: $closes", async ({ mark, closes }) => {
    const table = await layTable(held);
    const bot = await table.start({ ...flags, takeProfit: "50", coolDown: "60" });
    await table.until("four quotes", () => table.open().length === 4);
    table.setMark(mark);
    if (closes) {
      await table.until("flat", () => table.position() === "0.00");
      expect(bot.notes.join("\n")).toContain("止盈觸發");
      await table.until("quotes again, without a pause", () => table.open().length === 4);
    } else await table.pass(400);
    expect(closing(table)).toHaveLength(closes ? 1 : 0);
    expect(table.cancels()).toHaveLength(closes ? 4 : 0);
    await bot.stop();
  });
});

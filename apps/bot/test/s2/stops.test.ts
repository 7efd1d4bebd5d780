// Stop loss and take profit of a perpetual: S2.10 to S2.12. What has to wait is in patience.test.ts.
import { describe, expect, it } from "vitest";
import { layTable, type Table } from "../table.ts";

const flags = {
  spread: "0.5",
  quantity: "0.1",
  maxOrders: 2,
  maxPosition: "5",
  positionThreshold: "1",
  coolDown: "0.3",
};
const held = { position: { size: "0.8", at: "150.00" } } as const;

const closing = (table: Table) => table.sent().filter(({ reduceOnly }) => reduceOnly);

describe.concurrent("S2, stop loss", () => {
  it("S2.10 at -27 all orders are cancelled, 0.8 is sold, the log names it, and quoting goes on", async ({
    onTestFinished,
  }) => {
    const table = await layTable(onTestFinished, held);
    const bot = await table.start({ ...flags, stopLoss: "-25" });
    await table.until("four quotes", () => table.open().length === 4);
    const before = table.requests.length;
    table.setMark("116.25"); // (116.25 - 150) · 0.8 = -27
    await table.until("flat", () => table.position() === "0.00");
    expect(closing(table).map(({ side, size, price, tif }) => [side, size, price, tif])).toEqual([
      ["sell", "0.80", "149.25", "IOC"],
    ]);
    const orders = table.requests.slice(before).filter(({ method }) => method !== "GET");
    expect(orders.slice(0, 5).map(({ method }) => method)).toEqual(["DELETE", "DELETE", "DELETE", "DELETE", "POST"]);
    expect(bot.notes.join("\n")).toContain("止損觸發");
    expect(table.open()).toEqual([]); // cooling down
    await table.until("quotes again", () => table.open().length === 4);
    expect(closing(table)).toHaveLength(1);
    await bot.stop();
    expect(table.position()).toBe("0.00");
  });

  it("S2.10 closes at mark 118.75, which is -25.00", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished, held);
    const bot = await table.start({ ...flags, stopLoss: "-25" });
    await table.until("four quotes", () => table.open().length === 4);
    table.setMark("118.75");
    await table.until("flat", () => table.position() === "0.00");
    expect(closing(table)).toHaveLength(1);
    await bot.stop();
  });

  it("S2.10 does nothing at mark 118.76, which is -24.992", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished, held);
    const bot = await table.start({ ...flags, stopLoss: "-25" });
    await table.until("four quotes", () => table.open().length === 4);
    table.setMark("118.76");
    await table.until("the mark", () => bot.state.engine.view.mark(table.id)?.mark === 11_876);
    await table.pass(300);
    expect(closing(table)).toEqual([]);
    expect(table.open()).toHaveLength(4);
    await bot.stop();
  });

  it.for(["-25", "25"])("S2.12 a stop of %s means the same", async (stopLoss, { onTestFinished }) => {
    const table = await layTable(onTestFinished, { ...held, mark: "118.75" });
    const bot = await table.start({ ...flags, stopLoss });
    await table.until("flat", () => table.position() === "0.00");
    expect(closing(table)).toHaveLength(1);
    await bot.stop();
  });

  it.for(["0", undefined])("S2.12 a stop of %s is off", async (stopLoss, { onTestFinished }) => {
    const table = await layTable(onTestFinished, { ...held, mark: "100" }); // -40
    const bot = await table.start({ ...flags, ...(stopLoss === undefined ? {} : { stopLoss, takeProfit: stopLoss }) });
    await table.until("four quotes", () => table.open().length === 4);
    await table.pass(300);
    expect(closing(table)).toEqual([]);
    await bot.stop();
  });
});

describe.concurrent("S2, take profit", () => {
  it("S2.11 at mark 212.50, which is +50.00, cancels, closes and quotes on without a pause", async ({
    onTestFinished,
  }) => {
    const table = await layTable(onTestFinished, held);
    const bot = await table.start({ ...flags, takeProfit: "50", coolDown: "60" });
    await table.until("four quotes", () => table.open().length === 4);
    table.setMark("212.50");
    await table.until("flat", () => table.position() === "0.00");
    expect(bot.notes.join("\n")).toContain("止盈觸發");
    await table.until("quotes again", () => table.open().length === 4);
    expect(closing(table)).toHaveLength(1);
    expect(table.cancels()).toHaveLength(4);
    await bot.stop();
  });

  it("S2.11 does nothing at mark 212.49, which is +49.992", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished, held);
    const bot = await table.start({ ...flags, takeProfit: "50" });
    await table.until("four quotes", () => table.open().length === 4);
    table.setMark("212.49");
    await table.until("the mark", () => bot.state.engine.view.mark(table.id)?.mark === 21_249);
    await table.pass(300);
    expect(closing(table)).toEqual([]);
    expect(table.cancels()).toEqual([]);
    await bot.stop();
  });
});

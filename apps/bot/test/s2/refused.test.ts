// A quote that the venue refuses because it would take: S2.19.
import { describe, expect, it } from "vitest";
import { layTable, type Table } from "../table.ts";

const flags = { spread: "0.006", quantity: "0.1", maxOrders: 1, maxPosition: "5", positionThreshold: "5" };
const orders = { method: "POST", path: "/api/v1/order" } as const;
const wouldTake = {
  do: "answer",
  status: 400,
  json: { code: "INVALID_ORDER", message: "Order would immediately match and take." },
} as const;

const sells = (table: Table) => table.sent().filter(({ side }) => side === "sell");

describe.concurrent("S2, a quote that would take", () => {
  it("S2.19 a sell at 150.00 is refused because the bid is 150.02 by then; it comes again at 150.03 from the fresh book", async ({
    onTestFinished,
  }) => {
    const table = await layTable(onTestFinished, { book: ["149.98", "150.00"] });
    table.sandbox.faults.request(orders, { do: "delay", ms: 150, when: "before" }, 2);
    const bot = await table.start(flags);
    await table.until("both quotes under way", () => table.sent().length === 2);
    table.setBook("150.02", "150.03");
    await table.until("the new sell", () => table.open().includes("sell 0.10 @ 150.03"));
    await table.pass(300);
    expect(sells(table).map(({ price, postOnly, passed }) => [price, postOnly, passed.status])).toEqual([
      ["150.00", true, 400],
      ["150.03", true, 200],
    ]);
    expect(sells(table)[0]?.passed.answer).toMatchObject({ message: "Order would immediately match and take" });
    expect(table.sent().every(({ postOnly }) => postOnly)).toBe(true); // never as taker
    expect(table.exchange.fills("alice")).toEqual([]);
    await bot.stop();
  });

  it("S2.19 is tried three times at once, each time at a fresh price, and then has to wait", async ({
    onTestFinished,
  }) => {
    const table = await layTable(onTestFinished);
    const refusing = table.sandbox.faults.request(orders, wouldTake, Number.POSITIVE_INFINITY);
    const bot = await table.start({ ...flags, interval: "0.05" });
    await table.until("the first tries", () => sells(table).length > 0);
    for (let tick = 0; tick < 30; tick++) {
      table.setBook((150 + tick / 100).toFixed(2), (150.02 + tick / 100).toFixed(2)); // the market runs away
      await table.pass(30);
    }
    const tried = sells(table);
    expect(tried).toHaveLength(3);
    expect(new Set(tried.map(({ price }) => price)).size).toBe(3);
    refusing.cancel();
    await table.until("quotes after the pause", () => table.open().length === 2);
    expect(sells(table).at(-1)?.passed.sentAt ?? 0).toBeGreaterThan((tried[2]?.passed.sentAt ?? 0) + 1_000);
    expect(table.sent().every(({ postOnly }) => postOnly)).toBe(true);
    expect(table.exchange.fills("alice")).toEqual([]);
    await bot.stop();
  });
});

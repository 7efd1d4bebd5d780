// A stop that cannot be closed at first: S2.13. It waits for real pauses, so it has a file of its own.
import { describe, expect, it } from "vitest";
import { layTable } from "../table.ts";

describe("S2, a stop that fails", () => {
  it("S2.13 goes on through four 503 with growing pauses and without quotes, closes at the fifth try, cools down and quotes again", async () => {
    const table = await layTable({ position: { size: "0.8", at: "150.00" } });
    const flags = { spread: "0.5", quantity: "0.1", maxOrders: 1, maxPosition: "5", positionThreshold: "1", stopLoss: "-25" };
    const bot = await table.start({ ...flags, coolDown: "2" }, { windowMs: 500 });
    await table.until("two quotes", () => table.open().length === 2);
    const quotes = table.sent().length;
    table.sandbox.faults.request({ method: "POST", path: "/api/v1/order" }, { do: "answer", status: 503, text: "Service Unavailable" }, 4);
    table.setMark("116.25");
    await table.until("flat", () => table.position() === "0.00", 40_000);
    const flatAt = Date.now();

    const closing = table.sent().slice(quotes);
    expect(closing.map(({ side, size, reduceOnly }) => [side, size, reduceOnly])).toEqual(Array.from({ length: 5 }, () => ["sell", "0.80", true]));
    expect(closing.map(({ passed }) => passed.status)).toEqual([503, 503, 503, 503, 200]);
    expect(new Set(closing.map(({ clientId }) => clientId)).size).toBe(5); // a try whose fate was not known is never repeated: it is looked up
    const pauses = closing.slice(1).map(({ passed }, at) => passed.sentAt - (closing[at]?.passed.sentAt ?? 0));
    for (const [at, pause] of pauses.slice(1, 3).entries()) expect(pause).toBeGreaterThan(pauses[at] ?? 0);
    expect(bot.notes.join("\n")).toContain("止損觸發");
    expect(bot.notes.filter((each) => each.includes("503")).length).toBeGreaterThan(0); // the alert
    expect(bot.state.engine.view.halted).toBeUndefined();

    await table.until("quotes again", () => table.open().length === 2, 10_000);
    expect(Date.now() - flatAt).toBeGreaterThan(1_500);
    await bot.stop();
  });
});

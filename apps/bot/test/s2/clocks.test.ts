// When the clocks disagree: S2.38.
import { describe, expect, it } from "vitest";
import { layTable, type Table } from "../table.ts";

const flags = { spread: "0.5", quantity: "0.1", maxOrders: 2, maxPosition: "5", positionThreshold: "5" };

const quotes = (table: Table) => table.until("four quotes", () => table.open().length === 4);

describe.concurrent("S2, clocks that disagree", () => {
  it.for([8_000, -8_000])(
    "S2.38 a venue %i ms away is traded with at the measured offset",
    async (offset, { onTestFinished }) => {
      const table = await layTable(onTestFinished);
      table.sandbox.faults.setClockOffset(offset);
      const bot = await table.start(flags);
      await quotes(table);
      await table.until("all answers", () => table.requests.every(({ status }) => status !== undefined));
      expect(table.requests.filter(({ status }) => status !== 200)).toEqual([]); // not one was refused
      const stamp = Number(table.sent()[0]?.passed.headers["x-timestamp"]);
      expect(Math.abs(stamp - (table.sent()[0]?.passed.sentAt ?? 0) - offset)).toBeLessThan(2_000); // on its way, and no more
      await bot.stop();
    },
  );

  it.for([
    { offset: 8_000, says: "Request has expired" },
    { offset: -8_000, says: "Invalid timestamp" },
  ])(
    "S2.38 a clock that jumps by $offset ms: $says, measured anew, once more with the same client id",
    async ({ offset, says }, { onTestFinished }) => {
      const table = await layTable(onTestFinished);
      const bot = await table.start({ ...flags, maxOrders: 1, interval: "0.1" });
      await table.until("two quotes", () => table.open().length === 2);
      const sent = table.sent().length;
      const asked = table.requests.length;
      table.sandbox.faults.setClockOffset(offset);
      table.setBook("150.09", "150.11");
      await table.until("moved quotes", () => table.open().join() === "buy 0.10 @ 149.72,sell 0.10 @ 150.48");
      await table.until("all answers", () => table.sent().every(({ passed }) => passed.status !== undefined));

      const since = table.requests.slice(asked);
      const refused = since.filter(({ status }) => status === 400);
      expect(refused.length).toBeGreaterThan(0);
      for (const each of refused) expect(each.answer).toMatchObject({ code: "INVALID_CLIENT_REQUEST", message: says });
      expect(since.some(({ path }) => path === "/api/v1/time")).toBe(true);
      for (const each of refused) {
        const again = since.filter(
          (other) => other.method === each.method && JSON.stringify(other.body) === JSON.stringify(each.body),
        );
        expect(again.map(({ status }) => status)).toEqual([400, 200]); // one retry, and it is the same order
        expect(again[1]?.headers["x-signature"]).not.toBe(again[0]?.headers["x-signature"]);
        expect(again[1]?.headers["x-timestamp"]).not.toBe(again[0]?.headers["x-timestamp"]);
      }
      const taken = table
        .sent()
        .slice(sent)
        .filter(({ passed }) => passed.status === 200);
      expect(taken).toHaveLength(2); // nothing doubled
      expect(new Set(taken.map(({ clientId }) => clientId)).size).toBe(2);
      await bot.stop();
    },
  );

  it("S2.38 an order that expires on its way is sent once more under the same client id", async ({
    onTestFinished,
  }) => {
    const table = await layTable(onTestFinished);
    const expired = { code: "INVALID_CLIENT_REQUEST", message: "Request has expired" };
    table.sandbox.faults.request(
      { method: "POST", path: "/api/v1/order" },
      { do: "answer", status: 400, json: expired },
    );
    const bot = await table.start({ ...flags, maxOrders: 1 });
    await table.until("two quotes", () => table.open().length === 2);
    await table.until("all answers", () => table.sent().every(({ passed }) => passed.status !== undefined));
    const sent = table.sent();
    expect(sent).toHaveLength(3);
    const [first] = sent;
    const tries = sent.filter(({ clientId }) => clientId === first?.clientId);
    expect(tries.map(({ passed }) => passed.status)).toEqual([400, 200]);
    expect(new Set(tries.map(({ passed }) => passed.headers["x-signature"])).size).toBe(2);
    await bot.stop();
  });
});

import { decimal, lots, millis, ticks } from "@bp/core";
import { describe, expect, it } from "vitest";
import { ownersOf } from "./owners.ts";

const trade = (venueOrderId: string, instrument: `${string}:${string}` = "aster-futures:ASTERUSDT") => ({
  type: "order.filled" as const,
  venueOrderId,
  instrument,
  tradeId: `t${venueOrderId}`,
  side: "buy" as const,
  price: ticks(1),
  size: lots(1),
  fee: decimal("0"),
  feeAsset: "USDT",
  liquidity: "taker" as const,
  venueAt: millis(1),
  clientId: undefined,
});

describe("whose trades", () => {
  it("asks each market once, from the oldest order on, and takes only what was asked for", async () => {
    const asked: string[] = [];
    const lists: Readonly<Record<string, readonly [string, string][]>> = {
      ASTERUSDT: [
        ["9", "bp-77"],
        ["10", "web_1"],
        ["11", "bp-78"],
      ],
      BTCUSDT: [["9007199254740993", "bp-5"]],
    };
    const { found, missing } = await ownersOf(
      [trade("10"), trade("9"), trade("9"), trade("12"), trade("9007199254740993", "aster-futures:BTCUSDT")],
      (symbol, orderId) => {
        asked.push(`${symbol} ${orderId}`);
        return Promise.resolve((lists[symbol] ?? []).map(([id, clientOrderId]) => ({ orderId: id, clientOrderId })));
      },
    );
    expect(asked).toEqual(["ASTERUSDT 9", "BTCUSDT 9007199254740993"]);
    expect([...found]).toEqual([
      ["9", 77],
      ["10", undefined],
      ["9007199254740993", 5],
    ]);
    expect([...missing]).toEqual(["12"]);
  });

  /** So many orders, named 1 and so on, all ours but each hundredth; tells from where it was asked. */
  const market = (count: number) => {
    const asked: number[] = [];
    const list = (_: string, orderId: string) => {
      const first = Number(orderId);
      asked.push(first);
      const rows = Array.from({ length: Math.min(1_000, count + 1 - first) }, (__, at) => first + at);
      return Promise.resolve(
        rows.map((id) => ({ orderId: String(id), clientOrderId: id % 100 === 0 ? "web" : `bp-${id}` })),
      );
    };
    return { asked, list };
  };

  it("goes nearer to the newest where a page ends before it", async () => {
    const { asked, list } = market(1_500);
    const { found, missing } = await ownersOf([trade("1"), trade("1500")], list);
    expect(asked).toEqual([1, 1_500]);
    expect([...found]).toEqual([
      ["1", 1],
      ["1500", undefined],
    ]);
    expect(missing.size).toBe(0);
  });

  it.each([1, 7, 60, 1_900])(
    "finds the newest of a day of orders in a handful of calls, one in %i of them traded; the others are not called missing",
    async (each) => {
      const count = 172_800;
      const { asked, list } = market(count);
      const traded = Array.from({ length: Math.floor(count / each) }, (_, at) => count - at * each);
      const { found, missing } = await ownersOf(
        traded.map((id) => trade(String(id))),
        list,
      );
      expect(asked.length).toBeLessThanOrEqual(5);
      expect(missing.size).toBe(0);
      const newest = traded.slice(0, Math.max(1, Math.floor(1_000 / each)));
      expect(newest.filter((id) => !found.has(String(id)))).toEqual([]);
      expect([...found].every(([id, owner]) => owner === (Number(id) % 100 === 0 ? undefined : Number(id)))).toBe(true);
    },
  );
});

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
    const owners = await ownersOf(
      [trade("10"), trade("9"), trade("9"), trade("12"), trade("9007199254740993", "aster-futures:BTCUSDT")],
      (symbol, orderId) => {
        asked.push(`${symbol} ${orderId}`);
        return Promise.resolve((lists[symbol] ?? []).map(([id, clientOrderId]) => ({ orderId: id, clientOrderId })));
      },
    );
    expect(asked).toEqual(["ASTERUSDT 9", "BTCUSDT 9007199254740993"]);
    expect([...owners]).toEqual([
      ["9", 77],
      ["10", undefined],
      ["9007199254740993", 5],
    ]);
  });

  it("goes on where a page is full", async () => {
    const asked: string[] = [];
    const owners = await ownersOf([trade("1"), trade("1500")], (_, orderId) => {
      asked.push(orderId);
      const first = Number(orderId);
      const rows = Array.from({ length: Math.min(1_000, 1_501 - first) }, (__, at) => String(first + at));
      return Promise.resolve(rows.map((id) => ({ orderId: id, clientOrderId: `bp-${id}` })));
    });
    expect(asked).toEqual(["1", "1001"]);
    expect([...owners.values()]).toEqual([1, 1_500]);
  });
});

import { type ClientId, clientIdOf, decimal, lots, millis, ticks } from "@bp/core";
import { systemClock } from "@bp/transport";
import { describe, expect, it } from "vitest";
import { type AccountReader, createSnapshots, type ListedFill } from "./snapshots.ts";

const mine = clientIdOf(3, 7);

/** A trade whose venue does not say which number its order had. */
function trade(venueOrderId: string, venueAt = 1_000): ListedFill {
  const fill = {
    type: "order.filled",
    venueOrderId,
    tradeId: `t${venueOrderId}`,
    instrument: "v:SOL_USDC",
    side: "buy",
    price: ticks(1),
    size: lots(1),
    fee: decimal("0"),
    feeAsset: "USDC",
    liquidity: "taker",
    clientId: undefined,
    venueAt: millis(venueAt),
  } as const;
  return { key: venueOrderId, fill };
}

/** Reads an account with these trades; `owners` answers what the venue's orders say. */
function reading(trades: readonly ListedFill[], owners: AccountReader["owners"]) {
  const fills = () => Promise.resolve(trades);
  const state = () => Promise.resolve({ orders: [], positions: [], balances: [] });
  return createSnapshots({
    reader: { fills, newest: fills, page: 100, state, ...(owners === undefined ? {} : { owners }) },
    skew: { offsetMs: 0, uncertaintyMs: 0, now: () => millis(2_000), sync: () => Promise.resolve() } as never, // what is asked of it
    clock: { ...systemClock, sleep: () => Promise.resolve() },
    venue: "v",
    desk: { tradesSince: () => new Map(), clientIdOfOrder: () => undefined },
    trouble: (error) => {
      throw error;
    },
    signal: new AbortController().signal,
  });
}

describe("trades of an order that a process before us placed", () => {
  it("are that order's, and a stranger's are a stranger's; neither is asked for twice", async () => {
    const asked: string[][] = [];
    const read = reading([trade("1"), trade("2")], (unknown) => {
      asked.push(unknown.map(({ venueOrderId }) => venueOrderId));
      return Promise.resolve(
        new Map<string, ClientId | undefined>([
          ["1", mine],
          ["2", undefined],
        ]),
      );
    });
    for (let count = 0; count < 2; count++)
      expect((await read())?.fills.map(({ clientId }) => clientId)).toEqual([mine, undefined]);
    expect(asked).toEqual([["1", "2"]]);
  });

  it("are waited for while the venue does not list the order yet", async () => {
    let times = 0;
    const read = reading([trade("1")], () => {
      times += 1;
      return Promise.resolve(new Map(times < 3 ? [] : [["1", mine]]));
    });
    expect((await read())?.fills.map(({ clientId }) => clientId)).toEqual([mine]);
    expect(times).toBe(3);
  });

  it("are told as nobody's where the venue never lists it", async () => {
    const read = reading([trade("1")], () => Promise.resolve(new Map()));
    expect((await read())?.fills.map(({ clientId }) => clientId)).toEqual([undefined]);
  });
});

import { BpError, type ClientId, clientIdOf, decimal, lots, millis, ticks } from "@bp/core";
import { systemClock } from "@bp/transport";
import { describe, expect, it } from "vitest";
import { type AccountReader, createSnapshots, type ListedFill, type Owners } from "./snapshots.ts";

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
function reading(
  trades: readonly ListedFill[],
  owners: AccountReader["owners"],
  trouble: (error: BpError) => void = (error) => {
    throw error;
  },
) {
  const fills = () => Promise.resolve(trades);
  const state = () => Promise.resolve({ orders: [], positions: [], balances: [] });
  return createSnapshots({
    reader: { fills, newest: fills, page: 100, state, ...(owners === undefined ? {} : { owners }) },
    skew: { offsetMs: 0, uncertaintyMs: 0, now: () => millis(2_000), sync: () => Promise.resolve() } as never, // what is asked of it
    clock: { ...systemClock, sleep: () => Promise.resolve() },
    venue: "v",
    desk: { tradesSince: () => new Map(), clientIdOfOrder: () => undefined },
    trouble,
    signal: new AbortController().signal,
  });
}

/** What a venue says of the orders 1 to 9: these are listed with these numbers, the others are not. */
function listed(
  unknown: readonly { readonly venueOrderId: string }[],
  ...rows: [string, ClientId | undefined][]
): Promise<Owners> {
  const found = new Map(rows);
  const missing = unknown.map(({ venueOrderId }) => venueOrderId).filter((id) => !found.has(id));
  return Promise.resolve({ found, missing: new Set(missing) });
}

describe("trades of an order that a process before us placed", () => {
  it("are that order's, and a stranger's are a stranger's; neither is asked for twice", async () => {
    const asked: string[][] = [];
    const read = reading([trade("1"), trade("2")], (unknown) => {
      asked.push(unknown.map(({ venueOrderId }) => venueOrderId));
      return listed(unknown, ["1", mine], ["2", undefined]);
    });
    for (let count = 0; count < 2; count++)
      expect((await read())?.fills.map(({ clientId }) => clientId)).toEqual([mine, undefined]);
    expect(asked).toEqual([["1", "2"]]);
  });

  it("are waited for while the venue does not list the order yet", async () => {
    let times = 0;
    const read = reading([trade("1")], (unknown) => {
      times += 1;
      return times < 3 ? listed(unknown) : listed(unknown, ["1", mine]);
    });
    expect((await read())?.fills.map(({ clientId }) => clientId)).toEqual([mine]);
    expect(times).toBe(3);
  });

  it("are told as nobody's where the venue never lists it", async () => {
    const read = reading([trade("1")], (unknown) => listed(unknown));
    expect((await read())?.fills.map(({ clientId }) => clientId)).toEqual([undefined]);
  });

  it("are told as nobody's after some tries where the venue cannot be asked", async () => {
    const troubles: string[] = [];
    const read = reading(
      [trade("1")],
      () => Promise.reject(new BpError("transport/timeout", { url: "x", ms: 1 })),
      ({ code }) => void troubles.push(code),
    );
    expect((await read())?.fills.map(({ clientId }) => clientId)).toEqual([undefined]);
    expect(troubles).toEqual(Array.from({ length: 5 }, () => "transport/timeout"));
  });

  it("are not asked for again in a snapshot where they were too many, but in the next one", async () => {
    const asked: string[][] = [];
    const read = reading([trade("1"), trade("2"), trade("3")], (unknown) => {
      asked.push(unknown.map(({ venueOrderId }) => venueOrderId));
      return Promise.resolve({
        found: new Map(asked.length === 1 ? [] : [["3", mine]]),
        missing: new Set(asked.length === 1 ? ["3"] : []),
      });
    });
    expect((await read())?.fills.map(({ clientId }) => clientId)).toEqual([undefined, undefined, mine]);
    await read();
    expect(asked).toEqual([["1", "2", "3"], ["3"], ["1", "2"]]);
  });
});

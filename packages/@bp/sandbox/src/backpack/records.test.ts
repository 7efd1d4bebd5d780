// Positions that are over, and what was settled.
import { Big } from "big.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openScene, type Scene } from "./scene.fixture.ts";
import { perp } from "./trial.fixture.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const symbol = "SOL_USDC_PERP";
const trade = (side: "Bid" | "Ask", quantity: string) =>
  scene.alice.rest.orders.place({ symbol, side, orderType: "Market", quantity });

describe("the history of positions", () => {
  it("tells an open one as it is, and a closed one with what it came to", async () => {
    await trade("Bid", "2");
    const [open] = await scene.alice.rest.history.positions({ state: "Open" });
    expect(open).toMatchObject({ symbol, state: "Open", netQuantity: "2", entryPrice: "98.97", closedAt: null });
    await trade("Ask", "1");
    await trade("Ask", "1");
    expect(await scene.alice.rest.history.positions({ state: "Open" })).toEqual([]);
    const [closed] = await scene.alice.rest.history.positions({ state: "Closed" });
    expect(closed).toMatchObject({
      netQuantity: "0",
      entryPrice: "98.97",
      closingPrice: "98.96",
      cumulativePnlRealized: "-0.02",
      closedVolume: "197.92",
      liquidated: "0",
      liquidationFees: "0",
    });
    const fees = (await scene.alice.rest.history.fills({})).reduce((sum, { fee }) => sum.plus(fee), new Big(0));
    expect(closed?.fees).toBe(fees.toFixed());
  });

  it("begins anew with the next position, which has a number and profits of its own", async () => {
    await trade("Bid", "1");
    await trade("Ask", "1");
    await trade("Ask", "1");
    const all = await scene.alice.rest.history.positions({});
    expect(all.map(({ state, cumulativePnlRealized }) => [state, cumulativePnlRealized])).toEqual([
      ["Open", "0"],
      ["Closed", "-0.01"],
    ]);
    expect(await scene.alice.rest.positions.list({})).toMatchObject([{ pnlRealized: "0", netQuantity: "-1" }]);
  });

  it("does not count orders that wait among the exposure", async () => {
    await trade("Bid", "1");
    const stop = { symbol, side: "Bid", orderType: "Market", triggerPrice: "120", triggerQuantity: "5" } as const;
    await scene.alice.rest.orders.place(stop);
    expect(await scene.alice.rest.positions.list({})).toMatchObject([{ netExposureQuantity: "1" }]);
  });

  it("says what was liquidated and what that cost", async () => {
    scene.sandbox.exchange.setLeverage("alice", 50);
    scene.stage.offer(perp.id, "sell", 9897, 600_000);
    await trade("Bid", "5000");
    scene.stage.hands.mark(perp.id, 7800, 7800);
    const [closed] = await scene.alice.rest.history.positions({});
    expect(Number(closed?.liquidated)).toBeGreaterThan(0);
    expect(Number(closed?.liquidationFees)).toBeGreaterThan(0);
    expect((await scene.alice.rest.history.settlements({ source: "TradingFeesSystem" })).length).toBeGreaterThan(0);
  });
});

describe("settlements", () => {
  it("are fees, realized profit and funding, and add up to what the wallet gained or lost", async () => {
    await trade("Bid", "2");
    scene.pass(3_600_000);
    await trade("Ask", "2");
    const rows = await scene.alice.rest.history.settlements({});
    expect(new Set(rows.map(({ source }) => source))).toEqual(new Set(["TradingFees", "FundingPayment", "RealizePnl"]));
    const sum = rows.reduce((total, { quantity }) => total.plus(quantity), new Big(0));
    const { USDC } = await scene.alice.rest.capital.balances({});
    expect(new Big(USDC?.available ?? "0").minus(100_000).toFixed()).toBe(sum.toFixed());
    expect(await scene.alice.rest.history.settlements({ source: "RealizePnl" })).toMatchObject([{ quantity: "-0.02" }]);
  });
});

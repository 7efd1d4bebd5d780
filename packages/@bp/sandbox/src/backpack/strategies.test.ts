// Orders in slices of time.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listenTo, settled } from "../ear.fixture.ts";
import { openScene, refusalOf, type Scene } from "./scene.fixture.ts";
import { createClient, sample, spot } from "./trial.fixture.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const minute = 60_000;
const slices = {
  strategyType: "Scheduled",
  symbol: "SOL_USDC",
  side: "Bid",
  quantity: "10",
  duration: 10 * minute,
  interval: minute,
} as const;

describe("strategies", () => {
  it("buy a tenth ten times, and every order and fill says whose it is", async () => {
    const [alice] = scene.sandbox.accounts;
    if (alice === undefined) throw new Error("no account");
    const ear = await listenTo(scene.sandbox.ws);
    ear.say(createClient(scene.sandbox, alice).subscribeFrame(["account.orderUpdate"]));
    await settled(ear);
    const { id, status, executedQuantity } = await scene.alice.rest.strategies.create({
      ...slices,
      clientStrategyId: 9,
    });
    expect([status, executedQuantity]).toEqual(["Running", "1"]); // the first at once
    expect((await ear.next((frame) => frame.data?.e === "orderFill")).data).toMatchObject({ H: id, z: "1.00" });
    scene.pass(4 * minute);
    expect(await scene.alice.rest.strategies.get({ symbol: "SOL_USDC", strategyId: id })).toMatchObject({
      executedQuantity: "5",
    });
    scene.pass(6 * minute);
    expect(await scene.alice.rest.strategies.get({ symbol: "SOL_USDC", clientStrategyId: 9 })).toBeUndefined();
    const [past] = await scene.alice.rest.history.strategies({ strategyId: id });
    expect(past).toMatchObject({ status: "Completed", executedQuantity: "10", cancelReason: null });
    expect(await scene.alice.rest.history.orders({ strategyId: id })).toHaveLength(10);
    const fills = await scene.alice.rest.history.fills({ strategyId: id });
    expect(fills).toHaveLength(10);
    expect((await scene.alice.rest.history.orders({}))[0]).toMatchObject({ strategyId: id, quantity: "1" });
    expect(await scene.alice.rest.history.fills({ strategyId: "1" })).toEqual([]);
  });

  it("of random slices still buy all of it in time", async () => {
    const { id } = await scene.alice.rest.strategies.create({ ...slices, randomizedIntervalQuantity: true });
    scene.pass(11 * minute);
    const sizes = (await scene.alice.rest.history.orders({ strategyId: id })).map(({ quantity }) => quantity);
    expect(new Set(sizes).size).toBeGreaterThan(2);
    expect((await scene.alice.rest.history.strategies({}))[0]).toMatchObject({
      status: "Completed",
      executedQuantity: "10",
    });
  });

  it("with a price rest, and their orders go with them", async () => {
    const resting = { ...slices, price: "90", postOnly: true } as const;
    const { id } = await scene.alice.rest.strategies.create(resting);
    scene.pass(2 * minute);
    expect(await scene.alice.rest.orders.open({})).toHaveLength(3);
    const cancelled = await scene.alice.rest.strategies.cancel({ symbol: "SOL_USDC", strategyId: id });
    expect(cancelled).toMatchObject({ outcome: "cancelled", strategy: { status: "Cancelled" } });
    expect(await scene.alice.rest.orders.open({})).toEqual([]);
    expect(Object.keys(cancelled.outcome === "cancelled" ? cancelled.strategy : {}).toSorted()).toEqual(
      Object.keys(sample("rest-strategy")).toSorted(),
    );
    await scene.alice.rest.strategies.create(resting);
    await scene.alice.rest.strategies.create(resting);
    expect(await scene.alice.rest.strategies.open({ symbol: "SOL_USDC" })).toHaveLength(2);
    expect((await scene.alice.rest.strategies.cancelAll({ symbol: "SOL_USDC" })).outcome).toBe("cancelled");
    expect([await scene.alice.rest.strategies.open({}), await scene.alice.rest.orders.open({})]).toEqual([[], []]);
  });

  it("that are not filled in time end with what they have", async () => {
    await scene.alice.rest.strategies.create({ ...slices, price: "90" });
    scene.pass(10 * minute);
    expect((await scene.alice.rest.history.strategies({}))[0]).toMatchObject({
      status: "Terminated",
      cancelReason: "Expired",
      executedQuantity: "0",
    });
    expect(await scene.alice.rest.orders.open({})).toEqual([]);
  });

  it("end when a slice is refused, and say why", async () => {
    await scene.alice.rest.strategies.create({ ...slices, side: "Ask", quantity: "5000" });
    scene.stage.offer(spot.id, "buy", 9896, 1_000_000);
    scene.pass(2 * minute);
    expect((await scene.alice.rest.history.strategies({}))[0]).toMatchObject({
      status: "Terminated",
      cancelReason: "InsufficientFunds",
    });
  });

  it("are refused in the venue's codes", async () => {
    const { create } = scene.alice.rest.strategies;
    const { quantity: _, ...without } = slices;
    expect(await refusalOf(create(without))).toBe("INVALID_CLIENT_REQUEST");
    expect(await refusalOf(create({ ...slices, interval: 20 * minute }))).toBe("INVALID_RANGE");
    expect(await refusalOf(create({ ...slices, postOnly: true }))).toBe("INVALID_CLIENT_REQUEST");
    await create({ ...slices, clientStrategyId: 9 });
    expect(await refusalOf(create({ ...slices, clientStrategyId: 9 }))).toBe("INVALID_ORDER");
    const unknown = { symbol: "SOL_USDC", strategyId: "1" } as const;
    expect(await scene.alice.rest.strategies.cancel(unknown)).toEqual({ outcome: "not-found" });
  });
});

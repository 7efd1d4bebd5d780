// Borrowing and lending, and what orders do with it.
import { Big } from "big.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openScene, refusalOf, type Scene } from "./scene.fixture.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const hour = 3_600_000;
const free = async (asset: string) => (await scene.alice.rest.capital.balances({}))[asset]?.available;
const execute = (symbol: string, side: "Borrow" | "Lend", quantity: string) =>
  scene.alice.rest.borrowLend.execute({ symbol, side, quantity });
const loan = async () => (await scene.alice.rest.borrowLend.positions({}))[0];

describe("lending", () => {
  it("takes the money out of what is available, shows it as collateral, and gives it back", async () => {
    await execute("USDC", "Lend", "1000");
    expect(await free("USDC")).toBe("99000");
    const { collateral, netEquity } = await scene.alice.rest.capital.collateral({});
    expect(collateral.find(({ symbol }) => symbol === "USDC")).toMatchObject({
      lendQuantity: "1000",
      totalQuantity: "100000",
      availableQuantity: "99000",
    });
    expect(netEquity).toBe("100000");
    expect(await loan()).toMatchObject({ netQuantity: "1000", netExposureQuantity: "0", estLiquidationPrice: "0" });
    await execute("USDC", "Borrow", "1000");
    expect([await free("USDC"), await loan()]).toEqual(["100000", undefined]);
    expect(await scene.alice.rest.history.borrowLend({})).toMatchObject([
      { eventType: "LendRedeem", quantity: "1000", positionQuantity: "0" },
      { eventType: "Lend", quantity: "1000", positionQuantity: "1000", source: "Manual" },
    ]);
    expect(await scene.alice.rest.history.borrowLendPositions({ state: "Closed" })).toHaveLength(1);
  });

  it("earns the rate of the hour, every hour, rounded down to the tenth digit", async () => {
    await execute("USDC", "Lend", "1000");
    const { lendRate } = (await scene.alice.rest.borrowLend.apy({})).borrowLend.find(
      ({ symbol }) => symbol === "USDC",
    ) ?? { lendRate: "0" };
    scene.pass(hour);
    const [payment] = await scene.alice.rest.history.interest({});
    const expected = new Big(1000).times(lendRate).div(8760).round(10, 0).toFixed();
    expect(payment).toMatchObject({ paymentType: "Lend", quantity: expected, interestRate: lendRate });
    expect(await loan()).toMatchObject({
      netQuantity: new Big(1000).plus(expected).toFixed(),
      cumulativeInterest: expected,
    });
    scene.pass(2 * hour);
    expect(await scene.alice.rest.history.interest({})).toHaveLength(3);
  });

  it("costs who borrows, and `Lend` repays", async () => {
    const before = await free("SOL");
    await execute("SOL", "Borrow", "10");
    expect(await free("SOL")).toBe(new Big(before ?? "0").plus(10).toFixed());
    expect(await loan()).toMatchObject({ netQuantity: "-10", netExposureQuantity: "10" });
    expect(Number((await loan())?.estLiquidationPrice)).toBeGreaterThan(9000); // 100,000 USDC carry 10 SOL far
    const { borrowLiability, netEquity } = await scene.alice.rest.capital.collateral({});
    expect([borrowLiability, netEquity]).toEqual(["989.7", "99010.3"]);
    scene.pass(hour);
    const owed = new Big((await loan())?.netQuantity ?? "0").abs();
    expect(owed.gt(10)).toBe(true);
    await execute("SOL", "Lend", owed.round(6, 3).toFixed());
    expect((await loan())?.netQuantity.startsWith("0.000000")).toBe(true); // the rounding up is lent
    const names = (await scene.alice.rest.history.borrowLend({ sortDirection: "Asc" })).map(
      ({ eventType }) => eventType,
    );
    expect(names).toEqual(["Borrow", "BorrowRepay", "Lend"]);
  });

  it("moves rates with what is lent", async () => {
    const rate = async () => (await scene.alice.rest.borrowLend.markets({})).find(({ symbol }) => symbol === "SOL");
    const before = await rate();
    await execute("SOL", "Lend", "500");
    const after = await rate();
    expect(Number(after?.utilization)).toBeLessThan(Number(before?.utilization));
    expect(Number(after?.borrowInterestRate)).toBeLessThan(Number(before?.borrowInterestRate));
  });

  it("is refused in the venue's codes", async () => {
    expect(await refusalOf(execute("USDC", "Lend", "100001"))).toBe("INSUFFICIENT_FUNDS");
    expect(await refusalOf(execute("SOL", "Borrow", "2000"))).toBe("INSUFFICIENT_MARGIN");
    expect(await refusalOf(execute("SOL", "Borrow", "99999"))).toBe("INSUFFICIENT_SUPPLY");
    expect(await refusalOf(execute("USDC", "Lend", "0.0000001"))).toBe("INVALID_CLIENT_REQUEST");
    expect(await refusalOf(execute("USDC", "Lend", "0"))).toBe("INVALID_QUANTITY");
    const { maxBorrowQuantity } = await scene.alice.rest.account.maxBorrow({ symbol: "SOL" });
    await execute("SOL", "Borrow", maxBorrowQuantity);
    expect(await refusalOf(execute("SOL", "Borrow", "100"))).toBe("INSUFFICIENT_MARGIN");
  });

  it("leaves no margin that is owed to others", async () => {
    const { maxBorrowQuantity } = await scene.alice.rest.account.maxBorrow({ symbol: "SOL" });
    await execute("SOL", "Borrow", maxBorrowQuantity);
    const order = { symbol: "SOL_USDC_PERP", side: "Ask", orderType: "Limit", price: "99", quantity: "500" } as const;
    expect(await refusalOf(scene.alice.rest.orders.place(order))).toBe("INSUFFICIENT_MARGIN");
  });
});

describe("spot orders with flags", () => {
  const buy = { symbol: "SOL_USDC", side: "Bid", orderType: "Limit", price: "98.97", quantity: "10" } as const;
  const short = async () => {
    const all = await free("USDC");
    await execute("USDC", "Lend", all ?? "0");
  };

  it("take back what is lent when they need it, and no more", async () => {
    await short();
    expect(await refusalOf(scene.alice.rest.orders.place(buy))).toBe("INSUFFICIENT_FUNDS");
    expect(await scene.alice.rest.orders.place({ ...buy, autoLendRedeem: true })).toMatchObject({ status: "Filled" });
    expect([await free("USDC"), (await loan())?.netQuantity]).toEqual(["0", "99010.3"]);
    expect((await scene.alice.rest.history.borrowLend({}))[0]).toMatchObject({
      source: "SpotMargin",
      quantity: "989.7",
    });
  });

  it("are told how much they could be for, with what is lent and what may be borrowed", async () => {
    await execute("SOL", "Lend", "100");
    const most = async (flags: { readonly autoLendRedeem?: boolean; readonly autoBorrow?: boolean }) =>
      (await scene.alice.rest.account.maxOrder({ symbol: "SOL_USDC", side: "Ask", ...flags })).maxOrderQuantity;
    expect(await most({})).toBe("400");
    expect(await most({ autoLendRedeem: true })).toBe("500");
    expect(await most({ autoBorrow: true })).toBe("400"); // who lends borrows nothing
    expect(Number(await most({ autoLendRedeem: true, autoBorrow: true }))).toBeGreaterThan(1000);
  });

  it("borrow what they lack", async () => {
    const sell = { ...buy, side: "Ask", price: "98.96", quantity: "510" } as const;
    expect(await refusalOf(scene.alice.rest.orders.place(sell))).toBe("INSUFFICIENT_FUNDS");
    const sold = await scene.alice.rest.orders.place({ ...sell, autoBorrow: true });
    expect(sold).toMatchObject({ status: expect.stringMatching(/New|PartiallyFilled|Filled/) });
    expect(await loan()).toMatchObject({ symbol: "SOL", netQuantity: "-10" });
  });

  it("lend their proceeds, fee taken off", async () => {
    await scene.alice.rest.orders.place({ ...buy, autoLend: true });
    expect(await loan()).toMatchObject({ symbol: "SOL", netQuantity: "9.99" });
    expect(await free("SOL")).toBe("500");
  });

  it("repay what is owed with their proceeds", async () => {
    await execute("SOL", "Borrow", "5");
    await scene.alice.rest.orders.place({ ...buy, autoBorrowRepay: true });
    expect([await free("SOL"), await loan()]).toEqual(["509.99", undefined]);
  });

  it("follow the account's settings where they say nothing", async () => {
    await scene.alice.rest.account.update({ autoLend: true });
    await scene.alice.rest.orders.place(buy);
    expect((await scene.alice.rest.history.borrowLend({}))[0]).toMatchObject({ source: "AutoLend", quantity: "9.99" });
  });
});

// Futures accounts: settings, figures, history, transfers; and what belongs to makers and agents.
import { isBpError } from "@bp/core";
import { Big } from "big.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { btc, type Caller, lacks, type Params, type Played, playAster, sample } from "./trial.fixture.ts";

let played: Played;
let alice: Caller;
beforeEach(async () => {
  played = await playAster();
  alice = played.caller("futures");
});
afterEach(() => played.sandbox.close());

const order = "/fapi/v3/order";
const buy = (quantity = "0.1", more: Params = {}): Promise<unknown> =>
  alice.ok("POST", order, { symbol: "BTCUSDT", side: "BUY", type: "MARKET", quantity, ...more });
const sell = (quantity = "0.1", more: Params = {}) =>
  alice.ok("POST", order, { symbol: "BTCUSDT", side: "SELL", type: "MARKET", quantity, ...more });

describe("figures", () => {
  it("have the fields of the samples, on every path", async () => {
    await buy();
    const account = await alice.ok("GET", "/fapi/v3/accountWithJoinMargin");
    expect(lacks(account, sample("futures-rest-account"))).toEqual([]);
    expect(lacks(account, sample("futures-rest-v4-account.live"))).toEqual([]);
    for (const path of ["/fapi/v4/account", "/fapi/v2/account"])
      expect(lacks((await alice.v1("GET", path)).json, account)).toEqual([]);
    expect(lacks((await alice.v1("GET", "/fapi/v2/balance")).json, sample("futures-rest-balance"))).toEqual([]);
    const risk = await alice.ok("GET", "/fapi/v3/positionRisk", { symbol: "BTCUSDT" });
    expect(lacks(risk, sample("futures-rest-positionRisk-oneway"))).toEqual([]);
    expect((await alice.v1("GET", "/fapi/v2/positionRisk")).json).toHaveLength(4);
    expect(lacks(await alice.ok("GET", "/fapi/v3/adlQuantile"), [sample("futures-rest-adlQuantile")[1]])).toEqual([]);
  });

  it("are exact: wallet, profit, margin, what is free", async () => {
    await buy("0.1"); // 5991 at 59,910; the fee is 2.09685
    played.futures.mark(btc, 600_000);
    played.pass(1);
    const account = await alice.ok("GET", "/fapi/v3/accountWithJoinMargin");
    expect(account).toMatchObject({
      totalWalletBalance: "99997.90315000",
      totalUnrealizedProfit: "9.00000000",
      totalMarginBalance: "100006.90315000",
      totalPositionInitialMargin: "300.00000000", // 6000 at 20x
      totalMaintMargin: "24.00000000", // 0.4 %
      availableBalance: "99706.90315000",
    });
    await alice.ok("POST", order, {
      symbol: "BTCUSDT",
      side: "BUY",
      type: "LIMIT",
      timeInForce: "GTC",
      quantity: "0.1",
      price: "59000",
    });
    const resting = await alice.ok("GET", "/fapi/v3/accountWithJoinMargin");
    expect(resting.totalOpenOrderInitialMargin).toBe("295.00000000"); // 5900 at 20x
    expect(resting.positions[0].openOrderInitialMargin).toBe("295");
    const [position] = resting.positions;
    expect(position).toMatchObject({
      symbol: "BTCUSDT",
      positionAmt: "0.100",
      entryPrice: "59910",
      unrealizedProfit: "9.00000000",
      leverage: "20",
      isolated: false,
      positionSide: "BOTH",
    });
    const [row] = await alice.ok("GET", "/fapi/v3/positionRisk", { symbol: "BTCUSDT" });
    expect(row).toMatchObject({
      unRealizedProfit: "9.00000000",
      markPrice: "60000.00000000",
      maxNotionalValue: "10000000",
      marginType: "cross",
    });
  });

  it("of an isolated position stand on their own, with a price at which it ends", async () => {
    expect(await alice.ok("POST", "/fapi/v3/marginType", { symbol: "BTCUSDT", marginType: "ISOLATED" })).toEqual(
      sample("futures-rest-marginType"),
    );
    await buy("0.1");
    const [row] = await alice.ok("GET", "/fapi/v3/positionRisk", { symbol: "BTCUSDT" });
    expect(row).toMatchObject({ marginType: "isolated", isolatedWallet: "299.55" });
    const liquidation = Number(row.liquidationPrice);
    // (wallet + cum − q·entry) / (q·(rate − 1))
    expect(liquidation).toBeCloseTo((299.55 - 5991) / (0.1 * (0.004 - 1)), 0);
    const answer = await alice.ok("POST", "/fapi/v3/positionMargin", { symbol: "BTCUSDT", amount: "100", type: 1 });
    expect(answer).toEqual(sample("futures-rest-positionMargin"));
    expect((await alice.ok("GET", "/fapi/v3/positionRisk", { symbol: "BTCUSDT" }))[0].isolatedWallet).toBe("399.55");
    const [asset] = (await alice.ok("GET", "/fapi/v3/accountWithJoinMargin")).assets.filter(
      (each: { asset: string }) => each.asset === "USDT",
    );
    expect(new Big(asset.walletBalance).minus(asset.crossWalletBalance).toFixed(2)).toBe("399.55");
    expect(
      lacks(
        await alice.ok("GET", "/fapi/v3/positionMargin/history", { symbol: "BTCUSDT" }),
        sample("futures-rest-positionMarginHistory"),
      ),
    ).toEqual([]);
    expect(await alice.code("POST", "/fapi/v3/positionMargin", { symbol: "BTCUSDT", amount: "390", type: 2 })).toBe(
      -4051,
    );
    expect(await alice.code("POST", "/fapi/v3/positionMargin", { symbol: "BTCUSDT", amount: "1000000", type: 1 })).toBe(
      -4050,
    );
    expect(await alice.code("POST", "/fapi/v3/positionMargin", { symbol: "ETHUSDT", amount: "1", type: 1 })).toBe(
      -4049,
    );
  });

  it("in multi-assets mode show the whole of what is free in every asset", async () => {
    played.site("futures").exchange.credit("alice", "BTC", "1");
    expect(await alice.ok("POST", "/fapi/v3/multiAssetsMargin", { multiAssetsMargin: "true" })).toEqual(
      sample("futures-rest-multiAssetsMargin-set"),
    );
    expect(await alice.ok("GET", "/fapi/v3/multiAssetsMargin")).toEqual({ multiAssetsMargin: true });
    const { assets, availableBalance } = await alice.ok("GET", "/fapi/v3/accountWithJoinMargin");
    const of = (name: string) => assets.find(({ asset }: { asset: string }) => asset === name);
    expect(Number(availableBalance)).toBe(157_000); // 100,000 and 95 % of one BTC at 60,000
    expect(Number(of("ASTER").availableBalance)).toBeGreaterThan(0);
    expect(of("ASTER").walletBalance).toBe("0.00000000");
    expect(await alice.code("POST", "/fapi/v3/marginType", { symbol: "BTCUSDT", marginType: "ISOLATED" })).toBe(-4168);
  });
});

describe("settings", () => {
  it("of the position mode", async () => {
    const dual = "/fapi/v3/positionSide/dual";
    expect(await alice.code("POST", dual, { dualSidePosition: "false" })).toBe(-4059);
    expect(await alice.ok("POST", dual, { dualSidePosition: "TRUE" })).toEqual(
      sample("futures-rest-positionSideDual-set"),
    );
    expect(await alice.ok("GET", dual)).toEqual(sample("futures-rest-positionSideDual-get"));
    expect(await alice.code("POST", order, { symbol: "BTCUSDT", side: "BUY", type: "MARKET", quantity: "0.1" })).toBe(
      -4061,
    );
    await buy("0.1", { positionSide: "LONG" });
    await sell("0.2", { positionSide: "SHORT" });
    expect(
      await alice.code("POST", order, {
        symbol: "BTCUSDT",
        side: "SELL",
        type: "MARKET",
        quantity: "0.1",
        positionSide: "LONG",
        reduceOnly: true,
      }),
    ).toBe(-4062);
    const rows = await alice.ok("GET", "/fapi/v3/positionRisk", { symbol: "BTCUSDT" });
    expect(lacks(rows, sample("futures-rest-positionRisk-hedge"))).toEqual([]);
    expect(rows.map(({ positionSide, positionAmt }: Record<string, string>) => [positionSide, positionAmt])).toEqual([
      ["LONG", "0.100"],
      ["SHORT", "-0.200"],
    ]);
    expect(lacks(await alice.ok("GET", "/fapi/v3/adlQuantile"), [sample("futures-rest-adlQuantile")[0]])).toEqual([]);
    expect(await alice.code("POST", dual, { dualSidePosition: "false" })).toBe(-4068);
    await sell("0.1", { positionSide: "LONG" });
    await buy("0.2", { positionSide: "SHORT" });
    await alice.ok("POST", order, {
      symbol: "BTCUSDT",
      side: "BUY",
      type: "LIMIT",
      timeInForce: "GTC",
      price: "59000",
      quantity: "0.1",
      positionSide: "LONG",
    });
    expect(await alice.code("POST", dual, { dualSidePosition: "false" })).toBe(-4067);
  });

  it("of leverage and margin type", async () => {
    expect(await alice.ok("POST", "/fapi/v3/leverage", { symbol: "BTCUSDT", leverage: 100 })).toEqual({
      leverage: 100,
      maxNotionalValue: "250000",
      symbol: "BTCUSDT",
    });
    expect(
      lacks(
        await alice.ok("POST", "/fapi/v3/leverage", { symbol: "BTCUSDT", leverage: 21 }),
        sample("futures-rest-leverage"),
      ),
    ).toEqual([]);
    expect(await alice.code("POST", "/fapi/v3/leverage", { symbol: "BTCUSDT", leverage: 126 })).toBe(-4028);
    expect(await alice.code("POST", "/fapi/v3/marginType", { symbol: "BTCUSDT", marginType: "CROSSED" })).toBe(-4046);
    await alice.ok("POST", order, {
      symbol: "BTCUSDT",
      side: "BUY",
      type: "LIMIT",
      timeInForce: "GTC",
      price: "59000",
      quantity: "0.1",
    });
    expect(await alice.code("POST", "/fapi/v3/marginType", { symbol: "BTCUSDT", marginType: "ISOLATED" })).toBe(-4047);
    await alice.ok("DELETE", "/fapi/v3/allOpenOrders", { symbol: "BTCUSDT" });
    await buy();
    expect(await alice.code("POST", "/fapi/v3/marginType", { symbol: "BTCUSDT", marginType: "ISOLATED" })).toBe(-4048);
  });

  it("that are told: brackets, fees, what may still be opened", async () => {
    expect(
      lacks(await alice.ok("GET", "/fapi/v3/leverageBracket"), sample("futures-rest-leverageBracket-all")),
    ).toEqual([]);
    const one = await alice.ok("GET", "/fapi/v3/leverageBracket", { symbol: "BTCUSDT" });
    expect(lacks(one, sample("futures-rest-leverageBracket"))).toEqual([]);
    expect(one.brackets.slice(0, 3)).toMatchObject([
      { bracket: 1, initialLeverage: 125, notionalFloor: 0, notionalCap: 50_000, maintMarginRatio: 0.004, cum: 0 },
      { bracket: 2, cum: 50 },
      { bracket: 3, cum: 1300 },
    ]);
    expect(await alice.ok("GET", "/fapi/v3/commissionRate", { symbol: "BTCUSDT" })).toEqual({
      symbol: "BTCUSDT",
      makerCommissionRate: "0.000100",
      takerCommissionRate: "0.000350",
    });
    const left = (
      await alice.v1("GET", "/fapi/v1/remainingOpenableNotionalValue", { symbol: "BTCUSDT", leverage: 125 })
    ).json;
    expect(lacks(left, sample("futures-rest-v1-remainingOpenableNotionalValue"))).toEqual([]);
    expect(left.remainingOpenableNotionalValue).toBe(50_000);
  });

  it("of makers and agents", async () => {
    const mmp = {
      symbol: "BTCUSDT",
      windowTimeInMilliseconds: 5000,
      frozenTimeInMilliseconds: 10_000,
      qtyLimit: "10",
      valueLimit: "200000000",
      deltaLimit: "100000000",
    };
    expect(await alice.ok("POST", "/fapi/v3/mmp", mmp)).toBe(true);
    expect(await alice.ok("GET", "/fapi/v3/mmp", { symbol: "BTCUSDT" })).toEqual(sample("futures-rest-mmp-get"));
    expect(await alice.ok("POST", "/fapi/v3/mmpReset", { symbol: "BTCUSDT" })).toBe(true);
    expect(await alice.ok("DELETE", "/fapi/v3/mmp", { symbol: "BTCUSDT" })).toBe(true);
    expect(await alice.ok("GET", "/fapi/v3/mmp")).toEqual([]);
    expect(lacks(await alice.ok("GET", "/fapi/v3/agent"), sample("futures-rest-agent-list"))).toEqual([]);
    expect(await alice.ok("GET", "/fapi/v3/builder")).toEqual([]);
    const direct = await alice.ok("GET", "/fapi/v3/announcement/direct", { page: 1, size: 5 });
    expect(lacks(direct, sample("futures-rest-announcementDirect"))).toEqual([]);
    expect((await alice.ok("GET", "/fapi/v3/announcement/directById", { id: direct.rows[0].id })).id).toBe(
      direct.rows[0].id,
    );
  });
});

describe("history", () => {
  it("of fills and income adds up to the wallet exactly", async () => {
    await buy("1.5");
    await sell("1.5");
    const fills = await alice.ok("GET", "/fapi/v3/userTrades", { symbol: "BTCUSDT" });
    expect(lacks(fills, sample("futures-rest-userTrades"))).toEqual([]);
    // bought 1 at 59,910 and 0.5 at 59,920, sold 1 at 59,900 and 0.5 at 59,890
    const sum = (rows: readonly Record<string, string>[], key: string) =>
      rows.reduce((total, row) => total.plus(row[key] ?? "0"), new Big(0));
    expect(sum(fills, "realizedPnl").toFixed()).toBe("-25");
    const income = await alice.ok("GET", "/fapi/v3/income");
    expect(lacks(income, sample("futures-rest-income"))).toEqual([]);
    const [{ balance }] = await alice.ok("GET", "/fapi/v3/balance");
    expect(sum(income, "income").plus(100_000).toFixed(8)).toBe(balance);
    expect((await alice.ok("GET", "/fapi/v3/income", { incomeType: "REALIZED_PNL" })).length).toBe(2);
    expect((await alice.ok("GET", "/fapi/v3/userTrades", { symbol: "BTCUSDT", fromId: fills[1].id })).length).toBe(
      fills.length - 1,
    );
    expect(await alice.code("GET", "/fapi/v3/userTrades", { symbol: "BTCUSDT", fromId: 1, startTime: 1 })).toBe(-1128);
  });

  it("of funding", async () => {
    await buy("1");
    played.futures.source.hands.mark(btc, 599_050, 599_000, {
      rate: 0.001,
      at: (played.site("futures").exchange.now() + 1000) as never,
    });
    played.pass(9 * 3_600_000);
    const [fee] = await alice.ok("GET", "/fapi/v3/income", { incomeType: "FUNDING_FEE" });
    expect(fee).toMatchObject({ symbol: "BTCUSDT", asset: "USDT", tradeId: "" });
    expect(Number(fee.income)).toBeLessThan(0);
  });

  it("of liquidations, under the venue's own names", async () => {
    await alice.ok("POST", "/fapi/v3/leverage", { symbol: "BTCUSDT", leverage: 50 });
    played.futures.offer(btc, "sell", 599_300, 50_000);
    await buy("15");
    played.futures.offer(btc, "buy", 540_000, 100_000);
    played.futures.mark(btc, 535_000);
    played.pass(10);
    const rows = await alice.ok("GET", "/fapi/v3/forceOrders", { symbol: "BTCUSDT" });
    expect(lacks(rows, sample("futures-rest-forceOrders"))).toEqual([]);
    expect(rows[0]).toMatchObject({ side: "SELL", clientOrderId: expect.stringMatching(/^autoclose-/) });
    expect(await alice.ok("GET", "/fapi/v3/forceOrders", { autoCloseType: "ADL" })).toEqual([]);
  });
});

describe("transfers", () => {
  const transfer = "/fapi/v3/asset/wallet/transfer";

  it("move money between the two exchanges exactly, once for each id", async () => {
    const spot = played.caller("spot");
    const words = { amount: "1234.56789", asset: "USDT", clientTranId: "t1", kindType: "FUTURE_SPOT" };
    expect(lacks(await alice.ok("POST", transfer, words), sample("futures-rest-transfer"))).toEqual([]);
    const futuresOf = async () => (await alice.ok("GET", "/fapi/v3/balance"))[0].balance;
    const spotOf = async () => (await spot.ok("GET", "/api/v3/account")).balances[0].free;
    expect([await futuresOf(), await spotOf()]).toEqual(["98765.43211000", "101234.56789000"]);
    expect(await alice.code("POST", transfer, words)).toBe(-4115);
    expect(await spot.code("POST", "/api/v3/asset/wallet/transfer", words)).toBe(-4115);
    await spot.ok("POST", "/api/v3/asset/wallet/transfer", { ...words, clientTranId: "t2", kindType: "SPOT_FUTURE" });
    expect([await futuresOf(), await spotOf()]).toEqual(["100000.00000000", "100000.00000000"]);
    const moved = await alice.ok("GET", "/fapi/v3/income", { incomeType: "TRANSFER" });
    expect(moved.map(({ income }: { income: string }) => income)).toEqual(["-1234.56789000", "1234.56789000"]);
  });

  it("are refused beyond what is free", async () => {
    await buy("2");
    const ask = (amount: string, id: string) =>
      alice.code("POST", transfer, { amount, asset: "USDT", clientTranId: id, kindType: "FUTURE_SPOT" });
    expect(await ask("99000", "a")).toBe(-2018);
    expect(await ask("0", "b")).toBe(-4055);
    expect(await ask("1", "x".repeat(64))).toBe(-4114);
    expect(await ask("90000", "c")).toBeUndefined();
  });
});

describe("startSandbox", () => {
  it("frees everything when a port of Aster is in use", async () => {
    const { port } = new URL(played.site("spot").rest);
    const error: unknown = await playAster({ spot: { port: Number(port) } }).catch((thrown: unknown) => thrown);
    expect(isBpError(error, "config/conflict")).toBe(true);
  });
});

import { instrument } from "@bp/core";
import { describe, expect, it } from "vitest";
import { fixture } from "../../test/venue.ts";
import { accountAnswer } from "../rest/futures/account/get.ts";
import { balancesOf, positionsOf } from "./futuresAccount.ts";

const live = accountAnswer.parse(fixture("futures-rest-v4-account.live.json"));
const asset = (name: string, walletBalance: string, availableBalance: string) =>
  ({ ...live.assets[0], asset: name, walletBalance, availableBalance }) as (typeof live.assets)[number];
const account = (assets: readonly (typeof live.assets)[number][], availableBalance: string) =>
  ({ ...live, assets: [...assets], availableBalance }) as typeof live;
const quotes = new Set(["USDT"]);

describe("balancesOf", () => {
  it("tells each wallet, and what is free of it", () => {
    const two = account([asset("USDT", "120.5", "80.25"), asset("BNB", "2", "2")], "80.25");
    expect(balancesOf(two, quotes, false)).toEqual([
      { asset: "USDT", total: "120.5", free: "80.25" },
      { asset: "BNB", total: "2", free: "2" },
    ]);
  });

  it("counts the money of multi-assets mode once, although every asset tells all of it", () => {
    const shared = account(
      [asset("USDT", "0", "39.9"), asset("BTC", "0.001", "0.00041"), asset("ASTER", "0", "39.89")],
      "39.88",
    );
    expect(balancesOf(shared, quotes, true)).toEqual([
      { asset: "USDT", total: "0", free: "39.88" },
      { asset: "BTC", total: "0.001", free: "0" },
    ]);
  });

  it("leaves out empty wallets but for those that the open markets settle in", () => {
    expect(balancesOf(account([asset("USDT", "0.00", "0"), asset("ETH", "0.0", "0")], "0"), quotes, false)).toEqual([
      { asset: "USDT", total: "0.00", free: "0" },
    ]);
  });
});

describe("positionsOf", () => {
  const btc = instrument({
    id: "aster-futures:BTCUSDT",
    kind: "perp",
    base: "BTC",
    quote: "USDT",
    tickSize: "0.1",
    lotSize: "0.001",
  });
  const row = (positionSide: string, positionAmt: string, entryPrice: string) =>
    ({
      ...live.positions[0],
      symbol: "BTCUSDT",
      positionSide,
      positionAmt,
      entryPrice,
    }) as (typeof live.positions)[number];
  const of = (...positions: (typeof live.positions)[number][]) =>
    positionsOf({ ...live, positions }, new Map([["BTCUSDT", btc]]), () => undefined);

  it("leaves out flat ones and markets that nobody asked for", () => {
    expect(of(row("BOTH", "0.000", "0.0"), { ...row("BOTH", "5", "1"), symbol: "ETHUSDT" })).toEqual([]);
  });

  it("has the sign of the position in size and cost", () => {
    expect(of(row("BOTH", "-0.002", "60000.5"))).toEqual([{ instrument: btc.id, size: -2, cost: "-120.001" }]);
  });

  it("adds long and short of hedge mode up to what is held on the whole", () => {
    expect(of(row("LONG", "0.005", "60000"), row("SHORT", "-0.002", "61000"))).toEqual([
      { instrument: btc.id, size: 3, cost: "178" },
    ]);
  });
});

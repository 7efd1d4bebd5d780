import { lots } from "@bp/core";
import { describe, expect, it } from "vitest";
import { asking, hold, order, passed, perp, perp2, quote, spot, told, world } from "../scene.fixture.ts";
import { funds } from "./funds.ts";

const at = (side: "buy" | "sell", price: number, size = 50) => quote(side, price, size, { instrument: spot.id });
const six = [
  at("buy", 14_962),
  at("buy", 14_960),
  at("buy", 14_958),
  at("sell", 15_038),
  at("sell", 15_040),
  at("sell", 15_042),
];

describe("funds: spot", () => {
  it("S2.4 lets two buys and three sells through when the quote balance is enough for two, and says so once", () => {
    const w = world();
    w.balances["USDC"] = "149.61"; // 74.81 + 74.80, to the cent
    const { judge } = asking([funds()], w);
    const judged = judge(six);
    expect(passed(judged)).toEqual([
      "buy 14962 x 50",
      "buy 14960 x 50",
      "sell 15038 x 50",
      "sell 15040 x 50",
      "sell 15042 x 50",
    ]);
    expect(told(judged)).toEqual(["funds: not enough funds to buy 0.50 SOL: 149.61 USDC, enough for 0.00 more"]);
    expect(told(judge(six))).toEqual([]);
  });

  it("counts what our own orders lock with them, and lets what stands stay", () => {
    const w = world();
    w.balances["USDC"] = "149.61";
    for (const each of six.slice(0, 2)) w.orders.push(order(each));
    const { judge } = asking([funds()], w);
    expect(passed(judge(six.slice(0, 3)))).toEqual(["buy 14962 x 50", "buy 14960 x 50"]);
    // The first moves up by a tick: one lot less could be paid.
    const moved = at("buy", 14_963);
    expect(passed(judge([{ ...moved, slot: "buy.14962" }, at("buy", 14_960)]))).toEqual(["buy 14960 x 50"]);
  });

  it("refuses sells beyond the base balance", () => {
    const w = world();
    w.balances["SOL"] = "1.2";
    const judged = asking([funds()], w).judge(six.slice(3));
    expect(passed(judged)).toEqual(["sell 15038 x 50", "sell 15040 x 50"]);
    expect(told(judged)).toEqual(["funds: not enough funds to sell 0.50 SOL: 1.2 SOL, enough for 0.20 more"]);
  });

  it("trims holds to what can be paid", () => {
    const w = world();
    w.balances["USDC"] = "150.16";
    expect(passed(asking([funds()], w).judge([hold(110, 15_016, { instrument: spot.id })]))).toEqual(["hold 100"]);
    w.balances["SOL"] = "0.5";
    expect(passed(asking([funds()], w).judge([hold(-110, 14_985, { instrument: spot.id })]))).toEqual(["hold -50"]);
  });

  it("refuses while a balance is unknown", () => {
    const w = world();
    w.balances["USDC"] = undefined;
    w.balances["SOL"] = undefined;
    expect(told(asking([funds()], w).judge([at("buy", 14_962), at("sell", 15_038)]))).toEqual([
      "funds: the balance of USDC is not known",
      "funds: the balance of SOL is not known",
    ]);
  });
});

describe("funds: perpetuals", () => {
  it("holds the worst case against margin: 1000 at 10 times is 66.66 SOL at 150", () => {
    const { judge } = asking([funds({ leverage: 10 })], world());
    expect(passed(judge([quote("buy", 15_000, 6_666)]))).toHaveLength(1);
    const judged = judge([quote("buy", 15_000, 6_667), quote("sell", 15_010, 6_666)]);
    expect(passed(judged)).toEqual(["sell 15010 x 6666"]);
    expect(told(judged)).toEqual([
      "funds: not enough funds to buy 66.67 SOL: margin of 1000.00 USDC, enough for 66.66 more",
    ]);
  });

  it("takes the market's own margin without a leverage, and counts other markets and what works", () => {
    const w = world();
    w.positions[perp2.id] = -20_000; // 30,000 of the 50,000 that 1000 carry at 2 %
    w.orders.push(order(quote("buy", 14_000, 10_000, { slot: "leaving" }), { filled: lots(0) }));
    const { judge } = asking([funds({ markets: [perp.id, perp2.id] })], w);
    expect(passed(judge([quote("buy", 15_000, 3_333)]))).toHaveLength(1);
    expect(passed(judge([quote("buy", 15_000, 3_334)]))).toHaveLength(0);
  });

  it("lets reductions through whatever the margin, and nothing else while something is unknown", () => {
    const w = world();
    w.positions[perp.id] = 600;
    w.balances["USDC"] = "0";
    const { judge } = asking([funds()], w);
    expect(passed(judge([hold(0), quote("buy", 14_962, 1)]))).toEqual(["hold 0"]);
    w.balances["USDC"] = undefined;
    expect(told(judge([quote("buy", 14_960, 1)]))).toEqual(["funds: what the account holds is not known"]);
  });
});

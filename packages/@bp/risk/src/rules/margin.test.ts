import { describe, expect, it } from "vitest";
import {
  asking,
  hold,
  holding,
  order,
  passed,
  perp,
  perp2,
  perpB,
  quote,
  spot,
  told,
  world,
} from "../scene.fixture.ts";
import { margin } from "./margin.ts";

const markets = [perp.id, perpB.id, perp2.id, spot.id];

describe("margin", () => {
  it("takes up to what the wallet has at the leverage that is set, and says what is needed and what is there", () => {
    const { judge } = asking([margin({ markets, leverage: 10 })], world());
    expect(passed(judge([quote("buy", 15_000, 6_666)]))).toHaveLength(1); // 66.66 SOL at 150, a tenth: 999.90
    const judged = judge([quote("buy", 15_000, 6_667)]);
    expect(told(judged)).toEqual([
      "margin: initial margin of 1000.05 USDC needed with everything that works, 1000.00 available at backpack",
    ]);
  });

  it("takes the market's own function where it asks for more: base, and from 111,111 USDC on the root of the notional", () => {
    const w = world();
    const fits = (equity: string, size: number) => {
      w.balances["USDC"] = equity;
      return passed(asking([margin({ markets, leverage: 100 })], w).judge([quote("buy", 15_000, size)])).length === 1;
    };
    expect([fits("300", 10_000), fits("299.99", 10_000)]).toEqual([true, false]); // 15,000 at 2 %
    // 240,000: 0.00006 × sqrt(240,000) = 2.9394 %
    expect([fits("7054.54", 160_000), fits("7054.53", 160_000)]).toEqual([true, false]);
  });

  it("adds up all markets of a wallet, what works and what is approved; another account has its own", () => {
    const w = world();
    w.positions[perpB.id] = -3_000; // 4,500: 450
    w.orders.push(order(quote("buy", 15_000, 1_000, { slot: "leaving" }))); // 1,500: 150
    const { judge } = asking([margin({ markets, leverage: 10 })], w);
    const at = (slot: string, size: number, instrument = perp.id) => quote("buy", 15_000, size, { slot, instrument });
    expect(passed(judge([at("a", 1_000), at("b", 1_600), at("c", 67), at("d", 66)]))).toEqual([
      "buy 15000 x 1000",
      "buy 15000 x 1600",
      "buy 15000 x 66",
    ]);
    expect(passed(judge([at("e", 6_666, perp2.id)]))).toHaveLength(1);
    // The other side asks for nothing more before it is the worse one.
    expect(passed(judge([quote("sell", 15_000, 3_666)]))).toHaveLength(1);
  });

  it("counts open results, what is not ours, and what spot buys hold", () => {
    const w = world();
    const room = () =>
      passed(asking([margin({ markets, leverage: 10 })], w).judge([hold(9_999, 15_000)])).map((each) => each)[0];
    expect(room()).toBe("hold 6666");
    w.externals[perp.id] = 666;
    expect(room()).toBe("hold 6000");
    w.externals[perp.id] = 0;
    w.orders.push(order(quote("buy", 10_000, 600, { instrument: spot.id, slot: "spot" }))); // 600 USDC
    expect(room()).toBe("hold 2666");
    w.orders.pop();
    w.positions[perpB.id] = 100;
    w.holdings[perpB.id] = holding(100, "265"); // lost 115 on 150
    expect(room()).toBe("hold 5800");
  });

  it("keeps a share free if told to, and takes leverage by market", () => {
    const size = (options: Parameters<typeof margin>[0]) =>
      passed(asking([margin(options)], world()).judge([hold(99_999, 15_000)]))[0];
    expect(size({ markets, leverage: 10, minRatio: 2 })).toBe("hold 3333");
    expect(size({ markets, leverage: { [perp.id]: 5 } })).toBe("hold 3333");
    expect(size({ markets, leverage: { [perpB.id]: 5 } })).toBe("hold 33333"); // 2 % of its own
  });

  it("lets reductions through, also of an account that is short of margin, and what asks for no more", () => {
    const w = world();
    w.positions[perp.id] = 9_000;
    const { judge } = asking([margin({ markets, leverage: 10 })], w);
    expect(passed(judge([hold(0), quote("buy", 14_962, 1)]))).toEqual(["hold 0"]);
    w.positions[perp.id] = 9_000;
    expect(passed(judge([quote("sell", 15_000, 10_000)]))).toHaveLength(1); // through zero: at most 1,000 the other way
  });

  it("says nothing of spot, and adds nothing while something is unknown", () => {
    const w = world();
    w.balances["USDC"] = undefined;
    const { judge } = asking([margin({ markets })], w);
    expect(told(judge([quote("buy", 14_962, 1), quote("buy", 14_962, 1, { instrument: spot.id, slot: "s" })]))).toEqual(
      ["margin: the margin of backpack is not known"],
    );
    w.balances["USDC"] = "1000";
    w.positions[perpB.id] = undefined;
    expect(passed(judge([quote("buy", 14_960, 1)]))).toEqual([]);
  });
});

import { Big, decimal, type Instrument, instrument, lots, millis, type Side, ticks } from "@bp/core";
import { createExchange, type OrderRequest, scriptedMarket } from "@bp/sim";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { liquidationPrice } from "./liquidationPrice.ts";
import { marginRate } from "./wallet.ts";

const sol = instrument({
  id: "backpack:SOL_USDC_PERP",
  kind: "perp",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
});
const eth = instrument({
  id: "backpack:ETH_USDC_PERP",
  kind: "perp",
  base: "ETH",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.0001",
});
const maintenanceOf = ({ margin }: Instrument) => {
  if (margin === undefined) throw new Error("no perpetual");
  return margin.maintenance;
};
const fixed = { base: decimal("0.0125"), factor: decimal("0") };

/** An account at the exchange that has traded with others at 100.00 (SOL) and 4,000.00 (ETH). */
function account(
  wallet: string,
  trades: readonly { readonly of: Instrument; readonly side: Side; readonly size: number }[],
) {
  const market = scriptedMarket([sol, eth]);
  const accounts = [{ name: "alice", balances: { USDC: wallet }, leverage: 50 }];
  const exchange = createExchange({ start: millis(1_700_000_000_000), market, accounts, liquidationFee: "0" });
  market.hands.mark(sol.id, 10_000, 10_000);
  market.hands.mark(eth.id, 400_000, 400_000);
  for (const { of, side, size } of trades) {
    const order: Omit<OrderRequest, "side" | "tif"> = {
      instrument: of.id,
      type: "limit",
      price: ticks(of === sol ? 10_000 : 400_000),
      size: lots(size),
      postOnly: false,
      reduceOnly: false,
      selfTradePrevention: "reject-taker",
    };
    market.hands.place({ ...order, side: side === "buy" ? "sell" : "buy", tif: "gtc" });
    exchange.place("alice", { ...order, side, tif: "ioc" });
  }
  const positions = exchange.positions("alice");
  const equity = positions.reduce(
    (sum, { unrealized }) => sum.plus(unrealized),
    new Big(exchange.balances("alice").find(({ asset }) => asset === "USDC")?.total ?? "0"),
  );
  return { market, exchange, positions, equity: equity.toNumber() };
}

describe("liquidationPrice", () => {
  it("is where the equity is what the venue asks for", () => {
    // 10 at 100 on 500: at 50.6329 the equity is 6.329, which is 1.25 % of 506.329.
    expect(liquidationPrice({ size: 10, mark: 100, equity: 500, maintenance: fixed })).toBeCloseTo(50.6329, 4);
    expect(liquidationPrice({ size: -10, mark: 100, equity: 500, maintenance: fixed })).toBeCloseTo(148.1481, 4);
    const beside = liquidationPrice({ size: 10, mark: 100, equity: 500, maintenance: fixed, elsewhere: 100 });
    expect(beside).toBeCloseTo(60.7595, 4);
  });

  it("does not exist where the equity pays for a fall to nothing", () => {
    expect(liquidationPrice({ size: 10, mark: 100, equity: 1_000, maintenance: fixed })).toBeUndefined();
    expect(liquidationPrice({ size: -10, mark: 100, equity: 1_000, maintenance: fixed })).toBeCloseTo(197.5309, 4);
  });

  it("is beyond the mark for an account that is due", () => {
    expect(liquidationPrice({ size: 100, mark: 100, equity: 100, maintenance: fixed })).toBeGreaterThan(100);
    expect(liquidationPrice({ size: -100, mark: 100, equity: 100, maintenance: fixed })).toBeLessThan(100);
  });

  it("is the simulated exchange's own figure, with another position beside it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 90_000 }),
        fc.integer({ min: 0, max: 100_000 }),
        fc.constantFrom<Side>("buy", "sell"),
        fc.constantFrom<Side>("buy", "sell"),
        (size, others, side, other) => {
          const { positions, equity } = account("20000", [
            { of: sol, side, size },
            ...(others === 0 ? [] : [{ of: eth, side: other, size: others }]),
          ]);
          const held = positions.find((each) => each.instrument === sol.id);
          const beside = positions.find((each) => each.instrument === eth.id);
          if (held === undefined) throw new Error("the order was not taken");
          const notional = Math.abs(beside?.size ?? 0) * 0.0001 * 4_000;
          const ours = liquidationPrice({
            size: held.size / 100,
            mark: 100,
            equity,
            maintenance: maintenanceOf(sol),
            elsewhere: notional * marginRate(maintenanceOf(eth), notional),
          });
          // Theirs holds the rate of the size as it is; ours follows it, which shows above 120,563 USDC.
          fc.pre(Math.abs(held.size / 100) * Math.max(100, ours ?? 0) < 120_000);
          expect((ours ?? 0) * 100).toBeCloseTo(held.liquidationPrice ?? 0, 3); // in ticks, told with four decimals; 0: none
        },
      ),
      { numRuns: 200 },
    );
  });

  it("is where the simulated exchange does liquidate, also where the rate grows with the notional", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 700_000 }), fc.constantFrom<Side>("buy", "sell"), (size, side) => {
        const wallet = String(Math.ceil(size * 0.12));
        const { exchange, market, positions, equity } = account(wallet, [{ of: sol, side, size }]);
        const held = positions[0]?.size ?? 0;
        const end = liquidationPrice({ size: held / 100, mark: 100, equity, maintenance: maintenanceOf(sol) });
        if (end === undefined) throw new Error("nothing would end it");
        const away = side === "buy" ? 1 : -1;
        const fell = () => exchange.positions("alice")[0]?.size !== held;
        // Somebody is there to take it.
        market.hands.level(sol.id, side === "buy" ? "bid" : "ask", ticks(Math.round(end * 100)), lots(10_000_000));
        market.hands.mark(sol.id, end * 100 + away * 0.01, end * 100);
        expect(fell()).toBe(false);
        market.hands.mark(sol.id, end * 100 - away * 0.01, end * 100);
        expect(fell()).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

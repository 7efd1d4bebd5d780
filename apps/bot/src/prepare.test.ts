import { instrument } from "@bp/core";
import { describe, expect, it } from "vitest";
import type { Source } from "./config/finding.ts";
import { checkPreparation, sellOffOf } from "./prepare.ts";
import { sizeConflicts } from "./sizes.ts";
import { memoryStage } from "./stage/memory.ts";
import { marketsAt } from "./stage/stage.ts";

describe("sellOffOf", () => {
  const at = async (consent: readonly string[] | undefined) => {
    const stage = memoryStage({
      seed: 1,
      accounts: new Map([["backpack", "alice"]]),
      balances: { USDC: "5000", SOL: "1", BTC: "0.0001" },
    });
    const told: string[] = [];
    const prepare = consent === undefined ? {} : { sellOff: { venue: "backpack", minValue: "10", consent } };
    const tell = (line: string) => void told.push(line);
    const stop = new AbortController().signal;
    const sale = await sellOffOf({ stage, config: { prepare }, stop, tell }, await marketsAt(stage));
    return { sale, told };
  };

  it("S1.27 sells what is worth enough and was named: 1 SOL of about 150, not 0.0001 BTC of about 6", async () => {
    const { sale, told } = await at(["SOL", "BTC"]);
    expect(sale).toEqual({
      name: "sell-off",
      use: "sell-off",
      params: { markets: [{ instrument: "backpack:SOL_USDC", size: "1.00" }] },
    });
    expect(told).toEqual([expect.stringMatching(/^1\.00 SOL \(about 1\d\d\.\d\d USDC\) will be sold first$/)]);
  });

  it("S1.27 leaves alone what was not named, and says so", async () => {
    const { sale, told } = await at(["BTC"]);
    expect(sale).toBeUndefined();
    expect(told).toEqual([expect.stringMatching(/^1 SOL .* are left alone: you have not named them$/)]);
  });

  it("S1.27 does nothing unasked", async () => {
    expect(await at(undefined)).toEqual({ sale: undefined, told: [] });
  });
});

describe("checkPreparation", () => {
  const [sol, btc] = ["backpack:SOL_USDC_PERP", "backpack:BTC_USDC_PERP"] as const;
  it.for([
    [{ clearOrders: ["backpack-2:SOL_USDC_PERP"] }, /backpack-2.*SOL_USDC_PERP/],
    [{ clearOrders: ["backpack:SOL_USD_PERP"] }, /SOL_USD_PERP.*SOL_USDC_PERP/],
    [{ leverage: { "backpack-2:SOL_USDC_PERP": 3 } }, /backpack-2/],
    [{ leverage: { [sol]: 3, [btc]: 20 } }, /cannot be 3 and 20: it is that of the whole account/],
    [{ sellOff: { venue: "aster-spot", minValue: "10", consent: ["SOL"] } }, /sold on aster-spot, and no account/],
  ] as const)("refuses %j instead of passing it over", async ([prepare, says]) => {
    const known = await marketsAt(memoryStage({ seed: 1, accounts: new Map([["backpack", "alice"]]), balances: {} }));
    expect(() => checkPreparation({ prepare }, known)).toThrow(says);
    expect(() =>
      checkPreparation({ prepare: { leverage: { [sol]: 3, [btc]: 3 }, clearOrders: [sol] } }, known),
    ).not.toThrow();
  });
});

describe("checkPreparation, of leverage", () => {
  const sol = "backpack:SOL_USDC_PERP";
  const at = async (times: number, sources: readonly Source[] = []) => {
    const known = await marketsAt(memoryStage({ seed: 1, accounts: new Map([["backpack", "alice"]]), balances: {} }));
    checkPreparation({ prepare: { leverage: { [sol]: times } }, sources }, known);
  };

  it("refuses more than the market takes before anything is sent, by the name of whoever said it", async () => {
    await at(50);
    await expect(at(51)).rejects.toThrow(
      `prepare.leverage.${sol}: found 51, expected a whole number from 1 to 50, the most that ${sol} takes`,
    );
    const said = [{ to: "prepare.leverage", name: "my.env: TRADING_LEVERAGE", shown: "60" }];
    await expect(at(60, said)).rejects.toThrow(/^my\.env: TRADING_LEVERAGE: found 60, expected .* 1 to 50/);
    const own = [{ to: `prepare.leverage.${sol}`, name: `my.yaml: prepare.leverage.${sol}`, shown: "60" }];
    await expect(at(60, own)).rejects.toThrow(/^my\.yaml: prepare\.leverage\.backpack:SOL_USDC_PERP: found 60/);
  });
});

describe("sizeConflicts", () => {
  const lead = instrument({
    id: "backpack:ASTER_USDC_PERP",
    kind: "perp",
    base: "ASTER",
    quote: "USDC",
    tickSize: "0.0001",
    lotSize: "1",
  });
  const hedge = instrument({
    id: "aster-futures:ASTERUSDT",
    kind: "perp",
    base: "ASTER",
    quote: "USDT",
    tickSize: "0.0001",
    lotSize: "1",
    minNotional: "5",
  });
  const mids = new Map([
    [lead.id, "0.1234"],
    [hedge.id, "0.1234"],
  ]);
  const strategy = (quantity: string) => ({
    name: "hedge",
    use: "hedge",
    params: {
      lead: lead.id,
      hedge: hedge.id,
      quantity,
      offsetPct: "0.2",
      betweenLegsMs: 60_000,
      cycleMs: 60_000,
    },
  });

  it("S3.21 refuses 10 at 0.1234, which the other leg does not take, and names 41", () => {
    const says = (quantity: string) =>
      sizeConflicts(strategy(quantity), [lead, hedge], mids).map(({ message }) => message);
    expect(says("10")).toEqual([
      expect.stringMatching(
        /10 ASTER is worth 1\.234 USDT; aster-futures:ASTERUSDT takes 41 ASTER \(5\.0594 USDT\) or more/,
      ),
    ]);
    expect(says("41")).toEqual([]);
  });
});

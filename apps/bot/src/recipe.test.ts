import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readBotConfig } from "./config/index.ts";
import { recipeOf } from "./recipe.ts";
import { memoryStage } from "./stage/memory.ts";
import { marketsAt } from "./stage/stage.ts";

const root = `${import.meta.dirname}/../../..`;

/** The recipe of one of the samples, in a market that runs at some speed. */
async function recipeAt(file: string, speed: number) {
  const config = await readBotConfig({ file: `${root}/examples/${file}`, flags: { speed: String(speed) }, env: {} });
  const accounts = new Map(Object.keys(config.accounts).map((id) => [id, "alice"]));
  const stage = memoryStage({ seed: 1, accounts, balances: { USDC: "1000", USDT: "1000" } });
  return recipeOf(config, await marketsAt(stage)).recipe;
}

/** A configuration of our own format. */
async function ownConfig(content: object) {
  const folder = mkdtempSync(join(tmpdir(), "bp-recipe-"));
  const file = join(folder, "own.json");
  writeFileSync(file, JSON.stringify(content));
  try {
    return await readBotConfig({ file, env: {} });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("recipeOf", () => {
  it.for(["hedge_futures.yaml", "hedge.yaml", "own/dual-hedge.yaml"])(
    "%s: how long legs may differ follows the market's speed, also where the file says nothing about it",
    async (file) => {
      for (const speed of [1, 60]) {
        const { strategies, graceMs } = await recipeAt(file, speed);
        const { maxNakedMs } = strategies[0]?.params ?? {};
        expect(maxNakedMs).toBe(10_000 * speed);
        expect(graceMs).toBeLessThan(10_000 * speed); // what became of an order is known before
      }
    },
  );

  it("a cap and a pair that a person names stand beside those that follow from the strategies", async () => {
    const [sol, btc, eth] = ["SOL", "BTC", "ETH"].map((coin) => `backpack:${coin}_USDC_PERP`);
    const maker = (name: string, instrument = "") => ({
      name,
      use: "maker",
      params: { instrument, spreadPct: "1", maxPosition: "2", positionThreshold: "1" },
    });
    const long = "backpack:SOL_USDC_PERP";
    const short = "backpack-2:SOL_USDC_PERP";
    const dual = { name: "dual", use: "dual-hedge", params: { long, short, amount: "100" } };
    const limits = { maxPosition: { [String(btc)]: "1" }, pairs: [[String(btc), String(eth)]] };
    const config = await ownConfig({ strategies: [maker("a", btc), maker("b", eth), dual], limits });
    const accounts = new Map([
      ["backpack", "alice"],
      ["backpack-2", "bob"],
    ]);
    const stage = memoryStage({ seed: 1, accounts, balances: { USDC: "1000" } });
    const { recipe } = recipeOf(config, await marketsAt(stage));
    expect(recipe.limits.maxPosition).toEqual({ [String(btc)]: "1", [String(eth)]: "2" });
    expect(recipe.limits.pairs).toEqual([
      [sol, short],
      [btc, eth],
    ]);
    expect(recipe.limits.maxMarketNotional).toEqual({ [long]: "150", [short]: "150" });
  });

  it("a request that a long window keeps alive is not given up, and its order not sent again", async () => {
    const folder = mkdtempSync(join(tmpdir(), "bp-recipe-"));
    const file = join(folder, "loop.yaml");
    writeFileSync(
      file,
      "api_public_key_b64: <key>\napi_secret_key_b64: <key>\nsymbol: SOL_USDC_PERP\nquantity: 1\nwindow: 60000\n",
    );
    const config = await readBotConfig({ file, env: {} });
    rmSync(folder, { recursive: true });
    const stage = memoryStage({ seed: 1, accounts: new Map([["backpack", "alice"]]), balances: { USDC: "1000" } });
    expect(recipeOf(config, await marketsAt(stage)).recipe.graceMs).toBeGreaterThan(60_000);
  });

  it("no strategy may hold more of a perpetual than it needs, nor rest farther away than it does, whatever others do", async () => {
    const [sol, btc, spot] = ["backpack:SOL_USDC_PERP", "backpack:BTC_USDC_PERP", "backpack:SOL_USDC"];
    const grid = { name: "grid", use: "grid", params: { instrument: btc, interval: "100", cells: 5, perCell: "200" } };
    const twice = ["a", "b"].map((name) => ({ name, use: "single", params: { instrument: sol, amount: "100" } }));
    const ladder = {
      name: "ladder",
      use: "ladder",
      params: {
        instrument: spot,
        totalAmount: "100",
        orderCount: 5,
        maxDropPct: 10,
        incrementPct: 0,
        takeProfitPct: 1,
      },
    };
    const config = await ownConfig({ strategies: [grid, ...twice, ladder] });
    const stage = memoryStage({ seed: 1, accounts: new Map([["backpack", "alice"]]), balances: { USDC: "1000" } });
    const { maxMarketNotional, priceBand } = recipeOf(config, await marketsAt(stage)).recipe.limits;
    expect(maxMarketNotional).toEqual({ [btc]: "1500", [sol]: "300" });
    expect(priceBand).toEqual({ [btc]: 0.95, [sol]: 0.2, [spot]: expect.closeTo(0.3, 9) });
  });
});

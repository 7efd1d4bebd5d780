// S1's `backpack_trading_config.json`: S1.24.
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { complaint, example, layFolder, read } from "../files.ts";

const folder = layFolder();
afterAll(() => folder.remove());

const sample = readFileSync(example("backpack_trading_config.json"), "utf8");
const changed = (from: string | RegExp, to: string) => folder.file("changed.json", sample.replace(from, to));
const paramsOf = async (file: string) => (await read(file)).strategies[0]?.params;

describe("S1, backpack_trading_config.json", () => {
  it("S1.24 the README's sample loads with its comments and a trailing comma", async () => {
    const config = await read(example("backpack_trading_config.json"));
    expect(config.system).toBe("ladder");
    expect(config.strategies).toEqual([
      {
        name: "ladder",
        use: "ladder",
        params: {
          instrument: "backpack:BTC_USDC",
          totalAmount: "1000",
          orderCount: 9,
          maxDropPct: "7",
          incrementPct: "50",
          takeProfitPct: "0.2",
          tpMode: "net",
          minOrderAmount: "10",
          priceStep: "1", // 0 decimals are decimals
          quantityStep: "0.00001",
          minQuantity: "0.00001",
          restartAfterTakeProfit: true,
          reanchorOnNoFill: true,
          noFillRestartMs: 180_000,
        },
      },
    ]);
    expect(config.prepare).toEqual({ clearOrders: ["backpack:BTC_USDC"] }); // nothing is sold unasked
    expect(config.screenSeconds).toBe(15);
    expect(config.logs).toMatchObject({ folder: "logs", file: "trading_{date}.log", errorFile: "error_{date}.log" });
    expect(config.notices.join("\n")).toMatch(/takeProfitPercentage: counted after the fees.*tpMode gross/);
  });

  it("S1.24 a wrong value is named by its path", async () => {
    const file = changed('"orderCount": 9', '"orderCount": "9x"');
    expect(await complaint(file)).toMatch(/changed\.json: trading\.orderCount: found "9x", expected a whole number/);
    expect(await complaint(changed('"maxDropPercentage": 7', '"maxDropPercentage": 100'))).toContain(
      "trading.maxDropPercentage",
    );
    expect(await complaint(changed('"tradingCoin": "BTC"', '"tradingCoin": ""'))).toMatch(
      /trading\.tradingCoin: found an empty key/,
    );
  });

  it("S1.24 a fraction where a percentage belongs is told with both readings", async () => {
    for (const [key, usual, fraction, percent] of [
      ["takeProfitPercentage", "0.2", "0.002", "0.2"],
      ["maxDropPercentage", "7", "0.07", "7"],
      ["incrementPercentage", "50", "0.5", "50"],
    ] as const) {
      const { notices } = await read(changed(`"${key}": ${usual}`, `"${key}": ${fraction}`));
      expect(notices).toContain(
        `trading.${key}: it is ${fraction} %; did you mean ${percent}? As a fraction ${fraction} would be ${percent} %`,
      );
    }
    const { notices } = await read(changed('"incrementPercentage": 50', '"incrementPercentage": 0'));
    expect(notices.join("\n")).not.toContain("did you mean");
    expect((await read(example("backpack_trading_config.json"))).notices.join("\n")).not.toContain("did you mean");
  });

  it("S1.24 an unknown key is a warning, with what may have been meant", async () => {
    const { notices } = await read(changed('"orderCount": 9', '"orderCount": 9, "orderCuont": 5, "mood": "good"'));
    const said = notices.join("\n");
    expect(said).toMatch(/trading\.orderCuont: ignored: no key that is known here \(did you mean orderCount\?\)/);
    expect(said).toMatch(/trading\.mood: ignored/);
  });

  it("S1.24 names of earlier and of later generations are mapped with a notice, or refused with a reason", async () => {
    const earlier = `{
      "trading": { "tradingCoin": "SOL", "totalAmount": 500, "initialPrice": 150 },
      "actions": { "autoRestartAfterTakeProfit": false, "autoCancelOrders": false, "sellNonUsdcAssets": false },
      "advanced": { "priceCheckInterval": 5000, "orderCheckInterval": 60000, "maxRetries": 3 } }`;
    const old = await read(folder.file("old.json", earlier));
    expect(old.strategies[0]?.params).toMatchObject({
      instrument: "backpack:SOL_USDC",
      totalAmount: "500",
      orderCount: 9,
      restartAfterTakeProfit: false,
    });
    expect(old.prepare).toEqual({});
    expect(old.screenSeconds).toBe(5);
    for (const key of [
      "initialPrice",
      "autoRestartAfterTakeProfit",
      "autoCancelOrders",
      "priceCheckInterval",
      "orderCheckInterval",
      "maxRetries",
    ])
      expect(
        old.notices.filter((each) => each.includes(`.${key}:`)),
        key,
      ).toHaveLength(1);

    const later = `{
      "trading": { "tradingCoin": "SOL" },
      "actions": { "executeTrade": true, "cancelOrdersOnExit": true, "martingaleEnabled": true },
      "advanced": { "quickRestartAfterTakeProfit": true, "maxPriceDifference": 0.3, "skipFirstOrderIfPositioned": true,
        "minPositionValueThreshold": 50, "realTimePositionCheck": true, "positionDifferenceThreshold": 0.1 },
      "websocket": { "url": "wss://ws.backpack.exchange", "options": { "reconnect": true } } } // a // in a text stays`;
    const recent = await read(folder.file("recent.json", later));
    expect(recent.strategies[0]?.params).toMatchObject({ restartDelayMs: 0 });
    const said = recent.notices.join("\n");
    for (const key of [
      "cancelOrdersOnExit",
      "martingaleEnabled",
      "maxPriceDifference",
      "skipFirstOrderIfPositioned",
      "websocket.options",
    ])
      expect(said).toContain(key);
    expect(said).toMatch(/martingaleEnabled: refused: stakes are not raised/);
  });

  it("S1.24 executeTrade false is for no real money", async () => {
    const file = changed('"actions": {', '"actions": { "executeTrade": false,');
    expect(await complaint(file, { live: true })).toMatch(/actions\.executeTrade is false/);
    expect((await read(file)).place).toBe("sandbox");
  });

  it("S1.24 coins without an entry of their own take DEFAULT, and the coarser of two price steps counts", async () => {
    expect(await paramsOf(changed('"BTC", //', '"DOGE", //'))).toMatchObject({
      instrument: "backpack:DOGE_USDC",
      quantityStep: "0.01",
      priceStep: "0.01",
      minQuantity: "0.1",
    });
    expect(await paramsOf(changed('"priceTickSize": 0.01', '"priceTickSize": 5'))).toMatchObject({ priceStep: "5" });
  });

  it("S1.24 other coins are sold only when they are named", async () => {
    const config = await read(example("backpack_trading_config.json"), { consent: "sol,BTC" });
    expect(config.prepare.sellOff).toEqual({ venue: "backpack", minValue: "10", consent: ["SOL", "BTC"] });
    const { notices } = await read(example("backpack_trading_config.json"));
    expect(notices.join("\n")).toMatch(/sellNonUsdcAssets: refused: .*--consent/);
  });

  it("S1.24 the sample's placeholders are not keys, in either order", async () => {
    expect(await complaint(example("backpack_trading_config.json"), { live: true })).toMatch(
      /api\.publicKey: found the placeholder/,
    );
  });
});

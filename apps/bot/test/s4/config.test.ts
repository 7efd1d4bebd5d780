// S4's `config.json`: S4.25.
import { readFileSync } from "node:fs";
import { testKeys } from "@bp/sandbox";
import { afterAll, describe, expect, it } from "vitest";
import { complaint, example, layFolder, read } from "../files.ts";

const folder = layFolder();
afterAll(() => folder.remove());

const alice = testKeys("alice");
const sample = readFileSync(example("grid.config.json"), "utf8");
const withKeys = sample
  .replace("your_bpx_api_key_here", alice.apiKey)
  .replace("your_bpx_secret_key_here", alice.secret);
const changed = (from: string | RegExp, to: string, text = sample) =>
  folder.file("changed.json", text.replace(from, to));
const paramsOf = async (file: string) => (await read(file)).strategies[0]?.params;

const params = {
  instrument: "backpack:ETH_USDC",
  interval: "40",
  cells: 3,
  perCell: "50",
  takeProfitPct: "0.4",
  entry: "floor",
  maxPosition: "1000",
  stopLossPct: "2",
  dailyLoss: "200",
  maxLossPct: "5",
  paceMs: 3_000,
};

describe("S4, config.json", () => {
  it("S4.25 the file, and the README's fragments with comments, are the same grid", async () => {
    expect(await read(example("grid.config.json"))).toMatchObject({
      system: "grid",
      strategies: [{ use: "grid", params }],
    });
    expect(await paramsOf(example("grid.fragments.json"))).toEqual(params);
    const objects = `// one\n{ "trading_settings": { "target_symbol": "ETH_USDC", "num_grids": 5, } }\n\n// two\n{ "risk_management": { "daily_loss_limit": 200 } }`;
    expect(await paramsOf(folder.file("objects.json", objects))).toEqual({ ...params, cells: 5 });
    const bare = `{ "target_symbol": "ETH_USDC", // 交易对\n "num_grids": 4 }\n{ "daily_loss_limit": 200 // 每日\n}`;
    expect(await paramsOf(folder.file("bare.json", bare))).toEqual({ ...params, cells: 4 });
  });

  it("S4.25 the template's placeholders are not configured", async () => {
    const said = await complaint(example("grid.config.json"), { live: true });
    expect(said).toMatch(
      /grid\.config\.json: api_key: found the placeholder of the sample, expected your own key: it is not configured yet/,
    );
    expect((await read(example("grid.config.json"))).notices.join("\n")).toMatch(/api_key: ignored: the placeholder/);
  });

  it("S4.25 testnet true refuses real orders, and nothing else", async () => {
    const file = changed('"testnet": false', '"testnet": true', withKeys);
    expect(await complaint(file, { live: true })).toMatch(/testnet is true, and Backpack has no testnet/);
    expect((await read(file, { paper: true })).place).toBe("paper");
    expect((await read(folder.file("live.json", withKeys), { live: true })).place).toBe("live");
  });

  it("S4.25 base_url is honoured or refused, not ignored", async () => {
    const file = changed("https://api.backpack.exchange", "https://api.example.com", withKeys);
    expect(await complaint(file, { live: true })).toMatch(
      /base_url names api\.example\.com, which is no host of backpack's own/,
    );
    const allowed = await read(file, { live: true, allowHost: "api.example.com" });
    expect(allowed.accounts["backpack"]?.restUrl).toBe("https://api.example.com");
    const local = changed("https://api.backpack.exchange", "http://127.0.0.1:8080", withKeys);
    expect((await read(local, { live: true })).accounts["backpack"]?.restUrl).toBe("http://127.0.0.1:8080");
    const insecure = changed("https://api.backpack.exchange", "http://api.backpack.exchange", withKeys);
    expect(await complaint(insecure, { live: true })).toMatch(
      /base_url: found "http:\/\/api\.backpack\.exchange", expected https/,
    );
  });

  it("S4.25 a base coin that is not the symbol's is an error", async () => {
    expect(await complaint(changed('"base_coin_symbol": "ETH"', '"base_coin_symbol": "SOL"'))).toMatch(
      /base_coin_symbol is SOL, but target_symbol is ETH_USDC/,
    );
    const key = await complaint(changed('"base_coin_symbol": "ETH"', '"base_coin_symbol": "eVddvFBw1HUkoK+mTdy+zzzz"'));
    expect(key).toMatch(/base_coin_symbol is another one, but/);
    expect(key).not.toContain("eVddvF");
  });

  it("S4.25 a percent where a fraction belongs is asked about", async () => {
    expect(await complaint(changed("0.004", "0.4"))).toMatch(
      /trading_settings\.out_want: found 0\.4, expected a fraction below 0\.1.*did you mean percent\? then write 0\.004/,
    );
    expect(await complaint(changed("0.004", "0.1"))).toMatch(/did you mean percent/);
    expect(await paramsOf(changed("0.004", "0.0029"))).toMatchObject({ takeProfitPct: "0.29" });
    expect((await read(changed("5.0", "0.05"))).notices.join("\n")).toMatch(
      /max_loss_percentage: it is 0\.05 %; did you mean 5\?/,
    );
  });

  it("S4.25 the hidden keys of its code are known: a stop, and none", async () => {
    expect(
      await paramsOf(changed('"stop_loss_enabled": true', '"stop_loss_enabled": true, "stop_loss": 3')),
    ).toMatchObject({ stopLossPct: "3" });
    expect(await paramsOf(changed('"stop_loss_enabled": true', '"stop_loss_enabled": false'))).not.toHaveProperty(
      "stopLossPct",
    );
    expect(await paramsOf(changed('"daily_loss_limit": 200', '"x": 1'))).toMatchObject({ dailyLoss: "100" });
  });
});

// S3's YAML: S3.20, and the part of S3.22 that needs no venue.
import { readFileSync } from "node:fs";
import { testKeys } from "@bp/sandbox";
import { afterAll, describe, expect, it } from "vitest";
import { complaint, example, layFolder, read } from "../files.ts";
import { runBot } from "../process.ts";

const folder = layFolder();
afterAll(() => folder.remove());

const sample = readFileSync(example("hedge_futures.yaml"), "utf8");
const changed = (from: string | RegExp, to: string) => folder.file("changed.yaml", sample.replace(from, to));
const paramsOf = async (file: string) => (await read(file)).strategies[0]?.params;

describe("S3, hedge.yaml", () => {
  it("S3.20 both samples are a hedge, the host picks the product", async () => {
    expect(await read(example("hedge_futures.yaml"))).toMatchObject({
      system: "hedge",
      accounts: { backpack: { windowMs: 5_000 }, "aster-futures": { windowMs: 5_000 } },
      strategies: [
        {
          use: "hedge",
          params: {
            lead: "backpack:ASTER_USDC_PERP",
            hedge: "aster-futures:ASTERUSDT",
            quantity: "10",
            offsetPct: "0.2",
            legWaitMs: 10_000,
            legLimitMs: 300_000,
            betweenLegsMs: 60_000,
            cycleMs: 60_000,
            stopBeforeFundingMs: 300_000,
          },
        },
      ],
    });
    expect(await paramsOf(example("hedge.yaml"))).toMatchObject({
      hedge: "aster-spot:ASTERUSDT",
      betweenLegsMs: 20_000,
    });
  });

  it("S3.20 quantity as text and as a number are equal", async () => {
    expect(await paramsOf(changed('quantity: "10"', "quantity: 10"))).toEqual(await paramsOf(changed('"10"', "'10'")));
    expect(await paramsOf(changed('quantity: "10"', "quantity: 10.0"))).toMatchObject({ quantity: "10" });
  });

  it("S3.20 missing keys take the table's defaults, by product; new and old names of the wait count", async () => {
    const partial = (host: string, trade = "  quantity: 5") =>
      folder.file("partial.yaml", `aster:\n  base_url: "https://${host}"\ntrade:\n${trade}\n`);
    expect(await paramsOf(partial("fapi.asterdex.com"))).toMatchObject({
      lead: "backpack:ASTER_USDC_PERP",
      quantity: "5",
      offsetPct: "0.2",
      legWaitMs: 10_000,
      betweenLegsMs: 60_000,
      cycleMs: 60_000,
    });
    expect(await paramsOf(partial("sapi.asterdex.com"))).toMatchObject({ betweenLegsMs: 20_000 });
    expect(await paramsOf(partial("sapi.asterdex.com", "  first_wait_seconds: 15"))).toMatchObject({
      legWaitMs: 15_000,
      quantity: "10",
    });
    expect(
      await paramsOf(partial("sapi.asterdex.com", "  max_order_wait_seconds: 7\n  max_monitor_seconds: 120")),
    ).toMatchObject({
      legWaitMs: 7_000,
      legLimitMs: 120_000,
    });
  });

  it("S3.20 an offset that was meant as basis points or as a fraction is asked about, or refused", async () => {
    const offset = (text: string) => changed("offset_percent: 0.2", `offset_percent: ${text}`);
    expect(await complaint(offset("20"))).toMatch(
      /trade\.offset_percent: found 20, expected a percentage from 0, below 10.*it is 20 %; did you mean basis points\? then write 0\.2/,
    );
    const told = async (file: string) => (await read(file)).notices.join("\n");
    expect(await told(offset("3"))).toMatch(
      /offset_percent: it is 3 % of the price; did you mean 0\.03, which is 3 basis points\?/,
    );
    expect(await told(offset("0.002"))).toMatch(
      /offset_percent: it is 0\.002 %; did you mean 0\.2\? As a fraction 0\.002 would be 0\.2 %/,
    );
    for (const fine of ["0.2", "0", "1"]) expect(await told(offset(fine))).not.toContain("did you mean");
    const loop = readFileSync(example("hedge.bp.yaml"), "utf8").replace(
      /price_offset_percent: .*/,
      "price_offset_percent: 20",
    );
    expect(await complaint(folder.file("loop.yaml", loop))).toMatch(/price_offset_percent: found 20/);
  });

  it("S3.20 empty keys are named by their path", async () => {
    expect(await complaint(changed('quantity: "10"', "quantity:"))).toMatch(
      /changed\.yaml: trade\.quantity: found an empty key/,
    );
    expect(await complaint(changed('symbol: "ASTERUSDT"', 'symbol: ""'))).toMatch(/aster\.symbol: found an empty key/);
    const keys = testKeys("alice");
    const half = sample
      .replace(/api_public_key_b64: .*/, `api_public_key_b64: "${keys.apiKey}"`)
      .replace(/api_secret_key_b64: .*/, `api_secret_key_b64: ""`);
    expect(await complaint(folder.file("half.yaml", half), { live: true })).toMatch(
      /half\.yaml: bp\.api_secret_key_b64: found nothing/,
    );
    expect(await complaint(example("hedge.yaml"), { live: true })).toMatch(
      /hedge\.yaml: bp\.api_public_key_b64: found the placeholder/,
    );
  });

  it("S3.20 without an argument where one is needed the usage is shown, exit 2", async ({ onTestFinished }) => {
    const { code, stderr } = await runBot(onTestFinished, ["import"]);
    expect(stderr).toMatch(/missing required argument 'file'/);
    expect(code).toBe(2);
  });

  it("S3.20 a spot host with a future, and two coins, do not fit", async () => {
    const spot = sample.replace("https://fapi", "https://sapi");
    const perp = folder.file("mixed.yaml", spot.replace('"ASTERUSDT"', '"ASTERUSDT_PERP"'));
    expect(await complaint(perp)).toMatch(
      /aster\.base_url is Aster's spot host, but aster\.symbol ASTERUSDT_PERP is a future; https:\/\/fapi/,
    );
    expect(await complaint(changed("ASTER_USDC_PERP", "SOL_USDC_PERP"))).toMatch(
      /bp\.symbol is SOL_USDC_PERP and aster\.symbol is ASTERUSDT; two markets of the same coin/,
    );
    expect(await complaint(changed("ASTER_USDC_PERP", "ASTER_USDC"))).toMatch(
      /bp\.symbol: found "ASTER_USDC".*did you mean ASTER_USDC_PERP/,
    );
  });

  it("S3.20 the flat files of its sisters are makers with one level", async () => {
    expect(await paramsOf(example("hedge.bp.yaml"))).toMatchObject({
      instrument: "backpack:ASTER_USDC_PERP",
      quantity: "10",
      spreadPct: "0.4",
      maxOrders: 1,
    });
    expect(await paramsOf(example("hedge.aster.yaml"))).toMatchObject({
      instrument: "aster-futures:ASTERUSDT",
      quantity: "10",
    });
  });

  it("S3.20 its keys are used live, and never shown", async () => {
    const keys = testKeys("alice");
    const content = sample
      .replace(/api_public_key_b64: .*/, `api_public_key_b64: "${keys.apiKey}"`)
      .replace(/api_secret_key_b64: .*/, `api_secret_key_b64: "${keys.secret}"`)
      .replace('"<key>"', '"a".repeat(20)')
      .replace(/api_key: .*/, "api_key: AAAAcanaryAAAAcanaryAAAA")
      .replace(/api_secret: .*/, "api_secret: BBBBcanaryBBBBcanaryBBBB");
    const config = await read(folder.file("live.yaml", content), { live: true });
    expect(config.accounts["aster-futures"]?.secret).toHaveProperty("given");
    const text = JSON.stringify(config);
    for (const secret of [keys.apiKey, keys.secret, "AAAAcanary", "BBBBcanary"])
      expect(text).not.toContain(secret.slice(0, 6));
  });

  it("S3.22 a symbol is kept as it is written: the venue answers what is near, and nothing else is traded instead", async () => {
    const config = await read(changed("ASTER_USDC_PERP", "ASTER_USD_PERP"));
    expect(config.strategies[0]?.params).toMatchObject({ lead: "backpack:ASTER_USD_PERP" });
  });
});

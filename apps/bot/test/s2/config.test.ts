// S2's flags and `.env` as a configuration: S2.25, S2.26, S2.39.
import { testKeys } from "@bp/sandbox";
import { afterAll, describe, expect, it } from "vitest";
import { complaint, example, layFolder, read } from "../files.ts";

const folder = layFolder();
afterAll(() => folder.remove());

const spot = { symbol: "SOL_USDC", spread: "0.5" } as const;
const perp = { symbol: "SOL_USDC_PERP", spread: "0.5" } as const;
const alice = testKeys("alice");
const paramsOf = async (flags: Readonly<Record<string, unknown>>) =>
  (await read(undefined, flags)).strategies[0]?.params;

describe("S2, flags as a configuration", () => {
  it.for([
    [{ enableRebalance: true, disableRebalance: true }, /--enable-rebalance and --disable-rebalance together/],
    [{ baseAssetTarget: "101" }, /--base-asset-target: found "101", expected a percentage from 0 to 100/],
    [{ rebalanceThreshold: "0" }, /--rebalance-threshold: found "0", expected a number above 0/],
  ] as const)("S2.25 %j is refused", async ([flags, says]) => {
    expect(await complaint(undefined, { ...spot, ...flags })).toMatch(says);
  });

  it("S2.25 neither flag means on; on a perpetual it is ignored with a notice", async () => {
    expect(await paramsOf(spot)).toMatchObject({ rebalance: { enabled: true } });
    const config = await read(undefined, { ...perp, marketType: "perp", enableRebalance: true });
    expect(config.strategies[0]?.params).toMatchObject({ rebalance: { enabled: false } });
    expect(config.notices.join("\n")).toMatch(/rebalancing is for spot markets: ignored on a perpetual/);
  });

  it("S2.26 the README's examples mean what they meant", async () => {
    const common = { exchange: "backpack", symbol: "SOL_USDC" };
    expect(await read(undefined, { ...common, spread: "0.2", maxOrders: "5" })).toMatchObject({
      system: "maker",
      durationSeconds: 3_600,
      strategies: [{ params: { instrument: "backpack:SOL_USDC", spreadPct: "0.2", maxOrders: 5, intervalMs: 60_000 } }],
    });
    expect(await read(undefined, { ...common, spread: "0.5", duration: "86400", interval: "120" })).toMatchObject({
      durationSeconds: 86_400,
      screenSeconds: 120,
      strategies: [{ params: { intervalMs: 120_000 } }],
    });
    const line = {
      exchange: "backpack",
      marketType: "perp",
      symbol: "SOL_USDC_PERP",
      spread: "0.5",
      quantity: "0.5",
      maxOrders: "3",
    };
    const rest = {
      targetPosition: "0",
      maxPosition: "5",
      positionThreshold: "2",
      inventorySkew: "0.3",
      stopLoss: "-25",
      takeProfit: "50",
    };
    expect(await read(undefined, { ...line, ...rest, duration: "999999999", interval: "10" })).toMatchObject({
      durationSeconds: 999_999_999, // beyond 2^31 ms
      notices: [],
      strategies: [
        {
          params: {
            instrument: "backpack:SOL_USDC_PERP",
            quantity: "0.5",
            maxPosition: "5",
            positionThreshold: "2",
            inventorySkew: "0.3",
            stopLoss: "-25",
            takeProfit: "50",
          },
        },
      ],
    });
  });

  it("S2.26 Aster is an exchange, its product by --market-type", async () => {
    const aster = { exchange: "aster", symbol: "SOLUSDT", spread: "0.5" };
    expect(await paramsOf({ ...aster, marketType: "perp" })).toMatchObject({ instrument: "aster-futures:SOLUSDT" });
    expect(await paramsOf(aster)).toMatchObject({ instrument: "aster-spot:SOLUSDT", rebalance: { enabled: true } });
    expect(await complaint(undefined, { ...aster, symbol: "SOL_USDC_PERP" })).toMatch(/Aster spells it SOLUSDT/);
  });

  it("S2.26 without arguments it is the demo; live and paper must be told what to trade", async () => {
    expect(await read(undefined)).toMatchObject({ place: "sandbox", durationSeconds: undefined, notices: [] });
    expect(await complaint(undefined, { live: true })).toMatch(/--symbol: found nothing/);
    expect(await complaint(undefined, { paper: true })).toMatch(/--symbol: found nothing/);
    expect(await complaint(undefined, { symbol: "SOL_USDC" })).toMatch(/--spread: found nothing/);
  });

  it("S2.26 missing keys: the message names the variables", async () => {
    const said = await complaint(undefined, { ...perp, live: true });
    expect(said).toContain("BACKPACK_KEY and BACKPACK_SECRET: found nothing");
    const aster = await complaint(undefined, { ...spot, exchange: "aster", symbol: "SOLUSDT", live: true });
    expect(aster).toContain("ASTER_API_KEY and ASTER_SECRET_KEY");
  });

  it("S2.26 keys come from S2's names, from older ones, and from its .env with the flags", async () => {
    const env = { BACKPACK_KEY: alice.apiKey, BACKPACK_SECRET: alice.secret };
    const live = { ...perp, live: true };
    expect((await read(undefined, live, env)).accounts["backpack"]).toEqual({
      key: { env: "BACKPACK_KEY" },
      secret: { env: "BACKPACK_SECRET" },
    });
    const older = { API_KEY: alice.apiKey, SECRET_KEY: alice.secret };
    expect((await read(undefined, live, older)).accounts["backpack"]?.key).toEqual({ env: "API_KEY" });
    const file = folder.file(
      "s2.env",
      `BACKPACK_KEY=${alice.apiKey}\nBACKPACK_SECRET=${alice.secret}\nBACKPACK_PROXY_WEBSOCKET=\n`,
    );
    const config = await read(file, live);
    expect(config.accounts["backpack"]?.key).toHaveProperty("given");
    expect(config.strategies[0]?.params).toMatchObject({ coolDownMs: 0 }); // D8
    expect((await read(undefined, perp)).strategies[0]?.params).not.toHaveProperty("coolDownMs");
  });

  it("S2.26 a pair that is swapped or of two is refused in the .env and in the environment, not with real money alone", async () => {
    for (const [key, secret, says] of [
      [alice.secret, alice.apiKey, /the two are swapped/],
      [alice.apiKey, testKeys("bob").secret, /of another pair/],
    ] as const) {
      const env = { BACKPACK_KEY: key, BACKPACK_SECRET: secret };
      const file = folder.file("swapped.env", `BACKPACK_KEY=${key}\nBACKPACK_SECRET=${secret}\n`);
      const flat = folder.file(
        "swapped.yaml",
        `symbol: SOL_USDC\nspread: 0.5\napi-key: ${key}\nsecret-key: ${secret}\n`,
      );
      for (const place of [{}, { memory: true }, { paper: true }, { live: true }]) {
        expect(await complaint(file, { ...perp, ...place })).toMatch(says);
        expect(await complaint(flat, place)).toMatch(says);
        expect(await complaint(undefined, { ...perp, ...place }, env)).toMatch(says);
      }
    }
  });

  it("S2.39 what is typed wins over the opposite in the file", async () => {
    const file = folder.file("flat.yaml", "symbol: SOL_USDC\nspread: 0.5\ndisable-db: true\nenable-rebalance: true\n");
    expect(await read(file)).toMatchObject({ journal: ":memory:", database: false });
    const typed = await read(file, { enableDb: true, disableRebalance: true });
    expect(typed).toMatchObject({ journal: "runs/journal.sqlite", database: true });
    expect(typed.strategies[0]?.params).toMatchObject({ rebalance: { enabled: false } });
  });

  it("S2.26 real keys go to no host but the venue's and this machine's, whoever names it", async () => {
    const env = { BACKPACK_KEY: alice.apiKey, BACKPACK_SECRET: alice.secret };
    const elsewhere = { rest: "https://api.example.com", ws: "wss://ws.example.com" };
    const flat = folder.file(
      "flat.yaml",
      "symbol: SOL_USDC_PERP\nspread: 0.5\nrest: http://a.example\nws: ws://a.example\n",
    );
    expect(await complaint(undefined, { ...perp, ...elsewhere, live: true }, env)).toMatch(
      /--rest names api\.example\.com.*--allow-host api\.example\.com/,
    );
    expect(await complaint(flat, { live: true }, env)).toMatch(/flat\.yaml: rest: found "http:\/\/a\.example"/);
    const allowed = { ...perp, ...elsewhere, live: true, allowHost: "api.example.com,ws.example.com" };
    expect((await read(undefined, allowed, env)).accounts["backpack"]).toMatchObject({
      restUrl: "https://api.example.com",
      wsUrl: "wss://ws.example.com",
    });
  });

  it("D11 nothing that is no live run goes to a venue itself", async () => {
    const keys = { apiKey: alice.apiKey, secretKey: alice.secret };
    const venue = { rest: "https://api.backpack.exchange", ws: "wss://ws.backpack.exchange" };
    for (const flags of [{}, { sandbox: true }, { sandbox: true, allowHost: "api.backpack.exchange" }])
      expect(await complaint(undefined, { ...perp, ...keys, ...venue, ...flags })).toMatch(
        /--rest is the venue itself, and this is no live run; say --live/,
      );
    const aster = `accounts: { aster-futures: { restUrl: "https://fapi3.asterdex.com" } }
allowHosts: [fapi3.asterdex.com]
strategies: [{ use: maker, params: { instrument: "aster-futures:SOLUSDT", spreadPct: 1 } }]
`;
    const { accounts } = await read(folder.file("aster.yaml", aster), keys);
    expect(accounts["aster-futures"]?.restUrl).toBeUndefined();
  });

  it("S2.26 with real money time runs as it does, and prices are those of the exchange that gets the orders", async () => {
    const env = { BACKPACK_KEY: alice.apiKey, BACKPACK_SECRET: alice.secret };
    expect(await complaint(undefined, { ...perp, live: true, speed: "60" }, env)).toMatch(/--live with --speed 60/);
    const maker = `strategies: [{ use: maker, params: { instrument: "backpack:SOL_USDC_PERP", spreadPct: 1 } }]\n`;
    const fast = folder.file("fast.yaml", `${maker}run: { speed: 60 }\n`);
    expect((await read(fast)).sandbox.speed).toBe(60);
    expect((await read(fast, { live: true }, env)).sandbox.speed).toBe(1);
    const mixed = folder.file("mixed.yaml", `${maker}accounts: { backpack: { wsUrl: "ws://127.0.0.1:8081" } }\n`);
    expect(await complaint(mixed, { live: true }, env)).toMatch(
      /wsUrl is no real market, but orders would go to a real/,
    );
    const shown = folder.file(
      "shown.yaml",
      `${maker}accounts: { backpack: { restUrl: "https://me:hunter2@127.0.0.1" } }\n`,
    );
    const said = await complaint(shown, { live: true }, env);
    expect(said).toMatch(/restUrl: found an address with a user or a password/);
    expect(said).not.toContain("hunter2");
  });

  it("S2.26 the README's .env is read; its prose in a proxy is refused without repeating it", async () => {
    const config = await read(example("s2.env"), { ...perp, targetPosition: "0" });
    expect(config.notices.join("\n")).toMatch(/api\.backpack\.work is the sample's host/);
    expect(config.accounts).toEqual({ backpack: {} });
    const prose = "BACKPACK_KEY=x\nBACKPACK_PROXY_WEBSOCKET=http://user:hunter2@host:1 或者 http://host:port\n";
    const said = await complaint(folder.file("prose.env", prose), perp);
    expect(said).toMatch(/prose\.env: BACKPACK_PROXY_WEBSOCKET: found text that is no address/);
    expect(said).not.toContain("hunter2");
    expect(await complaint(example("s2.env"))).toMatch(/--symbol: found nothing.*add S2's flags/);
  });

  it("S2.26 a proxy of the file is used where the environment names none, its password out of sight", async () => {
    const file = folder.file(
      "proxy.env",
      `BACKPACK_KEY=${alice.apiKey}\nBACKPACK_PROXY_WEBSOCKET=http://me:hunter2@proxy:3128 # ours\n`,
    );
    const config = await read(file, { ...perp, paper: true });
    expect(config.accounts["backpack"]).toEqual({ proxySecret: { given: `${file}: proxy` } });
    expect(JSON.stringify(config)).not.toContain("hunter2");
    const named = await read(file, { ...perp, paper: true }, { BACKPACK_PROXY_WEBSOCKET: "http://other:1" });
    expect(named.accounts["backpack"]).toEqual({});
  });

  it("S2.39 the database is off by default, ENABLE_DATABASE=1 and --enable-db switch it on, --disable-db beats both", async () => {
    const of = async (flags: object, env: Readonly<Record<string, string>> = {}) => {
      const { database, journal } = await read(undefined, { ...perp, ...flags }, env);
      return [database, journal];
    };
    const kept = "runs/journal.sqlite"; // what a restart resumes from is kept all the same
    expect(await of({})).toEqual([false, kept]);
    expect(await of({ enableDb: true })).toEqual([true, kept]);
    for (const on of ["1", "true", "yes", "on"]) expect(await of({}, { ENABLE_DATABASE: on })).toEqual([true, kept]);
    expect(await of({}, { ENABLE_DATABASE: "0" })).toEqual([false, kept]);
    expect(await of({ enableDb: true, disableDb: true }, { ENABLE_DATABASE: "1" })).toEqual([false, ":memory:"]);
    const file = folder.file("db.env", "BACKPACK_KEY=<key>\nENABLE_DATABASE=1\n");
    expect(await read(file, perp)).toMatchObject({ database: true });
    expect(await read(file, perp, { ENABLE_DATABASE: "0" })).toMatchObject({ database: false });
    expect(await complaint(undefined, perp, { ENABLE_DATABASE: "maybe" })).toMatch(
      /ENABLE_DATABASE: found "maybe", expected true or false/,
    );
  });
});

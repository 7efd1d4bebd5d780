import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testKeys } from "@bp/sandbox";
import { afterAll, describe, expect, it } from "vitest";
import { complaint, example, read } from "../../../test/files.ts";
import { schemaText } from "../../commands/config.ts";
import { explainBotConfig, secretOf } from "../index.ts";
import { yamlOf } from "./write.ts";

const folder = mkdtempSync(join(tmpdir(), "bp-own-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const alice = testKeys("alice");
const maker = "strategies:\n  - use: maker\n    params: { instrument: backpack:SOL_USDC_PERP, spreadPct: 0.5 }\n";

describe("our own format", () => {
  it.for(readdirSync(example("own")))("reads examples/own/%s", async (name) => {
    const config = await read(example(`own/${name}`));
    const use = name.replace(".yaml", "");
    expect(config.system).toBe(use);
    expect(config.strategies.map((each) => each.use)).toEqual([use]);
    expect(config.notices).toEqual([]);
  });

  it("holds several strategies, their accounts, limits, and a run", async () => {
    const content = `
accounts:
  aster-futures: { windowMs: 9000, sandboxAccount: bob }
strategies:
  - { name: near, use: maker, params: { instrument: "backpack:SOL_USDC_PERP", spreadPct: 0.5, maxOrders: 2 } }
  - { name: far, use: maker, params: { instrument: "aster-futures:SOLUSDT", spreadPct: 1 } }
limits: { dailyLoss: 50, maxPosition: "3", rate: { orders: 10, windowMs: 1000 } }
prepare: { leverage: { "backpack:SOL_USDC_PERP": 5 }, clearOrders: ["backpack:SOL_USDC_PERP"] }
run: { place: paper, duration: 3e9, existing: ignore, seed: 7, screen: 5, journal: other.sqlite, journalSync: full, journalSlow: 0.5, resume: false }
logs: { level: debug }
`;
    expect(await read(file("several.yaml", content))).toMatchObject({
      system: "own",
      place: "paper",
      accounts: { backpack: {}, "aster-futures": { windowMs: 9_000, sandboxAccount: "bob" } },
      strategies: [{ name: "near" }, { name: "far" }],
      limits: { dailyLoss: "50", maxPosition: "3", rate: { orders: 10, windowMs: 1_000 } },
      prepare: { leverage: { "backpack:SOL_USDC_PERP": 5 }, clearOrders: ["backpack:SOL_USDC_PERP"] },
      durationSeconds: 3e9,
      existing: "ignore",
      sandbox: { seed: 7 },
      screenSeconds: 5,
      journal: "other.sqlite",
      journalSync: "full",
      journalSlowMs: 500,
      resume: false,
      logs: { folder: "logs", file: "bot_{date}.log", level: "debug", keep: 10 },
    });
  });

  it("is read from JSON and from a module too", async () => {
    const data = { strategies: [{ use: "maker", params: { instrument: "backpack:SOL_USDC", spreadPct: "0.5" } }] };
    const json = await read(file("own.json", `// with a comment\n${JSON.stringify(data)}`));
    const module = await read(
      file(
        "own.ts",
        `const spread: string = "0.5";\nexport default { strategies: [{ use: "maker", params: { instrument: "backpack:SOL_USDC", spreadPct: spread } }] };\n`,
      ),
    );
    expect(module.strategies).toEqual(json.strategies);
    expect(await complaint(file("broken.ts", "export default {{"))).toMatch(/it cannot be imported/);
  });

  it.for([
    [
      "secret in clear",
      `accounts: { backpack: { secret: ${alice.secret} } }\n${maker}`,
      /accounts\.backpack\.secret: found a secret in clear.*env: BACKPACK_SECRET/,
    ],
    [
      "password of a proxy in clear",
      `accounts: { backpack: { proxy: "http://me:hunter2@host:1" } }\n${maker}`,
      /proxy: found an address with a password in clear/,
    ],
    [
      "prose in a proxy",
      `accounts: { backpack: { proxy: "http://host:1 or nothing" } }\n${maker}`,
      /proxy: found text that is no address/,
    ],
    [
      "secret where a name belongs",
      `accounts: { backpack: { secret: { env: ${alice.secret} } } }\n${maker}`,
      /accounts\.backpack\.secret.*: found a value that is not shown, expected \{ env: NAME \}/,
    ],
    ["unknown key", `strategys: []\n${maker}`, /strategys: found an unknown key.*did you mean strategies/],
    [
      "unknown key of a strategy",
      maker.replace("spreadPct", "spreadPc"),
      /strategies\.0\.params\.spreadPc: found an unknown key.*did you mean spreadPct/,
    ],
    [
      "unknown key of a run",
      `${maker}run: { durations: 5 }\n`,
      /run\.durations: found an unknown key.*did you mean duration\?/,
    ],
    [
      "unknown key of an account",
      `accounts: { backpack: { resturl: x } }\n${maker}`,
      /accounts\.backpack\.resturl: found an unknown key.*did you mean restUrl/,
    ],
    [
      "unknown strategy",
      maker.replace("use: maker", "use: makr"),
      /strategies\.0\.use: found "makr".*did you mean maker/,
    ],
    ["unknown venue", `accounts: { binance: {} }\n${maker}`, /accounts/],
    [
      "wrong parameter",
      maker.replace("0.5", "-1"),
      /strategies\.0\.params\.spreadPct: found -1, expected must be above 0/,
    ],
    ["no strategy", "strategies: []\n", /strategies: found a list/],
    [
      "two of a name",
      `${maker}  - use: maker\n    params: { instrument: backpack:SOL_USDC, spreadPct: 1 }\n`,
      /strategies\.1\.name: found "maker", expected a name that no other/,
    ],
    [
      "unknown host",
      `accounts: { backpack: { restUrl: "https://evil.example" } }\nrun: { place: paper }\n${maker}`,
      /restUrl names evil\.example.*--allow-host/,
    ],
    ["live without the flag", `run: { place: live }\n${maker}`, /run\.place is live; say --live/],
  ] as const)("refuses: %s", async ([name, content, says]) => {
    const said = await complaint(file(`${name.replaceAll(" ", "-")}.yaml`, content));
    expect(said).toMatch(says);
    for (const secret of [alice.secret, "hunter2"]) expect(said).not.toContain(secret.slice(0, 6));
  });

  it("takes a secret from a file that nobody else can read, and from the environment, at the last moment", async () => {
    const key = file("key", `${alice.apiKey}\n`);
    const secret = file("secret", `${alice.secret}\n`);
    const path = file(
      "files.yaml",
      `accounts: { backpack: { key: { file: "${key}" }, secret: { file: "${secret}" } } }\n${maker}`,
    );
    chmodSync(key, 0o600);
    chmodSync(secret, 0o640);
    expect(await complaint(path, { live: true })).toMatch(
      /secret: found a secret file that others can read.*chmod 600/,
    );
    chmodSync(secret, 0o600);
    const { accounts } = await read(path, { live: true });
    expect(secretOf(accounts["backpack"]?.secret ?? { env: "NONE" }).reveal()).toBe(alice.secret);
    expect(secretOf({ env: "MINE" }, { MINE: " text " }).reveal()).toBe("text");
    expect(() => secretOf({ env: "MINE" }, {})).toThrow(/MINE: found nothing/);
    expect(() => secretOf({ file: join(folder, "nowhere") })).toThrow(/cannot be read: ENOENT/);
  });
});

const foreign = [
  "s0.env.prod",
  "backpack_trading_config.json",
  "hedge.yaml",
  "hedge_futures.yaml",
  "hedge.bp.yaml",
  "hedge.aster.yaml",
  "grid.config.json",
  "grid.fragments.json",
];

describe("yamlOf", () => {
  it.for([...foreign, "s2.env"])("writes %s so that it reads back as the same", async (name) => {
    const flags = name === "s2.env" ? { symbol: "SOL_USDC", spread: "0.5", targetPosition: "1" } : {};
    const reading = await explainBotConfig({ file: example(name), flags, env: {} });
    const text = yamlOf(reading);
    const again = await read(file("again.yaml", text));
    const { system, strategies, prepare, durationSeconds, screenSeconds, database, logs, limits } = reading.config;
    expect(again).toMatchObject({ system, strategies, prepare, durationSeconds, screenSeconds, database, limits });
    expect(again.logs).toEqual(logs);
    expect(again.notices.filter((each) => !each.includes("sellOff"))).toEqual([]);
    expect(text).not.toMatch(/your_|<key>|<base64>|YOUR_/);
  });

  it("says at each key where it comes from and why it changed", async () => {
    const reading = await explainBotConfig({ file: example("backpack_trading_config.json"), env: {} });
    const text = yamlOf(reading);
    expect(text).toMatch(/orderCount: 9 # trading\.orderCount/);
    expect(text).toMatch(/takeProfitPct: "0\.2" # trading\.takeProfitPercentage changed: counted after/);
    expect(text).toMatch(/sellNonUsdcAssets: refused/);
  });
});

describe("the JSON Schema of our format", () => {
  it("is published as it is (vitest -u writes it)", async () => {
    await expect(schemaText()).toMatchFileSnapshot("../../../schema/bot.schema.json");
  });

  it("holds the parameters of every strategy", () => {
    expect(JSON.parse(schemaText())).toMatchObject({ type: "object", properties: { strategies: { type: "array" } } });
    for (const word of ["spreadPct", "perCell"]) expect(schemaText()).toContain(word);
  });
});

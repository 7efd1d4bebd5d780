// S0's `.env.{ENV}`: S0.27.
import { readFileSync } from "node:fs";
import { testKeys } from "@bp/sandbox";
import { afterAll, describe, expect, it } from "vitest";
import { complaint, example, layFolder, read } from "../files.ts";
import { runBot } from "../process.ts";

const folder = layFolder();
afterAll(() => folder.remove());

const [alice, bob] = [testKeys("alice"), testKeys("bob")];
const first = `BACKPACK_API_KEY=${alice.apiKey}\nBACKPACK_PRIVATE_KEY=${alice.secret}\n`;
const second = `BACKPACK_API_KEY2=${bob.apiKey}\nBACKPACK_PRIVATE_KEY2=${bob.secret}\n`;
const dual = "TRADING_MODE=dual_hedge\n";

describe("S0, .env.prod", () => {
  it("S0.27 the README's lines with their indentation and comments are single, SOL, 10, 100.0 and 30", async () => {
    const config = await read(example("s0.env.prod"));
    expect(config).toMatchObject({
      system: "single",
      place: "sandbox",
      strategies: [{ use: "single", params: { instrument: "backpack:SOL_USDC_PERP", amount: "100" } }],
      prepare: { leverage: { "backpack:SOL_USDC_PERP": 10 }, clearOrders: ["backpack:SOL_USDC_PERP"] },
      existing: undefined, // D1: refused live by default
      logs: { folder: "logs", file: "app.log", maxBytes: 10_000_000, keep: 5 },
    });
  });

  it("S0.27 dual_hedge trades the symbol on two accounts and waits 30 s", async () => {
    const text = readFileSync(example("s0.env.prod"), "utf8").replace("=single", "=dual_hedge");
    for (const name of ["lf", "crlf and bom"]) {
      const content = name === "lf" ? text : `\uFEFF${text.replaceAll("\n", "\r\n")}`;
      const config = await read(folder.file(name, content));
      expect(config.strategies).toEqual([
        {
          name: "dual-hedge",
          use: "dual-hedge",
          params: {
            long: "backpack:SOL_USDC_PERP",
            short: "backpack-2:SOL_USDC_PERP",
            amount: "100",
            holdMs: 30_000,
          },
        },
      ]);
      expect(Object.keys(config.accounts)).toEqual(["backpack", "backpack-2"]);
      expect(config.prepare.leverage).toEqual({ "backpack:SOL_USDC_PERP": 10, "backpack-2:SOL_USDC_PERP": 10 });
    }
  });

  it("S0.27 dual without BACKPACK_PRIVATE_KEY2 names that key: exit 2", async ({ onTestFinished }) => {
    const file = folder.file("half", `${first}${dual}BACKPACK_API_KEY2=${bob.apiKey}\n`);
    const { code, stdout, stderr } = await runBot(onTestFinished, ["config", file, "--live"]);
    expect(stderr).toContain("BACKPACK_PRIVATE_KEY2: found nothing");
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it("S0.27 an unknown mode lists the two that there are", async () => {
    const said = await complaint(folder.file("mode", `${first}TRADING_MODE=dual\n`));
    expect(said).toMatch(
      /mode: TRADING_MODE: found "dual", expected one of single, dual_hedge; did you mean dual_hedge\?/,
    );
  });

  it("S0.27 the same key for both accounts is an error", async () => {
    const same = `${first}${dual}BACKPACK_API_KEY2=${alice.apiKey}\nBACKPACK_PRIVATE_KEY2=${alice.secret}\n`;
    for (const flags of [{}, { live: true }]) {
      const said = await complaint(folder.file("same", same), flags);
      expect(said).toMatch(/BACKPACK_API_KEY and .*BACKPACK_API_KEY2 hold the same key/);
      expect(said).not.toContain(alice.apiKey.slice(0, 6));
    }
  });

  it("S0.27 two accounts at Aster with one key, one entry of a keyring or agents of one user are one account", async () => {
    const dual = `strategies: [{ use: dual-hedge, params: { long: "aster-futures:SOLUSDT", short: "aster-futures-2:SOLUSDT", amount: 100 } }]\n`;
    const refs = (one: string, other: string) =>
      folder.file("aster.yaml", `accounts: { aster-futures: ${one}, aster-futures-2: ${other} }\n${dual}`);
    const pair = (name: string) => `{ key: { keyring: ${name} }, secret: { keyring: ${name}-secret } }`;
    const agent = (signer: string) =>
      `{ agent: { user: "0x${"Ab".repeat(20)}", signer: "0x${signer.repeat(20)}", privateKey: { env: AGENT_${signer} } } }`;
    const key = "one-key-of-aster-for-two";
    const environment = { ASTER_API_KEY: key, ASTER_SECRET_KEY: "a", ASTER_API_KEY2: key, ASTER_SECRET_KEY2: "b" };
    for (const flags of [{}, { live: true }]) {
      expect(await complaint(folder.file("dual.yaml", dual), flags, environment)).toMatch(
        /ASTER_API_KEY and ASTER_API_KEY2 hold the same key/,
      );
      expect(await complaint(refs(pair("mine"), pair("mine")), flags)).toMatch(/keyring entry mine hold the same key/);
      expect(await complaint(refs(agent("11"), agent("22")), flags)).toMatch(/AGENT_11 and AGENT_22 hold the same key/);
    }
    expect((await read(refs(pair("mine"), pair("other")))).strategies).toHaveLength(1);
  });

  it("S0.27 two good pairs are taken live, the process's environment before the file, values in quotes too", async () => {
    const file = folder.file("good", `${first}${second.replaceAll(/=(.*)$/gm, '="$1"')}${dual}TRADING_AMOUNT=100.0\n`);
    const config = await read(file, { live: true }, { TRADING_AMOUNT: "50" });
    expect(config.strategies[0]?.params).toMatchObject({ amount: "50" });
    expect(JSON.stringify(config)).not.toContain(bob.secret.slice(0, 6));
    expect(config.accounts["backpack-2"]?.secret).toEqual({
      given: expect.stringMatching(/good: BACKPACK_PRIVATE_KEY2$/),
    });
  });

  it("S0.27 swapped halves, halves of two pairs, placeholders and no base64 are told apart", async () => {
    const pair = (key: string, secret: string) =>
      `BACKPACK_API_KEY=${key}\nBACKPACK_PRIVATE_KEY=${secret}\nTRADING_MODE=single\n`;
    const cases = [
      [pair(alice.secret, alice.apiKey), /does not belong to the API key \(the two are swapped\)/],
      [pair(alice.apiKey, bob.secret), /does not belong to the API key \(of another pair\)/],
      [pair("your_api_key_here", alice.secret), /BACKPACK_API_KEY: found the placeholder/],
      [pair("no-base64!", alice.secret), /BACKPACK_API_KEY: .*not base64/],
      [pair(alice.apiKey, "c2hvcnQ="), /BACKPACK_PRIVATE_KEY: .*5 bytes/],
    ] as const;
    for (const [content, says] of cases) {
      const said = await complaint(folder.file("pair", content), { live: true });
      expect(said).toMatch(says);
      for (const secret of [alice.secret, alice.apiKey, bob.secret]) expect(said).not.toContain(secret.slice(0, 6));
    }
  });

  it("S0.27 keys that are given are checked wherever the run is; what is missing or a placeholder is needed live alone", async () => {
    const pair = (key: string, secret: string) =>
      folder.file("pair", `BACKPACK_API_KEY=${key}\nBACKPACK_PRIVATE_KEY=${secret}\nTRADING_MODE=single\n`);
    const cases = [
      [alice.secret, alice.apiKey, /does not belong to the API key \(the two are swapped\)/],
      [alice.apiKey, bob.secret, /does not belong to the API key \(of another pair\)/],
      ["no-base64!", alice.secret, /BACKPACK_API_KEY: .*not base64/],
      ["your_api_key_here", "c2hvcnQ=", /BACKPACK_PRIVATE_KEY: .*5 bytes/],
      ["c2hvcnQ=", "", /BACKPACK_API_KEY: .*5 bytes/],
    ] as const;
    for (const place of [{}, { memory: true }, { sandbox: true }, { paper: true }])
      for (const [key, secret, says] of cases) {
        const said = await complaint(pair(key, secret), place);
        expect(said).toMatch(says);
        for (const each of [alice.secret, alice.apiKey, bob.secret]) expect(said).not.toContain(each.slice(0, 6));
      }
    for (const [key, secret] of [
      [alice.apiKey, alice.secret],
      [alice.apiKey, ""],
      ["", alice.secret],
      ["your_api_key_here", "<secret>"],
      ["", ""],
    ] as const)
      expect((await read(pair(key, secret), { memory: true })).place).toBe("memory");
  });

  it("S0.27 dual_hedge with the first pair alone names the keys of the second, wherever the run is", async () => {
    const file = (text: string) => folder.file("dual", `${text}${dual}`);
    const lines = readFileSync(example("s0.env.prod"), "utf8").replace("=single", "=dual_hedge");
    const sample = folder.file("sample", lines.replaceAll(/^.*KEY2=.*\n/gm, ""));
    for (const place of [{}, { memory: true }, { live: true }]) {
      for (const each of [file(first), sample])
        expect(await complaint(each, place)).toMatch(
          /BACKPACK_API_KEY2 and .*BACKPACK_PRIVATE_KEY2: found nothing, expected the API key pair of the second account/,
        );
      expect(await complaint(file(`${first}BACKPACK_PRIVATE_KEY2=${bob.secret}\n`), place)).toMatch(
        /: BACKPACK_API_KEY2: found nothing/,
      );
    }
    expect(Object.keys((await read(file(""), { memory: true })).accounts)).toEqual(["backpack", "backpack-2"]);
    const others = { BACKPACK_KEY: alice.apiKey, BACKPACK_SECRET: alice.secret }; // of another bot in the same shell
    expect((await read(file(""), { memory: true }, others)).system).toBe("dual-hedge");
    const rest = { BACKPACK_API_KEY2: bob.apiKey, BACKPACK_PRIVATE_KEY2: bob.secret };
    expect((await read(file(first), { live: true }, rest)).place).toBe("live");
  });

  it("S0.27 ENV that names no file, and nothing of S0's in the environment: exit 2 with the file that was looked for", async ({
    onTestFinished,
  }) => {
    const { code, stdout, stderr } = await runBot(onTestFinished, ["start", "--memory", "--duration", "1"], {
      env: { ENV: "staging" },
    });
    expect(stderr).toMatch(/config\/\.env\.staging cannot be read: ENV is staging and there is no such file/);
    expect(stdout).toBe("");
    expect(code).toBe(2);
    const market = { symbol: "SOL_USDC_PERP", spread: "0.5" };
    expect((await read(undefined, market, { ENV: "staging" })).system).toBe("maker");
    expect((await read(example("grid.config.json"), {}, { ENV: "staging" })).system).toBe("grid");
    expect((await read(undefined, {}, { ENV: "/home/someone/.shrc" })).system).toBe("maker"); // a shell's own
  });

  it("S0.27 ENV=prod reads config/.env.prod, and without that file all keys may come from the environment", async ({
    onTestFinished,
  }) => {
    const env = { TRADING_MODE: "single", TRADING_SYMBOL: "BTC" };
    const { code, stdout } = await runBot(onTestFinished, ["config", "--json"], { env: { ENV: "prod", ...env } });
    expect(JSON.parse(stdout)).toMatchObject({ system: "single" });
    expect(stdout).toContain("backpack:BTC_USDC_PERP");
    expect(code).toBe(0);
  });

  it.for([
    ["TRADING_AMOUNT=much", /TRADING_AMOUNT: found "much", expected an amount of USDC above 0/],
    ["TRADING_AMOUNT=-5", /TRADING_AMOUNT: found "-5"/],
    ["TRADING_AMOUNT=", /TRADING_AMOUNT: found an empty key/],
    ["TRADING_LEVERAGE=2.5", /TRADING_LEVERAGE: found "2.5", expected a whole number from 1 to 100/],
    ["HEDGE_CLOSE_DELAY_SECONDS=-1", /HEDGE_CLOSE_DELAY_SECONDS: found "-1"/],
    ["TRADING_SYMBOL=SOL/USDC", /TRADING_SYMBOL: found "SOL\/USDC", expected a coin such as SOL/],
    ["BACKPACK_BASE_URL=api.backpack.exchange", /BACKPACK_BASE_URL: found .*, expected an address/],
  ] as const)("S0.27 %s is named", async ([line, says]) => {
    expect(await complaint(folder.file("wrong", `TRADING_MODE=single\n${line}\n`))).toMatch(says);
  });

  it("S0.27 keys go to no other host unless it is allowed", async () => {
    const file = folder.file("host", `${first}TRADING_MODE=single\nBACKPACK_BASE_URL=https://api.backpack.evil\n`);
    expect(await complaint(file, { live: true })).toMatch(
      /names api\.backpack\.evil.*--allow-host api\.backpack\.evil/,
    );
    const { accounts } = await read(file, { live: true, allowHost: "api.backpack.evil" });
    expect(accounts["backpack"]?.restUrl).toBe("https://api.backpack.evil");
    expect((await read(file)).accounts["backpack"]?.restUrl).toBeUndefined(); // a sandbox has an address of its own
  });
});

import { afterEach, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../sandbox.ts";
import { contractCommand } from "./command.ts";
import { createScene } from "./subjects/scene.ts";

let sandbox: Sandbox | undefined;
afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
});

async function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const lines: string[] = [];
  const code = await contractCommand({ arguments: args, environment, write: (line) => lines.push(line) });
  return { code, text: lines.join("\n") };
}

/** Two venues on loopback, each with the scene's market. */
async function stage() {
  const backpack = createScene({ id: "backpack:SOL_USDC_PERP", kind: "perp", base: "SOL", quote: "USDC" });
  const futures = createScene({ id: "aster-futures:SOLUSDT", kind: "perp", base: "SOL", quote: "USDT" });
  const spot = createScene({ id: "aster-spot:SOLUSDT", kind: "spot", base: "SOL", quote: "USDT" });
  sandbox = await startSandbox({
    market: backpack.market,
    accounts: backpack.accounts,
    aster: {
      futures: { market: futures.market, accounts: futures.accounts },
      spot: { market: spot.market, accounts: spot.accounts },
    },
  });
  const { aster, exchange, accounts } = sandbox;
  const [login] = aster?.accounts ?? [];
  const [account] = accounts;
  if (aster === undefined || login === undefined || account === undefined) throw new Error("no account");
  backpack.begin(exchange);
  futures.begin(aster.futures.exchange);
  spot.begin(aster.spot.exchange);
  return { sandbox, aster, login, account };
}

const handCases = ["V.01", "V.02", "V.03", "V.06", "V.10", "V.12", "V.13"];

describe("contractCommand", () => {
  it("only reads a venue that it is not allowed to trade on", async () => {
    const { sandbox: at, account } = await stage();
    const keys = { BACKPACK_KEY: account.apiKey, BACKPACK_SECRET: account.secret };
    const { code, text } = await run(["--live", "backpack", "--rest", at.rest, "--ws", at.ws, "--json"], keys);
    const results: { id: string; outcome: string; why: string }[] = JSON.parse(text);
    expect(code).toBe(0);
    expect(results.filter(({ outcome }) => outcome === "passed").map(({ id }) => id)).toEqual(handCases);
    expect(results.find(({ id }) => id === "V.90")).toMatchObject({ outcome: "not-applicable", why: "needs orders" });
    expect(at.ledger().accounts["alice"]?.orders).toEqual([]);
    expect(text).not.toContain(account.secret);
  }, 180_000);

  it.each(["aster-futures", "aster-spot"] as const)(
    "rests an order on %s and takes it back when it may",
    async (venue) => {
      const { aster, login } = await stage();
      const site = venue === "aster-futures" ? aster.futures : aster.spot;
      const { user, signer, privateKey } = login.agent;
      const keys = { ASTER_USER: user, ASTER_SIGNER: signer, ASTER_PRIVATE_KEY: privateKey };
      const place = ["--live", venue, "--trade", "--symbol", "SOLUSDT", "--rest", site.rest, "--ws", site.ws];
      const { code, text } = await run([...place, "--only", "V.13,V.90"], keys);
      expect(text).toMatch(/^V\.90 {2}passed/m);
      expect(text).toMatch(/\n2 passed, 0 failed, 0 not applicable$/);
      expect(code).toBe(0);
      expect(site.ledger().accounts["alice"]?.orders).toEqual([]);
    },
    180_000,
  );

  it("takes old keys of Aster too", async () => {
    const { aster, login } = await stage();
    const { rest, ws } = aster.futures;
    const keys = { ASTER_KEY: login.hmac.key, ASTER_SECRET: login.hmac.secret };
    const place = ["--live", "aster-futures", "--trade", "--symbol", "SOLUSDT", "--rest", rest, "--ws", ws];
    const { code, text } = await run([...place, "--only", "V.90"], keys);
    expect([code, text.includes("1 passed")]).toEqual([0, true]);
  }, 180_000);

  it("looks at public data alone without a key", async () => {
    const { sandbox: at } = await stage();
    const { code, text } = await run(["--live", "backpack", "--rest", at.rest, "--ws", at.ws, "--only", "V.02,V.10"]);
    expect(code).toBe(0);
    expect(text).toMatch(/V\.02 {2}passed/);
    expect(text).toMatch(/V\.10 {2}- .*needs account/);
  }, 180_000);

  it("runs simulated venues by name, and says what failed", async () => {
    const { code, text } = await run(["sim-perp", "--only", "V.20,V.60"]);
    expect(code).toBe(0);
    expect(text).toMatch(/V\.20 {2}passed/);
    expect(text).toMatch(/V\.60 {2}- .*needs frames/);
    const dead = await run([
      "--live",
      "backpack",
      "--rest",
      "http://127.0.0.1:9",
      "--ws",
      "ws://127.0.0.1:9",
      "--only",
      "V.01",
    ]);
    expect(dead.code).toBe(1);
    expect(dead.text).toMatch(/V\.01 {2}FAILED .*cannot be reached/);
  }, 180_000);

  it.each([
    [["--live", "binance"], "--live: found binance"],
    [["--live", "backpack", "--trade"], "--trade: found no key"],
    [["nobody"], "names: found nobody"],
    [["--only", "V.99"], "--only: found V.99"],
    [["--what"], "arguments: found --what"],
  ])("explains %j", async (args, words) => {
    const { code, text } = await run(args);
    expect(code).toBe(2);
    expect(text).toContain(words);
    expect(text).toContain("pnpm contract");
  });

  it("names the part of a key that is missing, and never the others' values", async () => {
    const { code, text } = await run(["--live", "aster-spot"], {
      ASTER_USER: "0xabc",
      ASTER_PRIVATE_KEY: "secret-words",
    });
    expect(code).toBe(2);
    expect(text).toContain("ASTER_SIGNER: found nothing");
    expect(text).not.toContain("secret-words");
  });
});

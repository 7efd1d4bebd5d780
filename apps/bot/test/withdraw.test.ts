// Keys that may withdraw: seen where the venue tells, refused with real money unless a person says so.
import { readFileSync } from "node:fs";
import { asterKeys } from "@bp/sandbox";
import { agentKey, createAgent, formText } from "@bp/signing";
import { describe, expect, it } from "vitest";
import { type Hall, layHall } from "./hall.ts";
import { runBot, spawnBot } from "./process.ts";
import type { Finished } from "./table.ts";

const books = { "aster-futures:SOLUSDT": ["149.99", "150.01"] } as const;
const { wallet } = asterKeys("alice");

interface Agent {
  readonly canWithdraw?: boolean;
  readonly canPerpTrade?: boolean;
  readonly expired?: number;
}

/** Registers an agent of alice's at the exchange, and writes a configuration that trades by it. */
async function withAgent(finished: Finished, rights: Agent) {
  const hall: Hall = await layHall(finished, { books });
  const { address, privateKey } = createAgent();
  const words = {
    user: wallet.address,
    nonce: Date.now() * 1_000,
    agentName: "maker",
    agentAddress: address,
    expired: rights.expired ?? Date.now() + 86_400_000,
    signatureChainId: 56,
    canSpotTrade: true,
    canPerpTrade: rights.canPerpTrade ?? true,
    canWithdraw: rights.canWithdraw ?? false,
    ipWhitelist: "127.0.0.1",
  };
  const text = formText(words);
  const key = agentKey({ user: wallet.address, signer: wallet.address, privateKey: wallet.privateKey, chainId: 56 });
  const answer = await fetch(`${hall.sandbox.aster?.futures.rest}/fapi/v3/registerAndApproveAgent`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: `${text}&signature=${key.sign(text)}`,
  });
  expect(answer.status, await answer.text()).toBe(200);
  const params = { instrument: "aster-futures:SOLUSDT", spreadPct: "0.5", quantity: "0.1", maxPosition: "1" };
  const bare = hall.config(["aster-futures"], { strategies: [{ use: "maker", params }] });
  const config = JSON.parse(readFileSync(bare, "utf8")) as { accounts: Record<string, object> };
  config.accounts["aster-futures"] = {
    ...config.accounts["aster-futures"],
    agent: { user: wallet.address, signer: address, privateKey: { env: "AGENT_KEY" } },
  };
  const file = hall.file("agent.json", JSON.stringify(config));
  const options = { cwd: hall.folder, env: { AGENT_KEY: privateKey.reveal(), BP_STATE: hall.folder } };
  return {
    hall,
    start: (...more: readonly string[]) => spawnBot(finished, ["start", file, "--live", "--yes", ...more], options),
    trades: () => hall.until("an order", () => hall.placed("aster-futures").length > 0),
    doctor: (...more: readonly string[]) => runBot(finished, ["doctor", file, "--live", ...more], options),
  };
}

describe("a key that may withdraw", () => {
  it("does not trade real money: exit 2 before anything is sent, and doctor fails", { timeout: 180_000 }, async ({
    onTestFinished,
  }) => {
    const { hall, start, doctor } = await withAgent(onTestFinished, { canWithdraw: true });
    const { code, stderr } = await start().ended;
    expect(stderr).toContain("the key of aster-futures may withdraw");
    expect(stderr).toContain("--allow-withdraw-key");
    expect(code).toBe(2);
    expect(hall.placed("aster-futures")).toEqual([]);
    const seen = await doctor();
    expect(seen.stdout).toMatch(/FAIL {2}rights.*MAY WITHDRAW/);
    expect(seen.code).toBe(1);
    const allowed = await doctor("--allow-withdraw-key");
    expect(allowed.stdout).toMatch(/ok {4}rights.*MAY WITHDRAW/);
    expect(allowed.code).toBe(0);
  });

  it("does where a person allows it, and is named", { timeout: 180_000 }, async ({ onTestFinished }) => {
    const { start, trades } = await withAgent(onTestFinished, { canWithdraw: true });
    const bot = start("--allow-withdraw-key");
    await trades();
    bot.child.kill("SIGINT");
    const { code, stderr } = await bot.ended;
    expect(stderr).toContain("the key may withdraw, as --allow-withdraw-key allows");
    expect(code, stderr).toBe(0);
  });
});

describe("a key of which the venue tells something else", () => {
  it("trades when it may not withdraw, and is refused when it may not trade", { timeout: 180_000 }, async ({
    onTestFinished,
  }) => {
    const good = await withAgent(onTestFinished, {});
    const bot = good.start();
    await good.trades();
    bot.child.kill("SIGINT");
    expect((await bot.ended).code).toBe(0);
    const bad = await withAgent(onTestFinished, { canPerpTrade: false });
    const { code, stderr } = await bad.start().ended;
    expect(stderr).toMatch(/may not trade|permission/i);
    expect(code).not.toBe(0);
    expect(bad.hall.placed("aster-futures")).toEqual([]);
  });
});

// Money in and out: deposits, withdrawals, their rules and delay, dust, the vault.
import { Big } from "big.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openBare } from "./desks.fixture.ts";
import { openScene, refusalOf, type Scene } from "./scene.fixture.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const address = "4h5Rw1tD6S1uqQ6cXbG5cYQeB3tHk2mYx3k9Qw8aXv7z";
const out = { address, blockchain: "Solana", quantity: "25.5", symbol: "USDC" } as const;
const free = async (asset: string, who = scene.alice) => (await who.rest.capital.balances({}))[asset]?.available;
const hour = 3_600_000;

describe("withdrawals", () => {
  it("leave the balance at once and are confirmed after a while", async () => {
    expect(await scene.alice.rest.capital.withdraw({ ...out, clientId: "w" })).toMatchObject({
      status: "pending",
      transactionHash: null,
    });
    expect(await free("USDC")).toBe("99974.5");
    scene.pass(10_000);
    const [done] = await scene.alice.rest.capital.withdrawals({ clientId: "w" });
    expect(done).toMatchObject({ status: "confirmed", fee: "0.001", isInternal: false, toAddress: address });
    expect(done?.transactionHash).toMatch(/^\w{88}$/);
  });

  it("to somebody here arrive whole", async () => {
    const { address: bobs } = await scene.bob.rest.capital.depositAddress({ blockchain: "Solana" });
    expect(await scene.alice.rest.capital.withdraw({ ...out, address: bobs })).toMatchObject({
      isInternal: true,
      fee: "0",
    });
    scene.pass(10_000);
    expect(await free("USDC", scene.bob)).toBe("100025.5");
    expect((await scene.bob.rest.capital.deposits({}))[0]).toMatchObject({ source: "internal", quantity: "25.5" });
    expect(await scene.bob.rest.capital.deposits({ excludePlatform: true })).toHaveLength(4);
  });

  it("wait for the delay that is set; a shorter one only comes after it", async () => {
    const { capital } = scene.alice.rest;
    const wish = { withdrawalDelayHours: 24, twoFactorToken: "123456" };
    expect(await refusalOf(capital.updateWithdrawalDelay(wish))).toBe("RESOURCE_NOT_FOUND");
    await capital.createWithdrawalDelay(wish);
    expect(await refusalOf(capital.createWithdrawalDelay(wish))).toBe("PRECONDITION_FAILED");
    expect(await capital.withdraw(out)).toMatchObject({ triggerAt: expect.any(String), status: "pending" });
    expect(await capital.updateWithdrawalDelay({ ...wish, withdrawalDelayHours: 1 })).toMatchObject({
      currentWithdrawalDelayHours: 24,
      pendingWithdrawalDelayHours: 1,
    });
    scene.pass(23 * hour);
    expect(await capital.withdrawals({})).toMatchObject([{ status: "pending" }]);
    scene.pass(2 * hour);
    expect(await capital.withdrawals({})).toMatchObject([{ status: "confirmed" }]);
    expect(await capital.withdrawalDelay({})).toMatchObject({ currentWithdrawalDelayHours: 1 });
  });

  it("are refused in the venue's codes", async () => {
    const { withdraw } = scene.alice.rest.capital;
    expect(await refusalOf(withdraw({ ...out, quantity: "200000" }))).toBe("INSUFFICIENT_FUNDS");
    expect(await refusalOf(withdraw({ ...out, quantity: "0.001" }))).toBe("INVALID_QUANTITY");
    await withdraw({ ...out, clientId: "w" });
    expect(await refusalOf(withdraw({ ...out, clientId: "w" }))).toBe("PRECONDITION_FAILED");
    expect(await refusalOf(scene.alice.rest.account.issueTwoFactorToken({ app: "12" }))).toBe(
      "INVALID_TWO_FACTOR_CODE",
    );
    const { maxWithdrawalQuantity } = await scene.alice.rest.account.maxWithdrawal({ symbol: "SOL" });
    expect(maxWithdrawalQuantity).toBe("500");
  });
});

describe("rules of withdrawal", () => {
  const wish = { account: "alice", asset: "USDC", quantity: new Big(5), chain: "Solana", clientId: undefined } as const;

  it("let money leave to addresses of the book alone", () => {
    const { funds } = openBare({ addresses: [address] }).house;
    expect(funds.withdraw({ ...wish, address, token: undefined })).toMatchObject({ status: "pending" });
    expect(funds.withdraw({ ...wish, address: "elsewhere", token: undefined })).toBe("address");
  });

  it("or to others with a second factor, which is good once and for its owner", () => {
    const { funds } = openBare({ addresses: [], twoFactor: true }).house;
    const token = funds.issueToken("alice");
    expect(funds.withdraw({ ...wish, address, token: undefined })).toBe("two-factor");
    expect(funds.withdraw({ ...wish, account: "bob", address, token })).toBe("two-factor");
    expect(funds.withdraw({ ...wish, address, token })).toMatchObject({ status: "pending" });
    expect(funds.withdraw({ ...wish, address, token })).toBe("two-factor");
  });
});

describe("dust", () => {
  it("becomes USDC, what can be traded does not", async () => {
    expect(await refusalOf(scene.alice.rest.account.convertDust({ symbol: "SOL" }))).toBe("INVALID_QUANTITY");
    scene.sandbox.exchange.credit("alice", "SOL", "-499.9996");
    await scene.alice.rest.account.convertDust({});
    expect([await free("SOL"), await free("USDC")]).toEqual(["0", "100000.039588"]); // 0.0004 × 98.97
    expect(await scene.alice.rest.history.dust({})).toMatchObject([{ quantity: "0.0004", usdcReceived: "0.039588" }]);
  });
});

describe("the vault", () => {
  const mint = (quantity: string) => scene.alice.rest.vaults.mint({ vaultId: 1, symbol: "USDC", quantity });
  const redeem = (vaultTokenQuantity?: string) =>
    scene.alice.rest.vaults.redeem({ vaultId: 1, ...(vaultTokenQuantity === undefined ? {} : { vaultTokenQuantity }) });

  it("gives tokens for USDC, earns, and pays back more after its delay", async () => {
    await mint("1000");
    expect([await free("USDC"), await free("SBV")]).toEqual(["99000", "1000"]);
    scene.pass(24 * hour);
    const { nav } = await scene.alice.rest.vaults.nav({});
    expect(Number(nav)).toBeGreaterThan(1);
    await redeem();
    expect(await free("SBV")).toBe("0");
    expect(await scene.alice.rest.vaults.pendingRedeems({ vaultId: 1 })).toMatchObject([{ status: "Requested" }]);
    scene.pass(60_000);
    const [done] = await scene.alice.rest.history.vaultRedeems({});
    expect(done).toMatchObject({ status: "Redeemed", vaultTokenQuantity: "1000", symbol: "USDC" });
    expect(Number(await free("USDC"))).toBeGreaterThan(100_000);
  });

  it("gives the tokens back when the wish is taken back", async () => {
    await mint("100");
    await redeem("40");
    expect(await refusalOf(redeem("1"))).toBe("PRECONDITION_FAILED");
    await scene.alice.rest.vaults.cancelRedeem({ vaultId: 1 });
    expect(await free("SBV")).toBe("100");
    expect(await refusalOf(scene.alice.rest.vaults.cancelRedeem({ vaultId: 1 }))).toBe("RESOURCE_NOT_FOUND");
    scene.pass(60_000);
    expect(await scene.alice.rest.history.vaultRedeems({})).toMatchObject([{ status: "Cancelled" }]);
  });

  it("refuses in the venue's codes", async () => {
    expect(await refusalOf(mint("1"))).toBe("INVALID_QUANTITY");
    expect(await refusalOf(mint("200000"))).toBe("INSUFFICIENT_FUNDS");
    expect(await refusalOf(redeem("5"))).toBe("INSUFFICIENT_FUNDS");
    expect(await refusalOf(scene.bob.rest.vaults.nav({}))).toBe("FORBIDDEN");
    expect(await refusalOf(scene.bob.rest.vaults.pendingRedeems({ vaultId: 1 }))).toBe("FORBIDDEN");
    expect(await refusalOf(scene.alice.rest.vaults.mint({ vaultId: 2, symbol: "USDC", quantity: "50" }))).toBe(
      "RESOURCE_NOT_FOUND",
    );
    expect(await refusalOf(scene.alice.rest.vaults.mint({ vaultId: 1, symbol: "SOL", quantity: "50" }))).toBe(
      "INVALID_ASSET",
    );
  });
});

// Balances: the venue's last word, and on top of it what has happened since.
import { Big, decimal, type EventOf, millis } from "@bp/core";
import { describe, expect, it } from "vitest";
import { createWallets } from "./money.ts";
import { snapshot, start } from "./scene.fixture.ts";

const at = (ms: number) => millis(start + ms);
const usdc = (amount: number) => [{ asset: "USDC", total: new Big(amount), free: new Big(amount) }];
const changed = (total: string, ms: number): EventOf<"balance.changed"> => ({
  type: "balance.changed",
  venue: "v",
  asset: "USDC",
  total: decimal(total),
  free: decimal(total),
  venueAt: at(ms),
  at: at(ms),
  seq: 1,
});

/** Wallets that know 10,000 USDC as of the start. */
function known() {
  const wallets = createWallets();
  wallets.snapshot(snapshot({ asOf: start }), new Set());
  const total = (asset = "USDC") => wallets.of("v", asset).total.toFixed();
  return { wallets, total };
}

describe("createWallets", () => {
  it("lays a trade on top of a balance that is older", () => {
    const { wallets, total } = known();
    wallets.moved("v", "t1", usdc(-15), at(5));
    expect(total()).toBe("9985");
  });

  it("does not lay a trade on a balance that is younger", () => {
    const { wallets, total } = known();
    wallets.balance(changed("9985", 10));
    wallets.moved("v", "t1", usdc(-15), at(5));
    expect(total()).toBe("9985");
  });

  it("takes the balance that comes with a trade as the whole of it", () => {
    const { wallets, total } = known();
    wallets.moved("v", "t1", usdc(-15), at(5));
    wallets.balance(changed("9985", 5));
    expect(total()).toBe("9985");
  });

  it("lays a second trade of the same millisecond on top of the balance after the first", () => {
    const { wallets, total } = known();
    wallets.moved("v", "t1", usdc(-15), at(5));
    wallets.balance(changed("9985", 5));
    wallets.moved("v", "t2", usdc(-20), at(5));
    expect(total()).toBe("9965");
    wallets.balance(changed("9965", 5));
    expect(total()).toBe("9965");
  });

  it("keeps a newer trade when an older balance comes late", () => {
    const { wallets, total } = known();
    wallets.moved("v", "t1", usdc(-15), at(5));
    wallets.moved("v", "t2", usdc(-20), at(9));
    wallets.balance(changed("9985", 5));
    expect(total()).toBe("9965");
  });

  it("does not go back to an older balance", () => {
    const { wallets, total } = known();
    wallets.balance(changed("9000", 10));
    wallets.balance(changed("9500", 5));
    expect(total()).toBe("9000");
  });

  it("lays what is newer than a snapshot on top of it, unless the snapshot has it in its list", () => {
    const { wallets, total } = known();
    wallets.moved("v", "inside", usdc(-15), at(105));
    wallets.moved("v", "after", usdc(-20), at(106));
    wallets.snapshot(snapshot({ asOf: start + 100, balances: { USDC: "9985" } }), new Set(["inside"]));
    expect(total()).toBe("9965");
  });

  it("keeps a balance that is younger than a snapshot", () => {
    const { wallets, total } = known();
    wallets.balance(changed("9000", 200));
    wallets.snapshot(snapshot({ asOf: start + 100, balances: { USDC: "9500" } }), new Set());
    expect(total()).toBe("9000");
  });

  it("reads an asset that the snapshot does not name as none, and one that was bought since as bought", () => {
    const { wallets, total } = known();
    expect(total("SOL")).toBe("0");
    wallets.moved("v", "t1", [{ asset: "SOL", total: new Big("1.5"), free: new Big("1.5") }], at(5));
    expect(total("SOL")).toBe("1.5");
    wallets.snapshot(snapshot({ asOf: start + 100 }), new Set());
    expect(total("SOL")).toBe("0");
  });

  it("forgets old moves, not the newest", () => {
    const { wallets, total } = known();
    for (let count = 0; count < 5_000; count++) wallets.moved("v", `t${count}`, usdc(-1), at(count));
    expect(total()).toBe("5000");
    wallets.snapshot(snapshot({ asOf: start + 4_500, balances: { USDC: "5500" } }), new Set());
    expect(total()).toBe("5000");
  });
});

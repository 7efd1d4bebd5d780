// The law of the venue's money: whatever the desks do, in whatever order, nothing is made and nothing is lost.
import { lots, type Side } from "@bp/core";
import type { OrderRequest } from "@bp/sim";
import { Big } from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rfqMarkets } from "./desks/rfqMarkets.ts";
import { type Bare, openBare, worldOf } from "./desks.fixture.ts";
import { placeNoted } from "./placing.ts";
import { perp, spot } from "./trial.fixture.ts";

type Step = (bare: Bare) => void;

const who = fc.constantFrom("alice", "bob", "carol");
const asset = fc.constantFrom("USDC", "SOL");
const amount = fc.integer({ min: 1, max: 9_000_000 }).map((millionths) => new Big(millionths).div("100"));
const flags = fc.record({ lend: fc.boolean(), redeem: fc.boolean(), borrow: fc.boolean(), repay: fc.boolean() });

const lend: fc.Arbitrary<Step> = fc
  .tuple(who, asset, fc.constantFrom("Borrow" as const, "Lend" as const), amount)
  .map(([name, symbol, side, much]) => ({ house }) => {
    house.lending.execute(name, symbol, side, much, { source: "Manual" });
  });

const order: fc.Arbitrary<Step> = fc
  .tuple(
    who,
    fc.constantFrom(spot, perp),
    fc.constantFrom<Side>("buy", "sell"),
    fc.integer({ min: 1, max: 60_000 }),
    flags,
  )
  .map(([name, { id }, side, size, auto]) => ({ house }) => {
    const request: OrderRequest = {
      instrument: id,
      side,
      type: "market",
      size: lots(size),
      tif: "ioc",
      postOnly: false,
      reduceOnly: false,
      selfTradePrevention: "reject-taker",
    };
    const member = house.members.find((each) => each.name === name);
    if (member !== undefined) placeNoted(house, member, request, { auto });
  });

const vault: fc.Arbitrary<Step> = fc
  .tuple(who, fc.constantFrom("mint", "redeem", "cancel"), amount)
  .map(([name, what, much]) => ({ house }) => {
    if (what === "mint") house.vault.mint(name, much);
    else if (what === "redeem") house.vault.redeem(name, undefined);
    else house.vault.cancel(name);
  });

const withdrawal: fc.Arbitrary<Step> = fc
  .tuple(who, asset, amount)
  .map(([account, symbol, quantity]) => ({ house }) => {
    const wish = { account, asset: symbol, quantity, chain: "Solana", address: "nowhere" } as const;
    house.funds.withdraw({ ...wish, clientId: undefined, token: undefined });
  });

const rfq: fc.Arbitrary<Step> = fc
  .tuple(fc.constantFrom("Bid" as const, "Ask" as const), fc.integer({ min: 1, max: 70_000 }), fc.boolean())
  .map(([side, hundredths, byHouse]) => (bare) => {
    const { house } = bare;
    const [alice, bob] = house.members;
    const [market] = rfqMarkets(house);
    if (alice === undefined || bob === undefined || market === undefined) return;
    const auto = { lend: byHouse, redeem: true, borrow: true, repay: true };
    const quantity = new Big(hundredths).div(100).toFixed();
    const made = house.rfq.submit(alice, {
      market,
      side,
      quantity,
      quoteQuantity: undefined,
      price: undefined,
      mode: "AwaitAccept",
      clientId: undefined,
      auto,
    });
    if (typeof made === "string") return;
    if (byHouse) bare.pass(600);
    else house.rfq.quote(bob, String(made.id), { bid: "98.5", ask: "99.37", clientId: undefined, auto });
    const [quote] = made.quotes;
    if (quote !== undefined) house.rfq.accept(alice, String(quote.id), {});
  });

const time: fc.Arbitrary<Step> = fc.constantFrom(1000, 70_000, 3_600_000).map(
  (ms): Step =>
    (bare) =>
      bare.pass(ms),
);

describe("the venue's money", () => {
  it("is the same before and after, in every asset, and no wallet falls below nothing", () => {
    const steps = fc.array(fc.oneof(lend, order, vault, withdrawal, rfq, time), { minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(steps, (all) => {
        const bare = openBare();
        const { house } = bare;
        house.lending.pools.of("USDC"); // others bring their share
        const before = worldOf(house);
        for (const step of all) {
          step(bare);
          house.agenda.run(house.exchange.now());
          const world = worldOf(house);
          for (const [symbol, sum] of world) expect(sum, symbol).toBe(before.get(symbol) ?? "0");
          for (const name of house.exchange.accounts)
            for (const { asset: symbol, total, locked } of house.exchange.balances(name))
              expect(new Big(total).gte(locked), `${name} ${symbol}`).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("the till", () => {
  it("takes what is free and nothing else", () => {
    const { house } = openBare();
    const { till } = house;
    expect(till.take("alice", "SOL", new Big(501))).toBe(false);
    expect(till.take("alice", "SOL", new Big(0))).toBe(false);
    expect(till.take("alice", "DOGE", new Big(1))).toBe(false);
    expect(till.take("alice", "SOL", new Big(500))).toBe(true);
    expect([till.held("SOL").toFixed(), till.free("alice", "SOL").toFixed()]).toEqual(["500", "0"]);
  });
});

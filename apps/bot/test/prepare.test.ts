// What is done to accounts before the first order, on both exchanges: leverage by market, orders that are in the way, a resumed run.
import { asterKeys, testKeys } from "@bp/sandbox";
import { describe, expect, it } from "vitest";
import { type Hall, layHall } from "./hall.ts";

const sol = "backpack:SOL_USDC_PERP";
const aster = "aster-futures:SOLUSDT";
const books = { [sol]: ["149.99", "150.01"], [aster]: ["149.98", "150.02"] } as const;
const maker = (instrument: string) => ({
  name: instrument.startsWith("aster") ? "there" : "here",
  use: "maker",
  params: {
    instrument,
    spreadPct: "0.5",
    quantity: "0.1",
    maxOrders: 1,
    intervalMs: 1_000,
    maxPosition: "5",
    positionThreshold: "5",
  },
});
const configOf = (hall: Hall) =>
  hall.config(["backpack", "aster-futures"], {
    strategies: [maker(sol), maker(aster)],
    prepare: { leverage: { [aster]: 7, [sol]: 10 }, clearOrders: [aster] },
    run: { journal: "journal.sqlite" },
  });

describe.concurrent("the preparation of accounts", () => {
  it("sets the leverage of Aster's market, clears it alone, and does neither again when the run is resumed", async ({
    onTestFinished,
  }) => {
    const hall = await layHall(onTestFinished, { books });
    const old = hall.byHand(aster, "buy", "0.20", "140.00");
    const other = hall.byHand(sol, "buy", "0.20", "140.00");
    const file = configOf(hall);
    const first = hall.start([file]);
    await hall.until("two quotes each", () => hall.open(sol).length === 2 && hall.open(aster).length === 2);
    const changes = () =>
      hall
        .requests("aster-futures")
        .filter(({ method, path }) => method === "POST" && path.startsWith("/fapi/v3/leverage"));
    expect(changes()).toHaveLength(1);
    const requests = hall.requests("aster-futures");
    const order = requests.findIndex(({ method, path }) => method === "POST" && path.startsWith("/fapi/v3/order"));
    expect(requests.indexOf(changes()[0] ?? fail())).toBeLessThan(order);
    expect(hall.resting(aster)).not.toContain(old);
    expect(hall.resting(sol)).toContain(other);
    expect(hall.exchange("aster-futures").terms("alice", aster).leverage).toBe(7);
    first.child.kill("SIGKILL");
    await first.ended;

    const mine = hall.byHand(aster, "buy", "0.20", "130.00");
    const second = hall.start([file]);
    await second.says("(resumed)");
    await second.says("account link.restored");
    await hall.until("quotes again", () => hall.open(sol).length === 2 && hall.open(aster).length === 2);
    expect(changes()).toHaveLength(1);
    expect(hall.resting(aster)).toContain(mine);
    second.child.kill("SIGINT");
    expect((await second.ended).code).toBe(0);
  });

  it("Ctrl+C while the preparation fails ends it: nothing was placed, exit 0", async ({ onTestFinished }) => {
    const hall = await layHall(onTestFinished, { books });
    hall.sandbox.aster?.futures.faults.request(
      { method: "POST", path: "/fapi/v3/leverage" },
      { do: "answer", status: 503, json: { code: -1001, msg: "Internal error" } },
      Number.POSITIVE_INFINITY,
    );
    const bot = hall.start([configOf(hall)]);
    await bot.says(/leverage of aster-futures:SOLUSDT: .*nothing is placed, trying again each second/);
    bot.child.kill("SIGINT");
    const { code, stdout } = await bot.ended;
    expect(code).toBe(0);
    expect(stdout).toContain("stopped before the first order"); // leverage and orders of the other account may have been changed
    expect([hall.placed("backpack"), hall.placed("aster-futures")]).toEqual([[], []]);
  });

  it("a key that is not taken is not tried again: exit 1, nothing placed", async ({ onTestFinished }) => {
    const hall = await layHall(onTestFinished, { books });
    const msg = "Invalid API-key, IP, or permissions for action";
    const leverage = { method: "POST", path: "/fapi/v3/leverage" };
    hall.sandbox.aster?.futures.faults.request(leverage, { do: "answer", status: 401, json: { code: -2015, msg } });
    const { code: ended, stderr } = await hall.start([configOf(hall)]).ended;
    expect(ended).toBe(1);
    expect(stderr).toContain("leverage of aster-futures:SOLUSDT: that will not succeed; nothing was placed");
    expect(stderr).toContain(msg);
    expect([hall.placed("backpack"), hall.placed("aster-futures")]).toEqual([[], []]);
  });

  it("with real money the leverage of the whole account is not changed under another position", async ({
    onTestFinished,
  }) => {
    const btc = "backpack:BTC_USDC_PERP";
    const hall = await layHall(onTestFinished, { books: { ...books, [btc]: ["59999.9", "60000.1"] } });
    hall.byHand(btc, "buy", "0.01", "60000.1");
    const { apiKey, secret } = testKeys("alice");
    const file = hall.config(["backpack"], { strategies: [maker(sol)], prepare: { leverage: { [sol]: 20 } } });
    const bot = hall.start([file, "--live", "--yes", "--disable-db"], {
      env: { BACKPACK_KEY: apiKey, BACKPACK_SECRET: secret },
    });
    const { code, stderr } = await bot.ended;
    expect(stderr).toMatch(/from 10 to 20; there are positions in BTC_USDC_PERP; .*allowLeverageForAll/);
    expect(code).toBe(2);
    expect(hall.requests("backpack").filter(({ method }) => method !== "GET")).toEqual([]);
  });

  it("with real money nothing is touched where the plan has a conflict: no leverage, no order of the user's", async ({
    onTestFinished,
  }) => {
    const eth = "backpack:ETH_USDC_PERP"; // its book is empty
    const hall = await layHall(onTestFinished, { books });
    const mine = hall.byHand(eth, "buy", "0.100", "2000.00");
    const file = hall.config(["backpack"], {
      strategies: [{ use: "single", params: { instrument: eth, amount: "100" } }],
      prepare: { leverage: { [eth]: 20 }, clearOrders: [eth] },
    });
    const { apiKey, secret } = testKeys("alice");
    const bot = hall.start([file, "--live", "--yes", "--allow-negative-edge", "--disable-db"], {
      env: { BACKPACK_KEY: apiKey, BACKPACK_SECRET: secret },
    });
    const { code, stderr } = await bot.ended;
    expect(stderr).toMatch(/the book is empty on one side, or not known; nothing was sent/);
    expect(code).toBe(2);
    expect(hall.requests("backpack").filter(({ method }) => method !== "GET")).toEqual([]);
    expect(hall.resting(eth)).toEqual([mine]);
  });

  it("with real money no account is touched while one of two must not be", async ({ onTestFinished }) => {
    const btc = "backpack-2:BTC_USDC_PERP";
    const hall = await layHall(onTestFinished, {
      books: { ...books, "backpack:BTC_USDC_PERP": ["59999.9", "60000.1"] },
    });
    hall.byHand(btc, "buy", "0.01", "60000.1");
    const [long, short] = [sol, "backpack-2:SOL_USDC_PERP"];
    const file = hall.config(["backpack", "backpack-2"], {
      strategies: [{ use: "dual-hedge", params: { long, short, amount: "100" } }],
      prepare: { leverage: { [long]: 20, [short]: 20 } },
    });
    const [alice, bob] = [testKeys("alice"), testKeys("bob")];
    const bot = hall.start([file, "--live", "--yes", "--allow-negative-edge", "--disable-db"], {
      env: {
        BACKPACK_KEY: alice.apiKey,
        BACKPACK_SECRET: alice.secret,
        BACKPACK_KEY2: bob.apiKey,
        BACKPACK_SECRET2: bob.secret,
      },
    });
    const { code, stderr } = await bot.ended;
    expect(stderr).toMatch(/from 10 to 20; there are positions in BTC_USDC_PERP/);
    expect(code).toBe(2);
    expect(hall.requests("backpack").filter(({ method }) => method !== "GET")).toEqual([]);
  });

  it("with real money on two exchanges the plan shows both, and what will be done first", async ({
    onTestFinished,
  }) => {
    const hall = await layHall(onTestFinished, { books });
    const [alice, { hmac }] = [testKeys("alice"), asterKeys("alice")];
    const bot = hall.start([configOf(hall), "--live", "--yes"], {
      env: {
        BACKPACK_KEY: alice.apiKey,
        BACKPACK_SECRET: alice.secret,
        ASTER_API_KEY: hmac.key,
        ASTER_SECRET_KEY: hmac.secret,
      },
    });
    await hall.until("two quotes each", () => hall.open(sol).length === 2 && hall.open(aster).length === 2);
    bot.child.kill("SIGINT");
    const { code, stdout, stderr } = await bot.ended;
    expect(stdout).toContain("Plan (live)");
    expect(stdout).toMatch(/aster-futures:SOLUSDT +buy/);
    expect(stdout).toMatch(/backpack:SOL_USDC_PERP +buy/);
    expect(stdout).toContain("all orders in aster-futures:SOLUSDT are cancelled first, your own too");
    expect(code).toBe(0);
    expect(stderr).not.toContain("trouble");
    expect([hall.open(sol), hall.open(aster)]).toEqual([[], []]);
  });
});

function fail(): never {
  throw new Error("no such request");
}

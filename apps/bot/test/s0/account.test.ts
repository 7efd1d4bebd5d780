// What is done to the account before the first order: S0.2, S0.3, S0.4, S0.11.
import { testKeys } from "@bp/sandbox";
import { describe, expect, it } from "vitest";
import { type Hall, layHall } from "../hall.ts";
import type { Finished } from "../table.ts";

const sol = "backpack:SOL_USDC_PERP";
const btc = "backpack:BTC_USDC_PERP";
const books = { [sol]: ["150.24", "150.27"], [btc]: ["59999.9", "60000.1"] } as const;
const people = (leverage: number) =>
  ["alice", "bob"].map((name) => ({ name, balances: { USDC: "100000", SOL: "500", BTC: "2" }, leverage }));

const hallOf = (finished: Finished, leverage = 10) => layHall(finished, { books, accounts: people(leverage) });
/** S0's own file, as its README has it. */
const environment = (hall: Hall): string => {
  const { apiKey, secret } = testKeys("alice");
  return hall.file(
    ".env.prod",
    `BACKPACK_API_KEY=${apiKey}\nBACKPACK_PRIVATE_KEY=${secret}\nTRADING_MODE=single\nTRADING_SYMBOL=SOL\nTRADING_LEVERAGE=10\nTRADING_AMOUNT=100.0\n`,
  );
};
const start = (hall: Hall, ...flags: readonly string[]) =>
  hall.start([environment(hall), "--rest", hall.rest, "--ws", hall.ws, "--journal", "journal.sqlite", ...flags]);
const changes = (hall: Hall) =>
  hall.requests("backpack").filter(({ method, path }) => method === "PATCH" && path === "/api/v1/account");
const firstOrder = (hall: Hall) =>
  hall.requests("backpack").findIndex(({ method, path }) => method === "POST" && path === "/api/v1/order");
const lastOf = (hall: Hall, method: string) =>
  hall.requests("backpack").findLastIndex((each) => each.method === method);

describe.concurrent("S0, before the first order", () => {
  it("S0.2 leverage 5 becomes 10 by one update before the first order", async ({ onTestFinished }) => {
    const hall = await hallOf(onTestFinished, 5);
    const bot = start(hall);
    await hall.until("the order", () => hall.open(sol).length === 1);
    expect(changes(hall).map(({ body }) => body)).toEqual([{ leverageLimit: "10" }]);
    expect(lastOf(hall, "PATCH")).toBeLessThan(firstOrder(hall));
    bot.child.kill("SIGTERM");
    expect((await bot.ended).code).toBe(0);
  });

  it("S0.2 leverage 10 stays, and nothing is updated", async ({ onTestFinished }) => {
    const hall = await hallOf(onTestFinished);
    start(hall);
    await hall.until("the order", () => hall.open(sol).length === 1);
    expect(changes(hall)).toEqual([]);
  });

  it("S0.2 while the update fails there is no order; it is told and tried again each second", async ({
    onTestFinished,
  }) => {
    const hall = await hallOf(onTestFinished, 5);
    hall.sandbox.faults.request(
      { method: "PATCH", path: "/api/v1/account" },
      { do: "answer", status: 400, json: { code: "INVALID_CLIENT_REQUEST", message: "Leverage cannot be set now" } },
      2,
    );
    const bot = start(hall);
    await hall.until("a failed update", () => changes(hall).some(({ status }) => status === 400));
    await bot.says(/leverage of backpack:SOL_USDC_PERP: .*Leverage cannot be set now.*nothing is placed/);
    expect(firstOrder(hall)).toBe(-1);
    await hall.until("the order", () => hall.open(sol).length === 1);
    const tried = changes(hall);
    expect(tried.map(({ status }) => status)).toEqual([400, 400, 200]);
    expect((tried[1]?.sentAt ?? 0) - (tried[0]?.sentAt ?? 0)).toBeGreaterThanOrEqual(950);
    expect(lastOf(hall, "PATCH")).toBeLessThan(firstOrder(hall));
  });

  it("S0.2 a position in another market is named before the change", async ({ onTestFinished }) => {
    const hall = await hallOf(onTestFinished, 5);
    hall.byHand(btc, "buy", "0.01", "60000.1");
    hall.sandbox.faults.request(
      { method: "PATCH", path: "/api/v1/account" },
      { do: "answer", status: 400, json: { code: "INVALID_CLIENT_REQUEST", message: "Leverage cannot be set now" } },
      1,
    );
    const bot = start(hall);
    await bot.says("Leverage cannot be set now");
    const warned = bot.stderr.search(/whole account goes from 5 to 10; there are positions in BTC_USDC_PERP/);
    expect(warned).toBeGreaterThanOrEqual(0);
    expect(warned).toBeLessThan(bot.stderr.indexOf("Leverage cannot be set now")); // said before the first try
    await hall.until("the order", () => hall.open(sol).length === 1);
    expect(changes(hall).map(({ status }) => status)).toEqual([400, 200]); // on a sandbox it is a warning
    const requests = hall.requests("backpack");
    const first = requests.findIndex(({ method }) => method === "PATCH");
    const looked = requests.findIndex(({ method, path }) => method === "GET" && path.startsWith("/api/v1/position"));
    expect(looked).toBeGreaterThanOrEqual(0);
    expect(looked).toBeLessThan(first);
    expect(lastOf(hall, "PATCH")).toBeLessThan(firstOrder(hall));
  });

  it("S0.3 resting orders of the market are cancelled and gone before the first placement, those of others stay", async ({
    onTestFinished,
  }) => {
    const hall = await hallOf(onTestFinished);
    hall.byHand(sol, "buy", "0.50", "140.00", 77); // of a bot before our time
    hall.byHand(sol, "sell", "0.20", "160.00");
    const other = hall.byHand(btc, "buy", "0.001", "50000.0");
    const bot = start(hall);
    await hall.until("the order", () => hall.open(sol).join() === "buy 0.66 @ 150.24");
    expect(hall.resting(sol)).toHaveLength(1);
    expect(hall.resting(btc)).toEqual([other]);
    const requests = hall.requests("backpack");
    const cancels = requests.filter(({ method }) => method === "DELETE");
    expect(cancels).toHaveLength(2);
    const seenEmpty = requests.findIndex(
      ({ method, path, answer }) =>
        method === "GET" && path.startsWith("/api/v1/orders") && Array.isArray(answer) && answer.length === 0,
    );
    expect(seenEmpty).toBeGreaterThan(lastOf(hall, "DELETE")); // confirmed
    expect(seenEmpty).toBeLessThan(firstOrder(hall));
    bot.child.kill("SIGINT");
    expect((await bot.ended).code).toBe(0);
    expect(hall.resting(btc)).toEqual([other]);
  });

  it("S0.4 a cancel that is refused is tried again a second later, and nothing is placed before it has worked", async ({
    onTestFinished,
  }) => {
    const hall = await hallOf(onTestFinished);
    hall.byHand(sol, "buy", "0.50", "140.00", 77);
    hall.byHand(sol, "sell", "0.20", "160.00");
    hall.sandbox.faults.request(
      { method: "DELETE", path: "/api/v1/order" },
      { do: "answer", status: 503, text: "Service Unavailable" },
      1,
    );
    start(hall);
    await hall.until("the order", () => hall.resting(sol).length === 1 && hall.open(sol)[0] === "buy 0.66 @ 150.24");
    const cancels = hall.requests("backpack").filter(({ method }) => method === "DELETE");
    expect(cancels).toHaveLength(3);
    const refused = cancels.find(({ status }) => status === 503);
    expect((cancels[2]?.sentAt ?? 0) - (refused?.sentAt ?? 0)).toBeGreaterThanOrEqual(950);
    expect(lastOf(hall, "DELETE")).toBeLessThan(firstOrder(hall));
  });

  it("S0.11 a position of +5 that the journal does not know is refused: a clear message, no order, not exit 0", async ({
    onTestFinished,
  }) => {
    const hall = await hallOf(onTestFinished);
    hall.byHand(sol, "buy", "5.00", "150.27");
    const bot = start(hall, "--live", "--yes", "--allow-negative-edge", "--allow-host", "127.0.0.1");
    const { code, stderr } = await bot.ended;
    expect(stderr).toContain("already holds 5.00 SOL in backpack:SOL_USDC_PERP");
    expect(stderr).toContain("--existing flatten");
    expect(code).toBe(2);
    expect(hall.placed("backpack")).toEqual([]);
    expect(hall.requests("backpack").filter(({ method }) => method !== "GET")).toEqual([]);
  });

  it("S0.11 --existing flatten sells 5 reduce-only within the cap, then trades as usual", async ({
    onTestFinished,
  }) => {
    const hall = await hallOf(onTestFinished);
    hall.byHand(sol, "buy", "5.00", "150.27");
    const bot = start(
      hall,
      "--live",
      "--yes",
      "--allow-negative-edge",
      "--allow-host",
      "127.0.0.1",
      "--existing",
      "flatten",
    );
    await hall.until(
      "flat, and the order",
      () => hall.position(sol) === "0.00" && hall.open(sol)[0] === "buy 0.66 @ 150.24",
    );
    const sales = hall.placed("backpack").filter(({ side }) => side === "Ask");
    for (const sale of sales) {
      expect(sale).toMatchObject({ reduceOnly: true, timeInForce: "IOC" });
      expect(Number(sale["price"])).toBeGreaterThanOrEqual(150.24 * 0.995);
    }
    expect(sales.reduce((sum, { quantity }) => sum + Number(quantity), 0)).toBeCloseTo(5, 8);
    bot.child.kill("SIGINT");
    expect((await bot.ended).code).toBe(0);
  });
});

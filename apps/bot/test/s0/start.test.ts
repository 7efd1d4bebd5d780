// A dual hedge that is stopped, and what its logs may not hold: S0.26, S0.28; and a book that fails on the wire: S0.12.
import { testKeys } from "@bp/sandbox";
import { describe, expect, it } from "vitest";
import { type Hall, layHall } from "../hall.ts";
import type { Finished } from "../table.ts";

const long = "backpack:SOL_USDC_PERP";
const short = "backpack-2:SOL_USDC_PERP";
const [alice, bob] = [testKeys("alice"), testKeys("bob")];

const hallOf = (finished: Finished) => layHall(finished, { books: { [long]: ["150.25", "150.27"] } });
const environment = (hall: Hall, mode: string): string =>
  hall.file(
    ".env.prod",
    [
      `BACKPACK_API_KEY=${alice.apiKey}`,
      `BACKPACK_PRIVATE_KEY=${alice.secret}`,
      `BACKPACK_API_KEY2=${bob.apiKey}`,
      `BACKPACK_PRIVATE_KEY2=${bob.secret}`,
      `TRADING_MODE=${mode}`,
      "TRADING_SYMBOL=SOL",
      "TRADING_AMOUNT=100.0",
      "HEDGE_CLOSE_DELAY_SECONDS=2",
      "",
    ].join("\n"),
  );
const way = (hall: Hall) => [
  "--live",
  "--yes",
  "--allow-negative-edge",
  "--allow-host",
  "127.0.0.1",
  "--rest",
  hall.rest,
  "--ws",
  hall.ws,
  "--journal",
  "journal.sqlite",
];
const start = (hall: Hall, mode: string) => hall.start([environment(hall, mode), ...way(hall)]);

describe.concurrent("S0, the end of a run", () => {
  it.for(["SIGTERM", "SIGINT"] as const)(
    "S0.26 %s in OPENING: both orders cancelled and verified within 10 s, the report printed, exit 0",
    async (signal, { onTestFinished }) => {
      const hall = await hallOf(onTestFinished);
      const bot = start(hall, "dual_hedge");
      await hall.until("both legs", () => hall.open(long).length === 1 && hall.open(short).length === 1);
      expect([hall.open(long), hall.open(short)]).toEqual([["buy 0.66 @ 150.25"], ["sell 0.66 @ 150.27"]]);
      await hall.pass(300);
      const before = hall.requests("backpack").length;
      const askedAt = Date.now();
      bot.child.kill(signal);
      await bot.says("stopping: asked to stop");
      const heardAt = Date.now();
      expect(heardAt - askedAt).toBeLessThan(30_000); // at once, on a machine that does nothing else
      const isVerified = ({ apiKey }: { readonly apiKey: string }) => {
        const ending = hall.requests("backpack").slice(before);
        const lastCancel = ending.findLastIndex(({ method }) => method === "DELETE");
        return ending
          .slice(Math.max(0, lastCancel))
          .some(
            ({ method, path, headers }) =>
              method === "GET" && path.startsWith("/api/v1/orders") && headers["x-api-key"] === apiKey,
          );
      };
      const isFlat = () => hall.resting(long).length === 0 && hall.resting(short).length === 0;
      await hall.until("none rests, verified with both", () => isFlat() && [alice, bob].every(isVerified));
      expect(Date.now() - heardAt).toBeLessThan(10_000);
      const { code, stdout } = await bot.ended;
      expect(code).toBe(0);
      expect([isFlat(), isVerified(alice), isVerified(bob)]).toEqual([true, true, true]); // to the last request
      expect(stdout).toMatch(/Run time/);
    },
  );
});

describe.concurrent("S0, what is written", () => {
  it.for(["single", "dual_hedge"] as const)(
    "S0.28 neither a secret nor six characters of a key are in the output, the logs or the journal of a full run of %s",
    async (mode, { onTestFinished }) => {
      const hall = await hallOf(onTestFinished);
      const file = environment(hall, mode);
      const bot = hall.start([file, ...way(hall)], { env: { BP_DEBUG: "1" } });
      const isDual = mode === "dual_hedge";
      await hall.until("the order", () => hall.open(long).length === 1 && (!isDual || hall.open(short).length === 1));
      hall.sandbox.faults.request({ path: "/api/v1/order" }, { do: "answer", status: 500, text: "oops" }, 2);
      hall.book(long, "150.10", isDual ? "150.40" : "150.27"); // nobody is before us in the queue
      hall.take(long, "sell", "1.00", "150.25");
      if (isDual) hall.take(long, "buy", "1.00", "150.27");
      await hall.until("the way back", () =>
        hall.requests("backpack").some(({ body }) => JSON.stringify(body ?? "").includes('reduceOnly":true')),
      );
      await hall.pass(1_000);
      bot.child.kill("SIGINT");
      const { code, stdout, stderr } = await bot.ended;
      expect(code).toBe(0);
      const secrets = [alice.apiKey, alice.secret, bob.apiKey, bob.secret];
      const used = new Set(hall.requests("backpack").map(({ headers }) => headers["x-api-key"]));
      expect([used.has(alice.apiKey), used.has(bob.apiKey)]).toEqual([true, isDual]);
      const written = hall.written();
      expect(written).toContain("request: POST"); // the log is as loud as can be
      // The person's own file is in the folder: everything of it once is its own.
      for (const secret of secrets) {
        expect(written.split(secret)).toHaveLength(2);
        const own = written.replaceAll(secret, "");
        for (const text of [stdout, stderr, own]) expect(text).not.toContain(secret.slice(0, 6));
      }
    },
  );
});

describe("S0, a book that fails", () => {
  it("S0.12 a depth request that fails is told, tried again after 5 s at the latest, and then there is exactly one order", async ({
    onTestFinished,
  }) => {
    const hall = await hallOf(onTestFinished);
    const oops = { do: "answer", status: 500, text: "oops" } as const;
    hall.sandbox.faults.request({ path: "/api/v1/depth" }, oops, { after: 1, count: 7 }); // not the look at the price before the run
    const bot = hall.start([environment(hall, "single"), "--rest", hall.rest, "--ws", hall.ws, "--disable-db"]);
    const depths = () => hall.requests("backpack").filter(({ path }) => path.startsWith("/api/v1/depth"));
    await bot.says(/trouble: backpack is not available: 500 .*oops/);
    expect(hall.placed("backpack")).toEqual([]);
    await hall.until("the order", () => hall.open(long).length === 1);
    expect(depths()[0]?.status).toBe(200);
    const tries = depths().slice(1, 9); // one more would be for a stream that was silent
    expect(tries.map(({ status }) => status)).toEqual([...Array.from({ length: 7 }, () => 500), 200]);
    for (const [at, { sentAt }] of tries.slice(1).entries())
      expect(sentAt - (tries[at]?.answeredAt ?? Number.NaN)).toBeLessThanOrEqual(7_000); // 5 s and two ways; sooner at first: from 250 ms, doubled each time
    await hall.pass(500);
    expect(bot.child.exitCode).toBeNull();
    expect(hall.placed("backpack")).toHaveLength(1);
    expect(hall.open(long)).toEqual(["buy 0.66 @ 150.25"]);
    bot.child.kill("SIGINT");
    expect((await bot.ended).code).toBe(0);
    expect(hall.written()).toMatch(/\[DEBUG\] bot: request: GET \S+\/api\/v1\/depth 500 in \d+ ms/);
  });
});

// A hedge that is stopped in its first leg: S3.24.
import { describe, expect, it } from "vitest";
import { type Hall, layHall } from "../hall.ts";
import type { BotProcess } from "../process.ts";
import type { Finished } from "../table.ts";

const lead = "backpack:ASTER_USDC_PERP";
const hedge = "aster-futures:ASTERUSDT";
const params = {
  lead,
  hedge,
  quantity: "10",
  offsetPct: "0.2",
  legWaitMs: 60_000,
  betweenLegsMs: 60_000,
  cycleMs: 60_000,
  stopBeforeFundingMs: 0,
};
const configOf = (hall: Hall) =>
  hall.config(["backpack", "aster-futures"], { system: "hedge", strategies: [{ use: "hedge", params }] });
const books = { [lead]: ["1.7199", "1.7201"], [hedge]: ["1.7199", "1.7201"] } as const;

/** 4 of 10 are sold, and every hedge is refused. */
async function unhedged(finished: Finished): Promise<{ readonly hall: Hall; readonly bot: BotProcess }> {
  const hall = await layHall(finished, { books });
  const bot = hall.start([configOf(hall), "--disable-db"]);
  await hall.until("leg 1", () => hall.open(lead).length === 1);
  hall.sandbox.aster?.futures.faults.request(
    { method: "POST", path: "/fapi/v3/order" },
    { do: "answer", status: 400, json: { code: -2010, msg: "New order rejected" } },
    Number.POSITIVE_INFINITY,
  );
  hall.take(lead, "buy", "4", "1.7234");
  await hall.until("a hedge that was refused", () => hall.placed("aster-futures").length > 0);
  return { hall, bot };
}

describe.concurrent("S3, the end of a run", () => {
  it.for(["SIGINT", "SIGTERM"] as const)(
    "S3.24 %s in leg 1 with 4 of 10 filled: the order cancelled, the 4 hedged, net 0, report, exit 0",
    async (signal, { onTestFinished }) => {
      const hall = await layHall(onTestFinished, { books });
      const bot = hall.start([configOf(hall), "--disable-db"]);
      await hall.until("leg 1", () => hall.open(lead).length === 1);
      expect(hall.open(lead)).toEqual(["sell 10.0 @ 1.7234"]);
      hall.take(lead, "buy", "4", "1.7234");
      await hall.until("the part", () => hall.position(lead) === "-4.0");
      await hall.until("its hedge", () => hall.position(hedge) === "4.00");
      bot.child.kill(signal);
      const { code, stdout } = await bot.ended;
      expect(code).toBe(0);
      expect(hall.resting(lead)).toEqual([]);
      expect(hall.resting(hedge)).toEqual([]);
      expect(Number(hall.position(lead)) + Number(hall.position(hedge))).toBe(0);
      expect(stdout).toMatch(/Run time/);
    },
  );

  it("S3.24 stopped while the 4 are not hedged yet: they are unwound where they were sold, net 0, exit 0", async ({
    onTestFinished,
  }) => {
    const { hall, bot } = await unhedged(onTestFinished);
    bot.child.kill("SIGINT");
    const { code, stdout } = await bot.ended;
    expect(code).toBe(0);
    expect(stdout).toContain("holds -4 more on one leg: closing it");
    expect([hall.position(lead), hall.position(hedge)]).toEqual(["0.0", "0.00"]);
    expect(hall.placed("backpack").at(-1)).toMatchObject({ side: "Bid", reduceOnly: true, timeInForce: "IOC" });
    expect(hall.resting(lead)).toEqual([]);
  });

  it("stopped while the account's stream is down and one leg is held: waits until that is known, and unwinds it", async ({
    onTestFinished,
  }) => {
    const { hall, bot } = await unhedged(onTestFinished);
    const refusing = hall.sandbox.faults.refuseSockets(Number.POSITIVE_INFINITY);
    hall.sandbox.faults.cutSockets();
    await hall.until("a try to come back", () => refusing.hits > 0);
    bot.child.kill("SIGINT");
    await bot.says("stopping: asked to stop");
    await hall.pass(2_000);
    refusing.cancel();
    const { code, stdout } = await bot.ended;
    expect(code, stdout).toBe(0);
    expect(stdout).toContain("holds -4 more on one leg: closing it");
    expect([hall.position(lead), hall.position(hedge)]).toEqual(["0.0", "0.00"]);
  });
});

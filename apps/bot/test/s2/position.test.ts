// How a perpetual's inventory is kept within bounds: S2.5 to S2.9, S2.33.
import { describe, expect, it } from "vitest";
import { spawnBot } from "../process.ts";
import { layTable } from "../table.ts";

const table4 = {
  spread: "0.5",
  quantity: "0.1",
  maxOrders: 1,
  targetPosition: "0",
  positionThreshold: "0.2",
  maxPosition: "0.4",
};
const table9 = { ...table4, targetPosition: "1.0", positionThreshold: "0.1", maxPosition: "2" };

/** The closing limit: half a percent beyond the touch, towards the market. */
const worst = { buy: "150.76", sell: "149.25" } as const;

interface Case {
  readonly name: string;
  readonly flags: Readonly<Record<string, unknown>>;
  readonly position: string;
  readonly closes: readonly string[];
  readonly leaves: string;
}

const cases: readonly Case[] = [
  { name: "S2.5 +0.1 is tolerated", flags: table4, position: "0.1", closes: [], leaves: "0.10" },
  {
    name: "S2.6 +0.25 is brought back to the line by a reduce-only sale of 0.05",
    flags: table4,
    position: "0.25",
    closes: ["sell 0.05"],
    leaves: "0.20",
  },
  {
    name: "S2.6 -0.25 is brought back by a reduce-only purchase of 0.05",
    flags: table4,
    position: "-0.25",
    closes: ["buy 0.05"],
    leaves: "-0.20",
  },
  {
    name: "S2.7 +0.5 sells 0.1 down to the cap at once, then 0.2 down to the line",
    flags: table4,
    position: "0.5",
    closes: ["sell 0.10", "sell 0.20"],
    leaves: "0.20",
  },
  { name: "S2.8 +0.2 exactly is nothing", flags: table4, position: "0.2", closes: [], leaves: "0.20" },
  {
    name: "S2.8 +0.4 exactly is not over the cap: one sale down to the line",
    flags: table4,
    position: "0.4",
    closes: ["sell 0.20"],
    leaves: "0.20",
  },
  {
    name: "S2.9 +0.3 of a target of 1.0 is left alone: nothing is opened towards it",
    flags: table9,
    position: "0.3",
    closes: [],
    leaves: "0.30",
  },
  { name: "S2.9 +1.05 is within target and threshold", flags: table9, position: "1.05", closes: [], leaves: "1.05" },
  { name: "S2.9 +1.15 sells 0.05", flags: table9, position: "1.15", closes: ["sell 0.05"], leaves: "1.10" },
  {
    name: "S2.9 +2.3 sells 0.3 down to the cap, then 0.9 down to the line as in S2.7",
    flags: table9,
    position: "2.3",
    closes: ["sell 0.30", "sell 0.90"],
    leaves: "1.10",
  },
];

describe.concurrent("S2, position of a perpetual", () => {
  it.for(cases)("$name", async ({ flags, position, closes, leaves }, { onTestFinished }) => {
    const table = await layTable(onTestFinished, { position: { size: position } });
    const bot = await table.start(flags);
    const closing = () => table.sent().filter(({ reduceOnly }) => reduceOnly);
    await table.until("the reductions", () => closing().length >= closes.length && table.position() === leaves);
    await table.until("a quote", () => table.open().length > 0);
    await table.pass(300); // and no more of them
    expect(closing().map(({ side, size }) => `${side} ${size}`)).toEqual(closes);
    for (const { side, tif, postOnly, price } of closing())
      expect([tif, postOnly, price]).toEqual(["IOC", false, worst[side]]);
    expect(table.sent().filter(({ reduceOnly, postOnly }) => !reduceOnly && !postOnly)).toEqual([]); // nothing else takes
    expect(table.position()).toBe(leaves);
    await bot.stop();
    expect(table.position()).toBe(leaves);
  });

  it("S2.33 6.0 short with a cap of 1.0 closes 5.0 at once, and the block says over cap while it lasts", async ({
    onTestFinished,
  }) => {
    const table = await layTable(onTestFinished, { position: { size: "-6" } });
    table.setLevels([["149.99", "1000"]], [["150.01", "1"]]); // only 1 to be had
    const flags = ["--spread", "0.5", "--quantity", "0.1", "--max-position", "1", "--target-position", "0"];
    const bot = spawnBot(onTestFinished, [
      "start",
      "--rest",
      table.rest,
      "--ws",
      table.ws,
      "--symbol",
      table.symbol,
      ...flags,
      "--interval",
      "1",
      "--disable-db",
    ]);
    await table.until("the first closing order", () => table.sent().length > 0);
    expect(table.sentWords()[0]).toBe(`buy 5.00 @ ${worst.buy} IOC reduce-only`);
    await bot.says("over cap: 4.00 SOL");
    expect(table.sent().every(({ reduceOnly }) => reduceOnly)).toBe(true); // no quotes while over the cap
    table.setLevels([["149.99", "1000"]], [["150.01", "1000"]]);
    await table.until("the cap, then the line", () => table.position() === "-0.10");
    bot.child.kill("SIGINT");
    expect((await bot.ended).code).toBe(0);
    expect(table.open()).toEqual([]);
  });
});

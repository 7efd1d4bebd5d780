// Where the quotes stand and how large they are: S2.1 to S2.4, S2.16, S2.17, S2.31.
import { lots } from "@bp/core";
import { describe, expect, it } from "vitest";
import { spawnBot } from "../process.ts";
import { type Bot, type Finished, layTable, type Table } from "../table.ts";

/** One level a side, a large position allowed: only the lean is looked at. */
const leaning = { spread: "0.5", maxOrders: 1, quantity: "0.1", maxPosition: "5", positionThreshold: "5" };

const quoted = (table: Table, count: number) => table.until(`${count} quotes`, () => table.open().length === count);

describe.concurrent("S2, where the quotes stand", () => {
  it("S2.1 three levels a side about the mid, all post-only and good till cancelled", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished, { symbol: "SOL_USDC" });
    const bot = await table.start({ spread: "0.5", maxOrders: 3, quantity: "0.5", disableRebalance: true });
    await quoted(table, 6);
    expect(table.open()).toEqual([
      "buy 0.50 @ 149.62",
      "buy 0.50 @ 149.60",
      "buy 0.50 @ 149.58",
      "sell 0.50 @ 150.38",
      "sell 0.50 @ 150.40",
      "sell 0.50 @ 150.42",
    ]);
    expect(table.sent().map(({ tif, postOnly }) => [tif, postOnly])).toEqual(
      Array.from({ length: 6 }, () => ["GTC", true]),
    );
    await bot.stop();
  });

  it.for([
    { book: ["239.379", "239.447"], mid: "239.413", raw: ["238.814468", "240.011533"], best: ["238.814", "240.012"] },
    { book: ["239.364", "239.432"], mid: "239.398", raw: ["238.799505", "239.996495"], best: ["238.799", "239.997"] },
  ] as const)(
    "S2.2 tick 0.001: the block of one moment shows mid $mid and what comes of it",
    async ({ book, mid, raw, best }, { onTestFinished }) => {
      const table = await layTable(onTestFinished, { tick: "0.001", book });
      const flags = ["--spread", "0.5", "--max-orders", "1", "--quantity", "0.5", "--interval", "1", "--lang", "zh"];
      const bot = spawnBot(onTestFinished, [
        "start",
        "--rest",
        table.rest,
        "--ws",
        table.ws,
        "--symbol",
        table.symbol,
        ...flags,
        "--disable-db",
      ]);
      await quoted(table, 2);
      expect(table.open()).toEqual([`buy 0.50 @ ${best[0]}`, `sell 0.50 @ ${best[1]}`]);
      await bot.says(new RegExp(`活躍報價.*${best[0]}.*\\n`)); // the first blocks may come before the venue has told all
      bot.child.kill("SIGINT");
      const { stdout, code } = await bot.ended;
      const block = stdout.split("市場狀態").find((each) => new RegExp(`活躍報價.*${best[0]}`).test(each)) ?? "";
      const line = (label: string) => block.split("\n").find((each) => each.includes(label)) ?? "";
      expect(line("盤口")).toMatch(new RegExp(`${book[0]}.*${book[1]}.*0\\.068 \\(0\\.028 %\\)`));
      expect(line("中間價")).toContain(mid);
      expect(line("原始報價")).toMatch(new RegExp(`${raw[0]}.*${raw[1]}`));
      expect(line("調整後報價")).toMatch(new RegExp(`${best[0]}.*${best[1]}`));
      expect(line("活躍報價")).toMatch(new RegExp(`${best[0]}.*${best[1]}`));
      expect(code).toBe(0);
      expect(table.open()).toEqual([]);
    },
  );

  it.for([
    { net: "+2.50", position: "2.5", best: ["149.56", "150.32"] },
    { net: "-2.50", position: "-2.5", best: ["149.68", "150.44"] },
    { net: "0", position: undefined, best: ["149.62", "150.38"] },
  ])("S2.16 skew 0.3 of half the spread at net $net of 5", async ({ position, best }, { onTestFinished }) => {
    const table = await layTable(onTestFinished, position === undefined ? {} : { position: { size: position } });
    const bot = await table.start({ ...leaning, inventorySkew: "0.3" });
    await quoted(table, 2);
    expect(table.open()).toEqual([`buy 0.10 @ ${best[0]}`, `sell 0.10 @ ${best[1]}`]);
    await bot.stop();
  });

  it("S2.17 long lowers both quotes, short raises both, and a fill moves them", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished);
    const bot = await table.start({ ...leaning, inventorySkew: "1", quantity: "2.5" });
    await quoted(table, 2);
    expect(table.open()).toEqual(["buy 2.50 @ 149.62", "sell 2.50 @ 150.38"]);
    table.take("sell", "2.5", "149.62"); // somebody sells to our bid
    await table.until("lower quotes", () => table.open().join() === "buy 2.50 @ 149.43,sell 2.50 @ 150.19");
    table.take("buy", "2.5", "150.19");
    await table.until("level quotes", () => table.open().join() === "buy 2.50 @ 149.62,sell 2.50 @ 150.38");
    table.take("buy", "2.5", "150.38");
    await table.until("higher quotes", () => table.open().join() === "buy 2.50 @ 149.81,sell 2.50 @ 150.57");
    await bot.stop();
  });

  it("S2.17 skew 0 leaves both quotes where they are", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished, { position: { size: "2.5" } });
    const bot = await table.start({ ...leaning, inventorySkew: "0" });
    await quoted(table, 2);
    expect(table.open()).toEqual(["buy 0.10 @ 149.62", "sell 0.10 @ 150.38"]);
    await bot.stop();
  });

  it("S2.17 a position below the minimum size does not lean", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished, { position: { size: "0.02" } });
    table.exchange.setInstrument({ ...table.instrument, minSize: lots(5) }); // 0.05 from now on
    const bot = await table.start({ ...leaning, maxPosition: "0.5", inventorySkew: "1" });
    await quoted(table, 2);
    expect(table.open()).toEqual(["buy 0.10 @ 149.62", "sell 0.10 @ 150.38"]); // leaning would be 0.015 lower: 149.61
    await bot.stop();
  });
});

describe.concurrent("S2, how large they are", () => {
  it.for([
    { levels: 3, buy: "0.33", sell: "0.25" },
    { levels: 10, buy: "0.16", sell: "0.12" },
  ])(
    "S2.3 without a quantity $levels levels take their share of 1000 USDC and 5 SOL",
    async ({ levels, buy, sell }, { onTestFinished }) => {
      const table = await layTable(onTestFinished, { symbol: "SOL_USDC", balances: { USDC: "1000", SOL: "5" } });
      const bot = await table.start({ spread: "0.5", maxOrders: levels, disableRebalance: true });
      await quoted(table, 2 * levels);
      const sizes = (side: string) =>
        new Set(table.open().flatMap((each) => (each.startsWith(side) ? each.split(" ")[1] : [])));
      expect([...sizes("buy")]).toEqual([buy]);
      expect([...sizes("sell")]).toEqual([sell]);
      await bot.stop();
    },
  );

  it("S2.4 a quantity is the size of each of six orders", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished, { symbol: "SOL_USDC" });
    const bot = await table.start({ spread: "0.5", quantity: "0.5", maxOrders: 3, disableRebalance: true });
    await quoted(table, 6);
    expect(table.sent().map(({ size }) => size)).toEqual(Array.from({ length: 6 }, () => "0.50"));
    await bot.stop();
  });

  it("S2.4 funds for two buys only: two buys, three sells, and the shortage is said once", async ({
    onTestFinished,
  }) => {
    const table = await layTable(onTestFinished, { symbol: "SOL_USDC", balances: { USDC: "150", SOL: "500" } });
    const bot = await table.start({
      spread: "0.5",
      quantity: "0.5",
      maxOrders: 3,
      disableRebalance: true,
      interval: "0.1",
    });
    await quoted(table, 5);
    await table.pass(700); // some passes more
    expect(table.open()).toEqual([
      "buy 0.50 @ 149.62",
      "buy 0.50 @ 149.60",
      "sell 0.50 @ 150.38",
      "sell 0.50 @ 150.40",
      "sell 0.50 @ 150.42",
    ]);
    expect(table.sent()).toHaveLength(5); // the sixth was not tried
    expect(bot.notes.filter((each) => each.startsWith("funds:"))).toHaveLength(1);
    await bot.stop();
  });
});

describe.concurrent("S2, what a pass changes", () => {
  const flags = { spread: "0.5", maxOrders: 3, quantity: "0.5", interval: "0.1", maxPosition: "5" };
  const begun = async (finished: Finished): Promise<{ readonly table: Table; readonly bot: Bot }> => {
    const table = await layTable(finished);
    const bot = await table.start(flags);
    await quoted(table, 6);
    return { table, bot };
  };

  it("S2.31 a second pass with the same mid sends nothing", async ({ onTestFinished }) => {
    const { table, bot } = await begun(onTestFinished);
    await table.pass(1_000); // ten passes
    expect(table.sent()).toHaveLength(6);
    expect(table.cancels()).toHaveLength(0);
    await bot.stop();
  });

  it("S2.31 half a tick moves the sells alone, and the buys are left where they are", async ({ onTestFinished }) => {
    const { table, bot } = await begun(onTestFinished);
    table.setBook("149.99", "150.02"); // buys 149.629…, sells 150.380…
    await table.until("three new sells", () => table.sent().length === 9 && table.open().length === 6);
    await table.pass(300); // and no more of them
    expect(table.open()).toContain("sell 0.50 @ 150.39");
    expect(table.open().slice(0, 3)).toEqual(["buy 0.50 @ 149.62", "buy 0.50 @ 149.60", "buy 0.50 @ 149.58"]);
    expect(
      table
        .sent()
        .slice(6)
        .map(({ side }) => side),
    ).toEqual(["sell", "sell", "sell"]);
    expect(table.cancels()).toHaveLength(3);
    await bot.stop();
  });

  it("S2.31 one tick changes all six levels, two ticks only two: the others stand at a price that is still wished", async ({
    onTestFinished,
  }) => {
    const { table, bot } = await begun(onTestFinished);
    table.setBook("150.00", "150.02"); // levels are 2 ticks apart, so all six move
    await table.until("six new quotes", () => table.sent().length === 12 && table.open().length === 6);
    expect(table.open()[0]).toBe("buy 0.50 @ 149.63");
    const before = table.exchange.openOrders("alice").map(({ id }) => id);
    table.setBook("150.02", "150.04");
    await table.until("two new quotes", () => table.sent().length === 14 && table.open().length === 6);
    await table.pass(300); // and no more of them
    expect(table.open()[0]).toBe("buy 0.50 @ 149.65");
    expect(table.sent()).toHaveLength(14);
    expect(table.cancels()).toHaveLength(8);
    expect(table.exchange.openOrders("alice").filter(({ id }) => before.includes(id))).toHaveLength(4);
    await bot.stop();
  });
});

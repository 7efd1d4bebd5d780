// The ways out of a run, and several accounts at once: detach, flatten, the kill switch, pause, a child that is started again.
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { layHall } from "./hall.ts";
import { runBot } from "./process.ts";
import { layTable } from "./table.ts";

const sol = "backpack:SOL_USDC_PERP";
const bobs = "backpack-2:SOL_USDC_PERP";
const aster = "aster-futures:SOLUSDT";
const maker = (instrument: string, name = "maker") => ({
  name,
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

describe.concurrent("the end of a run", () => {
  it("--on-exit detach leaves the orders, reports, and the same command goes on with them; flatten closes what is ours", async ({
    onTestFinished,
  }) => {
    const hall = await layHall(onTestFinished, { books: { [sol]: ["149.99", "150.01"] } });
    const file = hall.config(["backpack"], { strategies: [maker(sol)], run: { journal: "journal.sqlite" } });
    const first = hall.start([file, "--on-exit", "detach"]);
    await hall.until("two quotes", () => hall.open(sol).length === 2);
    hall.take(sol, "sell", "0.1", "149.62");
    await hall.until("a position", () => hall.position(sol) === "0.10");
    await hall.until("two quotes again", () => hall.open(sol).length === 2);
    await hall.pass(300);
    first.child.kill("SIGTERM");
    const detached = await first.ended;
    expect(detached.code).toBe(0);
    expect(detached.stdout).toContain("detach");
    expect(detached.stdout).toMatch(/Run time/);
    expect(hall.open(sol)).toHaveLength(2);

    const second = hall.start([file, "--on-exit", "flatten"]);
    await second.says("(resumed)");
    await second.says("account link.restored");
    await hall.until("two quotes once more", () => hall.open(sol).length === 2);
    second.child.kill("SIGINT");
    const { code, stdout } = await second.ended;
    expect(code).toBe(0);
    expect(hall.position(sol)).toBe("0.00");
    expect(hall.open(sol)).toEqual([]);
    expect(stdout).toMatch(/fills|Volume/);
    const replayed = await runBot(onTestFinished, ["replay", "last", "--journal", `${hall.folder}/journal.sqlite`]);
    expect(replayed.stdout).toContain("equal    yes");
  });

  it("--on-exit detach stops the countdown of Aster's futures, which would take the orders", async ({
    onTestFinished,
  }) => {
    const hall = await layHall(onTestFinished, { books: { [aster]: ["149.98", "150.02"] } });
    const strategies = [{ ...maker(sol), params: { ...maker(sol).params, instrument: aster } }];
    const file = hall.config(["aster-futures"], { strategies, run: { journal: "journal.sqlite" } });
    const countdowns = () =>
      hall
        .requests("aster-futures")
        .filter(({ path }) => path.includes("countdownCancelAll"))
        .map(({ body }) => new URLSearchParams(String(body)).get("countdownTime"));
    const bot = hall.start([file, "--on-exit", "detach"]);
    await hall.until("two quotes", () => hall.open(aster).length === 2);
    await hall.until("a countdown", () => countdowns().length > 0);
    bot.child.kill("SIGTERM");
    expect((await bot.ended).code).toBe(0);
    expect(hall.open(aster)).toHaveLength(2);
    expect(countdowns().at(-1)).toBe("0");
  });

  it("SIGUSR2 is the kill switch: own orders cancelled, halted, exit 3", async ({ onTestFinished }) => {
    const hall = await layHall(onTestFinished, { books: { [sol]: ["149.99", "150.01"] } });
    const own = hall.byHand(sol, "buy", "1.00", "120.00");
    const bot = hall.start([hall.config(["backpack"], { strategies: [maker(sol)] }), "--disable-db"]);
    await hall.until("two quotes", () => hall.open(sol).length === 2);
    bot.child.kill("SIGUSR2");
    const { code, stdout } = await bot.ended;
    expect(code).toBe(3);
    expect(stdout).toContain("halted: the kill switch (SIGUSR2)");
    expect(hall.resting(sol)).toEqual([own]);
  });

  it("output that nobody reads any more ends the run like a hang-up: own orders cancelled, exit 1", async ({
    onTestFinished,
  }) => {
    const hall = await layHall(onTestFinished, { books: { [sol]: ["149.99", "150.01"] } });
    const config = hall.config(["backpack"], { strategies: [maker(sol)], run: { screen: 1 } });
    const bot = hall.start([config, "--disable-db"]);
    await hall.until("two quotes", () => hall.open(sol).length === 2);
    bot.child.stdout?.destroy();
    bot.child.stderr?.destroy();
    expect((await bot.ended).code).toBe(1); // whoever wanted to know how it ends has not heard it
    expect(hall.open(sol)).toEqual([]);
  });

  it("a pause empties the wishes and a resume brings them back", async ({ onTestFinished }) => {
    const table = await layTable(onTestFinished);
    const bot = await table.start({ spread: "0.5", quantity: "0.1", maxOrders: "1" });
    await table.until("two quotes", () => table.open().length === 2);
    bot.operator.ask("pause", "a test");
    await table.until("none", () => table.open().length === 0);
    await table.pass(1_500);
    expect(table.open()).toEqual([]);
    bot.operator.ask("resume", "a test");
    await table.until("two quotes again", () => table.open().length === 2);
    expect((await bot.stop()).code).toBe(0);
  });

  it("three accounts at two exchanges: each order goes where it belongs, and all are settled at the end", async ({
    onTestFinished,
  }) => {
    const hall = await layHall(onTestFinished, {
      books: { [sol]: ["149.99", "150.01"], [aster]: ["149.98", "150.02"] },
    });
    const strategies = [maker(sol, "here"), maker(bobs, "there"), maker(aster, "elsewhere")];
    const file = hall.config(["backpack", "backpack-2", "aster-futures"], { strategies });
    const bot = hall.start([file, "--disable-db", "--summary", "summary.json"]);
    const all = () => [hall.open(sol), hall.open(bobs), hall.open(aster)].map((each) => each.length);
    await hall.until("two quotes each", () => all().join() === "2,2,2");
    hall.take(aster, "sell", "0.1", "149.62");
    await bot.says(/buy +0\.10 SOL @ 149\.62/);
    await hall.until("two quotes each again", () => all().join() === "2,2,2");
    bot.child.kill("SIGINT");
    const { code } = await bot.ended;
    expect(code).toBe(0);
    expect(all()).toEqual([0, 0, 0]);
    expect(hall.written()).toMatch(/"aster-futures:SOLUSDT": "0\.1"/);
  });
});

describe("a second bot on an account", () => {
  it.for([["--no-resume"], []])("is refused before it touches anything (%j)", async (more, { onTestFinished }) => {
    const hall = await layHall(onTestFinished, { books: { [sol]: ["149.99", "150.01"] } });
    const own = { strategies: [maker(sol)], prepare: { clearOrders: [sol] }, run: { journal: "journal.sqlite" } };
    const bot = hall.start([hall.config(["backpack"], own)]);
    await hall.until("two quotes", () => hall.open(sol).length === 2);
    const before = hall.open(sol);
    const other = { ...own, strategies: [maker(sol, "another")] };
    for (const content of [own, other]) {
      const second = await hall.start([hall.config(["backpack"], content), ...more]).ended;
      expect(second.code).toBe(2);
      expect(second.stderr).toMatch(
        /account backpack \(.*\) is traded by process \d+, run \S+, since .*; stop that bot first/,
      );
    }
    expect(hall.open(sol)).toEqual(before);
    bot.child.kill("SIGINT");
    expect((await bot.ended).code).toBe(0);
  });
});

describe("--supervise", () => {
  it("S1.28 a worker that crashed is started again after 10 s and resumes; one that ended well is not", async ({
    onTestFinished,
  }) => {
    const hall = await layHall(onTestFinished, { books: { [sol]: ["149.99", "150.01"] } });
    const file = hall.config(["backpack"], {
      strategies: [maker(sol)],
      run: { journal: "journal.sqlite", json: true },
    });
    const bot = hall.start([file, "--supervise", "--duration", "1000"]);
    await hall.until("two quotes", () => hall.open(sol).length === 2);
    const worker = (): number => {
      const begun = [...bot.stdout.matchAll(/"pid":(\d+)/g)].at(-1);
      return Number(begun?.[1] ?? 0);
    };
    expect(worker()).toBeGreaterThan(0);
    const killedAt = Date.now();
    process.kill(worker(), "SIGKILL");
    await bot.says("it is started again in 10 s");
    await hall.until("it goes on", () => /"resumed":true/.test(bot.stdout));
    expect(Date.now() - killedAt).toBeGreaterThanOrEqual(9_900);
    await hall.until("two quotes again", () => hall.open(sol).length === 2);
    const asked = execFileSync("ps", ["-o", "args=", "-p", String(worker())], { encoding: "utf8" });
    expect(Number(/--duration (\d+)\s*$/.exec(asked)?.[1])).toBeLessThanOrEqual(990); // the time that is over is over
    bot.child.kill("SIGTERM");
    expect((await bot.ended).code).toBe(0); // the worker ended well: so does the launcher, at once
    expect(hall.open(sol)).toEqual([]);
  });
});

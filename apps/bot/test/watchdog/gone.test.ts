// A bot that is gone or does not move: its orders go, the user's own stay, and it goes on from what is true when it comes back.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openJournal } from "@bp/journal";
import { describe, expect, it } from "vitest";
import { runBot } from "../process.ts";
import { aster, layWard, sol, stallOn, type Ward } from "./ward.ts";

/** A machine that does other things too. */
const patienceMs = 100_000;
/** From the moment in which the bot was last heard: the limit, and two seconds. */
const mostMs = 3_000;
/** None of ours rests, and that soon. */
const inTime = (ward: Ward, isSo = () => ward.resting() === 0) => ward.promptly("none of ours", isSo, mostMs);

const notesOf = ({ hall }: Ward): readonly string[] => {
  const store = openJournal(join(hall.folder, "journal.sqlite"), { access: "read" });
  const notes = store
    .runs()
    .flatMap(({ id }) =>
      [...store.read(id)].flatMap(({ entry }) =>
        entry.dir === "note" && entry.rule === "watchdog" ? [entry.why] : [],
      ),
    );
  store.close();
  return notes;
};

describe("a bot that is gone", { timeout: 900_000 }, () => {
  it("SIGKILL: own orders are taken back at once, the user's own stay, and the next start knows", async ({
    onTestFinished,
  }) => {
    const ward = await layWard(onTestFinished);
    const { hall } = ward;
    const own = [hall.byHand(sol, "buy", "1.00", "120.00"), hall.byHand(aster, "sell", "1.00", "190.00")];
    const strange = hall.byHand(sol, "buy", "1.00", "121.00", 4_000_000_000 % 0xff_ffff); // a number of somebody's, of run 0
    const bot = ward.start();
    await hall.until("quotes", () => hall.resting(sol).length === 12 && hall.open(aster).length === 10);
    bot.child.kill("SIGKILL");
    await inTime(ward, () => hall.resting(sol).length === 2 && hall.open(aster).length === 0);
    expect([...hall.resting(sol), ...hall.resting(aster)].toSorted()).toEqual([...own, strange].toSorted());
    const { stderr } = await bot.ended; // whoever waits for the end of its output gets it
    expect(stderr).toMatch(/watchdog: the bot has ended without a goodbye: taking its orders back/);
    expect(stderr).toMatch(/backpack: 10 orders cancelled, none left after \d+ ms by the venue's own list/);
    await hall.until("the watch is over", () => /the watch is over/.test(ward.log()));

    const next = ward.start();
    await next.says("(resumed)");
    await hall.until("quotes again", () => hall.resting(sol).length === 12 && hall.open(aster).length === 10);
    next.child.kill("SIGINT");
    expect((await next.ended).code).toBe(0);
    expect(notesOf(ward).join()).toContain("the bot has ended without a goodbye; backpack: 10 orders cancelled");
    expect(readdirSync(join(ward.state, "bots"))).toEqual([]);
  });

  it("SIGKILL of its whole group of processes, as by a terminal that is gone: the watchdog is in another one", async ({
    onTestFinished,
  }) => {
    const ward = await layWard(onTestFinished);
    const bot = ward.start([], { detached: true });
    await ward.full();
    process.kill(-(bot.child.pid ?? 0), "SIGKILL");
    await inTime(ward);
    expect(ward.resting()).toBe(0);
  });

  it("SIGKILL of both leaves the orders: bot status says so, and bot kill FILE takes them", async ({
    onTestFinished,
  }) => {
    const ward = await layWard(onTestFinished);
    const bot = ward.start();
    await ward.full();
    process.kill(ward.dog(), "SIGSTOP"); // first, or it would be quicker
    bot.child.kill("SIGKILL");
    process.kill(ward.dog(), "SIGKILL");
    await bot.ended;
    await ward.hall.pass(500);
    expect(ward.resting()).toBe(20);
    expect((await ward.bot(["status"])).stdout).toContain("gone without a goodbye: its orders may rest; no watchdog");
    const killed = await ward.bot(["kill", ward.file, "--json"]);
    expect(killed).toMatchObject({ code: 0 });
    expect(ward.resting()).toBe(0);
    expect((await ward.status()).bots).toEqual([]);
  });

  it("under --supervise: taken back, started again, and the new one's orders are in its own care", async ({
    onTestFinished,
  }) => {
    const ward = await layWard(onTestFinished, { run: { json: true } });
    const { hall } = ward;
    const bot = ward.start(["--supervise"]);
    await ward.full();
    process.kill(Number([...bot.stdout.matchAll(/"pid":(\d+)/g)].at(-1)?.[1]), "SIGKILL");
    await inTime(ward);
    await hall.until("it goes on", () => /"resumed":true/.test(bot.stdout), patienceMs);
    await ward.full();
    const before = new Set([...hall.resting(sol), ...hall.resting(aster)]);
    await hall.until("the first watchdog is done", () => /the watch is over/.test(ward.log()));
    expect([...hall.resting(sol), ...hall.resting(aster)].filter((id) => !before.has(id))).toEqual([]);
    bot.child.kill("SIGTERM");
    expect((await bot.ended).code).toBe(0);
    expect(ward.resting()).toBe(0);
  });
});

describe("a bot that does not move", { timeout: 900_000 }, () => {
  it("SIGSTOP: taken back in time; awake, it sends nothing before it has asked the venues, and goes on", async ({
    onTestFinished,
  }) => {
    const ward = await layWard(onTestFinished);
    const { hall } = ward;
    const own = hall.byHand(sol, "buy", "1.00", "120.00");
    const bot = ward.start();
    await ward.full();
    bot.child.kill("SIGSTOP");
    await inTime(ward);
    expect(hall.resting(sol)).toEqual([own]);
    const sent = hall.placed("backpack").length + hall.placed("aster-futures").length;
    hall.book(sol, "139.99", "140.01"); // the world went on
    bot.child.kill("SIGCONT");
    await bot.says("asking the venues for everything anew");
    await bot.says("awake again and goes on from what the venues say");
    await ward.full();
    const later = hall.requests("backpack").filter(({ method, path }) => method === "POST" && path.endsWith("/order"));
    const first = later[Math.max(0, later.length - 10)];
    const asked = hall.requests("backpack").filter(({ method, path }) => method === "GET" && /\/orders\b/.test(path));
    expect(hall.placed("backpack").length + hall.placed("aster-futures").length).toBe(sent + 20);
    expect(asked.some(({ sentAt }) => sentAt < (first?.sentAt ?? 0))).toBe(true);
    await hall.pass(1_500); // not one of them is taken back by the watchdog
    expect(ward.resting()).toBe(20);
    bot.child.kill("SIGINT");
    const { code } = await bot.ended;
    expect(code).toBe(0);
    expect(ward.resting()).toBe(0);
    expect(notesOf(ward).join()).toContain("10 orders cancelled");
    const replayed = await runBot(onTestFinished, ["replay", "last", "--journal", `${hall.folder}/journal.sqlite`]);
    expect(replayed.stdout).toContain("equal    yes");
  });

  it("is told through its pipe where no fence can be made: it asks the venues, goes on, and is watched as before", async ({
    onTestFinished,
  }) => {
    const ward = await layWard(onTestFinished);
    const bot = ward.start();
    await ward.full();
    bot.child.kill("SIGSTOP");
    rmSync(join(ward.state, "bots"), { recursive: true });
    await inTime(ward);
    bot.child.kill("SIGCONT");
    await bot.says("the fence cannot be set, and the bot is told by its pipe alone");
    await bot.says("asking the venues for everything anew");
    await bot.says("awake again and goes on from what the venues say");
    await ward.full();
    bot.child.kill("SIGSTOP");
    await inTime(ward);
    bot.child.kill("SIGCONT");
    await ward.full();
    bot.child.kill("SIGINT");
    expect((await bot.ended).code).toBe(0);
    expect(ward.resting()).toBe(0);
  });

  it("a loop that stands still is no life, although the process runs", async ({ onTestFinished }) => {
    const ward = await layWard(onTestFinished);
    const stall = join(ward.hall.folder, "stall");
    const bot = ward.start([], { node: stallOn(ward.hall, stall) });
    await ward.full();
    writeFileSync(stall, "");
    await inTime(ward);
    rmSync(stall);
    await bot.says("goes on from what the venues say");
    await ward.full();
    bot.child.kill("SIGINT");
    expect((await bot.ended).code).toBe(0);
  });

  it("goes through 429, 503 and silence of the venues until their lists are clean", async ({ onTestFinished }) => {
    const ward = await layWard(onTestFinished);
    const { hall } = ward;
    const bot = ward.start();
    await ward.full();
    const { aster: site, faults } = hall.sandbox;
    faults.request({ method: "DELETE", path: "/api/v1/order" }, { do: "answer", status: 503, text: "busy" }, 7);
    faults.request({ method: "GET", path: "/api/v1/orders" }, { do: "hang" }, 1);
    site?.futures.faults.request({ method: "DELETE", path: "/fapi/v3/order" }, { do: "lose-answer" }, 4);
    site?.futures.faults.request(
      { method: "GET", path: "/fapi/v3/openOrders" },
      { do: "answer", status: 429, headers: { "retry-after": "1" }, json: { code: -1003, msg: "Too many requests" } },
      2,
    );
    bot.child.kill("SIGKILL");
    await ward.empty("none");
    await hall.until("verified", () => /the watch is over/.test(ward.log()));
    expect(ward.log()).toMatch(/aster-futures: \d+ orders? cancelled, none left/);
  });
});

describe("the watchdog", { timeout: 900_000 }, () => {
  it("is started again when it dies, and acts as the first one would have", async ({ onTestFinished }) => {
    const ward = await layWard(onTestFinished);
    const bot = ward.start();
    await ward.full();
    const first = ward.dog();
    process.kill(first, "SIGKILL");
    await bot.says("the watchdog has ended; another one is started");
    await bot.says("a watchdog stands beside the bot again");
    expect(ward.dog()).not.toBe(first);
    expect(ward.resting()).toBe(20);
    bot.child.kill("SIGSTOP");
    await inTime(ward);
    bot.child.kill("SIGCONT");
    await ward.full();
    bot.child.kill("SIGINT");
    expect((await bot.ended).code).toBe(0);
  });

  it("is replaced when it does not answer", async ({ onTestFinished }) => {
    const ward = await layWard(onTestFinished);
    const bot = ward.start();
    await ward.full();
    process.kill(ward.dog(), "SIGSTOP");
    await bot.says("the watchdog does not answer; it is replaced");
    await bot.says("a watchdog stands beside the bot again");
    expect(ward.resting()).toBe(20);
    bot.child.kill("SIGINT");
    expect((await bot.ended).code).toBe(0);
  });

  it("hears no Ctrl+C, knows a clean end, and has no keys where others look", async ({ onTestFinished }) => {
    const ward = await layWard(onTestFinished);
    const { hall, state } = ward;
    const bot = ward.start([], { detached: true, env: { MY_SECRET: "not-for-the-watchdog" } });
    await ward.full();
    const dog = ward.dog();
    for (const name of ["cmdline", "environ"]) {
      const text = readFileSync(`/proc/${dog}/${name}`, "latin1");
      expect(text).not.toMatch(/not-for-the-watchdog|SECRET/);
      for (const { secret, apiKey } of hall.sandbox.accounts)
        expect(text.includes(secret) || text.includes(apiKey)).toBe(false);
    }
    for (const { secret } of hall.sandbox.accounts) expect(hall.written()).not.toContain(secret);
    process.kill(dog, "SIGINT"); // a terminal would not even reach it
    process.kill(dog, "SIGTERM");
    process.kill(-(bot.child.pid ?? 0), "SIGINT");
    const { code, stderr } = await bot.ended;
    expect(code).toBe(0);
    expect(stderr).not.toContain("taking its orders back");
    expect(ward.resting()).toBe(0);
    await hall.until("the watchdog is gone", () => readdirSync(join(state, "bots")).length === 0 && !isThere(dog));
  });

  it("is not there when it is refused, nor where the exchange ends with the bot", async ({ onTestFinished }) => {
    const ward = await layWard(onTestFinished);
    const bot = ward.start(["--no-watchdog"]);
    await ward.full();
    const [seen] = (await ward.status()).bots;
    expect(seen).toMatchObject({ pid: bot.child.pid, alive: true });
    expect(seen?.watchdog).toBe(undefined);
    expect(seen?.silentMs).toBeLessThan(5_000);
    bot.child.kill("SIGINT");
    expect((await bot.ended).code).toBe(0);
  });
});

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

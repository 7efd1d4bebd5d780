// The kill switch in all its forms: everything of ours is gone and stays gone until a person resumes.
import { existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type BotProcess, spawnBot } from "../process.ts";
import { aster, layWard, sol, type Ward } from "./ward.ts";

const patience = { timeout: 900_000 };

/** What `bot kill --json` tells. */
interface Told {
  readonly accounts: readonly {
    readonly venue: string;
    readonly verified: boolean;
    readonly ms: number;
    readonly cancelled: number;
  }[];
}

async function kill(ward: Ward, args: readonly string[] = []): Promise<Told> {
  const { code, stdout, stderr } = await ward.bot(["kill", "--json", ...args]);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return JSON.parse(stdout) as Told; // one object, as it says
}

/** A supervisor whose bot has crashed, before it starts it again. */
async function inPause(ward: Ward): Promise<BotProcess> {
  const supervisor = ward.start(["--supervise"]);
  await ward.full();
  process.kill((await ward.status()).bots[0]?.pid ?? 0, "SIGKILL");
  await supervisor.says("it is started again in 10 s");
  await ward.empty("none of ours");
  return supervisor;
}

async function expectRefused(ward: Ward): Promise<void> {
  const marked = (await ward.status()).killed.length;
  const again = await ward.start().ended;
  expect(again.code).toBe(3);
  expect(await ward.start(["--supervise"]).ended).toEqual(again);
  expect((await ward.status()).killed).toHaveLength(marked);
  expect(again.stderr).toContain("is killed and nothing is traded on it; when you have looked: bot resume sandbox/");
  expect(ward.resting()).toBe(0);
}

describe("bot kill", patience, () => {
  it("stops a bot that is frozen, from a shell without keys, and is final until a person resumes", async ({
    onTestFinished,
  }) => {
    const ward = await layWard(onTestFinished);
    const { hall } = ward;
    const own = hall.byHand(sol, "buy", "1.00", "120.00");
    const bot = ward.start(["--watchdog-ms", "60000"]); // it is the kill that acts here
    await ward.full();
    bot.child.kill("SIGSTOP");
    const { accounts } = await kill(ward);
    expect(accounts.map(({ venue, verified }) => `${venue} ${verified}`).toSorted()).toEqual([
      "aster-futures true",
      "backpack true",
    ]);
    expect(accounts.map(({ cancelled }) => cancelled)).toEqual([10, 10]);
    expect(ward.resting()).toBe(0);
    expect(hall.resting(sol)).toEqual([own]);
    const sent = hall.placed("backpack").length + hall.placed("aster-futures").length;

    const early = await ward.bot(["resume", "backpack", "--yes"]); // while it is there
    expect(early.code).toBe(2);
    expect(early.stderr).toContain(`the killed bot is still there, process ${bot.child.pid}`);
    bot.child.kill("SIGCONT");
    const { code, stdout } = await bot.ended;
    expect(code).toBe(3);
    expect(stdout).toContain("the kill switch");
    expect(hall.placed("backpack").length + hall.placed("aster-futures").length).toBe(sent);
    await expectRefused(ward);

    expect((await ward.status()).killed).toHaveLength(2);
    expect((await ward.bot(["resume", "backpack"])).code).toBe(2); // nobody is there to say yes
    const resumed = await ward.bot(["resume", ward.file, "--yes"]);
    expect(resumed.code).toBe(0);
    expect(resumed.stdout.match(/killed by .*bot kill/g)).toHaveLength(2);
    expect((await ward.status()).killed).toEqual([]);
    const next = ward.start();
    await ward.full();
    next.child.kill("SIGINT");
    expect((await next.ended).code).toBe(0);
  });

  it("halts a bot that is running; twice at once is once", async ({ onTestFinished }) => {
    const ward = await layWard(onTestFinished);
    const bot = ward.start();
    await ward.full();
    const [one, other] = await Promise.all([kill(ward), ward.bot(["kill", ward.file])]);
    expect(one.accounts.every(({ verified }) => verified)).toBe(true);
    expect(other.code).toBe(0);
    expect((await bot.ended).code).toBe(3);
    expect(ward.resting()).toBe(0);
    expect((await ward.status()).bots).toEqual([]);
    await expectRefused(ward);
    expect((await ward.bot(["kill", ward.file])).code).toBe(0); // and once more, of what is dead
    const { stdout } = await ward.bot(["resume", ward.file, "--yes"]);
    expect(stdout.match(/killed by .*bot kill/g)).toHaveLength(2); // whoever was the first to mark it
  });

  it("tells of two at once the same, also when the first is done between two looks of the second", async ({
    onTestFinished,
  }) => {
    const ward = await layWard(onTestFinished);
    const bot = ward.start(["--no-watchdog"]);
    await ward.full();
    bot.child.kill("SIGSTOP"); // it says nothing before both wait for it
    const [folder = ""] = readdirSync(join(ward.state, "bots"));
    const fencedAt = () => statSync(join(ward.state, "bots", folder, "fence"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const second = spawnBot(onTestFinished, ["kill", "--json"], {
      cwd: ward.hall.folder,
      env: { BP_STATE: ward.state },
    });
    await ward.hall.until("the second waits", () => fencedAt() > 0);
    second.child.kill("SIGSTOP");
    const at = fencedAt();
    const first = kill(ward);
    await ward.hall.until("the first waits", () => fencedAt() > at);
    bot.child.kill("SIGCONT");
    await first;
    expect(readdirSync(join(ward.state, "bots"))).toEqual([]);
    second.child.kill("SIGCONT");
    const { code, stdout } = await second.ended;
    const { accounts } = JSON.parse(stdout) as Told; // one object, as it says
    expect([code, ...accounts.map(({ verified }) => verified)]).toEqual([0, true, true]);
    expect((await bot.ended).code).toBe(3);
    expect(ward.resting()).toBe(0);
  });

  it("takes a configuration whose bot died long ago, or never began", async ({ onTestFinished }) => {
    const ward = await layWard(onTestFinished);
    expect((await kill(ward, [ward.file])).accounts).toHaveLength(2);
    await expectRefused(ward);
    expect((await ward.bot(["resume", ward.file, "--yes"])).code).toBe(0);
    const bot = ward.start(["--no-watchdog"]);
    await ward.full();
    bot.child.kill("SIGKILL");
    await bot.ended;
    rmSync(join(ward.state, "bots"), { recursive: true });
    expect(ward.resting()).toBe(20);
    expect((await kill(ward, [ward.file, "--account", "backpack"])).accounts).toHaveLength(1);
    expect([ward.hall.open(sol).length, ward.hall.open(aster).length]).toEqual([0, 10]);
    await kill(ward, [ward.file]);
    expect(ward.resting()).toBe(0);
  });

  it("says that a configuration cannot be read, and that this is why nothing is killed", async ({ onTestFinished }) => {
    const ward = await layWard(onTestFinished);
    const { code, stderr } = await ward.bot(["kill", "nofile.json"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^note: .*nofile\.json.*\nso no account of nofile\.json is known.*nothing was killed\n$/);
  });

  it("says what it could not do: no keys and no watchdog", async ({ onTestFinished }) => {
    const ward = await layWard(onTestFinished);
    expect((await ward.bot(["kill"])).code).toBe(1);
    const bot = ward.start(["--no-watchdog"]);
    await ward.full();
    bot.child.kill("SIGSTOP");
    const { code, stdout } = await ward.bot(["kill"]);
    expect(code).toBe(1);
    expect(stdout).toContain("killed, NOT VERIFIED");
    bot.child.kill("SIGCONT");
    expect((await bot.ended).code).toBe(3); // the mark stands, and it finds it before it does anything
    expect(ward.resting()).toBe(0);
  });

  it("is not verified where the run is not known: its journal is elsewhere, cannot be read, or is named", async ({
    onTestFinished,
  }) => {
    const ward = await layWard(onTestFinished);
    const journal = join(ward.hall.folder, "journal.sqlite");
    const bot = ward.start(["--no-watchdog"]);
    await ward.full();
    bot.child.kill("SIGKILL");
    await bot.ended;
    rmSync(join(ward.state, "bots"), { recursive: true });
    for (const end of ["", "-wal", "-shm"])
      if (existsSync(journal + end)) renameSync(journal + end, join(ward.hall.folder, `moved.sqlite${end}`));
    for (const trouble of ["there is no journal", "not an SQLite database"]) {
      const { code, stdout } = await ward.bot(["kill", ward.file]);
      expect(code).toBe(1);
      expect(stdout).toContain("killed, NOT VERIFIED: 10 with numbers of no known run rest there and may be ours");
      expect(stdout).toContain(trouble);
      expect(stdout).toContain("bot kill FILE --journal JOURNAL");
      expect(ward.resting()).toBe(20);
      writeFileSync(journal, "# my notes\n".repeat(100));
    }
    rmSync(journal);
    await kill(ward, [ward.file, "--journal", "moved.sqlite"]);
    expect(ward.resting()).toBe(0);
  });

  it("halts and cancels all the same where the state folder cannot be written, and says what is missing", async ({
    onTestFinished,
  }) => {
    const ward = await layWard(onTestFinished);
    const bot = ward.start(["--watchdog-ms", "60000"]);
    await ward.full();
    bot.child.kill("SIGSTOP");
    rmSync(join(ward.state, "kill"), { recursive: true });
    writeFileSync(join(ward.state, "kill"), ""); // nothing can be made in it, as on a disk that is read-only
    const { code, stdout } = await ward.bot(["kill"]);
    expect(code).toBe(1);
    expect(stdout).toContain("none of ours is left by the venue's own list");
    expect(stdout).toContain("NOT MARKED, so that a bot may be started there again");
    expect(ward.resting()).toBe(0);
    bot.child.kill("SIGCONT");
    const ended = await bot.ended;
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain("the kill mark of sandbox/");
    expect(ward.resting()).toBe(0);
  });

  it("reaches a bot that has not begun yet, and takes back what a run before it has left", async ({
    onTestFinished,
  }) => {
    const ward = await layWard(onTestFinished);
    const { hall } = ward;
    const before = ward.start(["--no-watchdog"]);
    await ward.full();
    before.child.kill("SIGKILL");
    await before.ended;
    rmSync(join(ward.state, "bots"), { recursive: true });
    hall.sandbox.faults.request({ method: "GET", path: "/api/v1/markets" }, { do: "hang" }, 1);
    const bot = ward.start();
    await hall.until("it is registered", () => existsSync(join(ward.state, "bots")));
    await kill(ward);
    expect((await bot.ended).code).toBe(3);
    expect(ward.resting()).toBe(0);
    await expectRefused(ward);
  });

  it("makes a stop of a detach that is going on", async ({ onTestFinished }) => {
    const ward = await layWard(onTestFinished);
    const bot = ward.start(["--no-watchdog", "--on-exit", "detach"]);
    await ward.full();
    const [seen] = (await ward.status()).bots;
    const countdown = { method: "POST", path: "/fapi/v3/countdownCancelAll" };
    const deaf = ward.hall.sandbox.aster?.futures.faults.request(countdown, { do: "hang" }, Number.POSITIVE_INFINITY);
    const isLetStay = () =>
      ward.hall
        .requests("aster-futures")
        .some(({ path, body }) => path.includes("countdownCancelAll") && /countdownTime=0\b/.test(String(body)));
    bot.child.kill("SIGINT");
    await ward.hall.until("orders are to stay", isLetStay);
    writeFileSync(join(ward.state, "kill", seen?.accounts[0]?.name.replace("/", "-") ?? ""), "");
    deaf?.cancel();
    expect((await bot.ended).code).toBe(3);
    expect(ward.resting()).toBe(0);
    expect((await ward.status()).killed).toHaveLength(2);
  });

  it("reaches a supervisor in its pause", async ({ onTestFinished }) => {
    const ward = await layWard(onTestFinished);
    const supervisor = await inPause(ward);
    await kill(ward);
    expect((await supervisor.ended).code).toBe(3);
    expect(await ward.status()).toMatchObject({ bots: [], supervisors: [] });
    await expectRefused(ward);
  });

  it("ends a bot on an exchange in its own process too", async ({ onTestFinished }) => {
    const ward = await layWard(onTestFinished);
    const bot = ward.hall.start(["--symbol", "SOL_USDC_PERP", "--spread", "0.5", "--disable-db"], {
      env: { BP_STATE: ward.state },
    });
    await bot.says(/account link\.restored|spread|bid/i, 60_000);
    await ward.hall.until("it is registered", () => readdirSync(join(ward.state, "bots")).length === 1);
    await kill(ward);
    expect((await bot.ended).code).toBe(3);
    expect((await ward.status()).killed).toEqual([]); // its account is gone with it
  });
});

describe("other ways to kill", patience, () => {
  it("SIGUSR2: halted, exit 3, and the accounts are marked", async ({ onTestFinished }) => {
    const ward = await layWard(onTestFinished);
    const bot = ward.start();
    await ward.full();
    bot.child.kill("SIGUSR2");
    const { code, stdout } = await bot.ended;
    expect(code).toBe(3);
    expect(stdout).toContain("halted: the kill switch (SIGUSR2)");
    expect(ward.resting()).toBe(0);
    await expectRefused(ward);
  });

  it("SIGUSR2 to a supervisor in its pause: exit 3, nothing is started again, and the accounts are marked", async ({
    onTestFinished,
  }) => {
    const ward = await layWard(onTestFinished);
    const supervisor = await inPause(ward);
    supervisor.child.kill("SIGUSR2");
    expect((await supervisor.ended).code).toBe(3);
    await expectRefused(ward);
  });

  it("a kill file: halts by itself soon after its making, and nothing begins while it is there", async ({
    onTestFinished,
  }) => {
    const ward = await layWard(onTestFinished, { run: { killFile: "KILL" } });
    const { hall } = ward;
    const file = join(hall.folder, "KILL");
    const bot = ward.start();
    await ward.full();
    const before = hall.requests("backpack").filter(({ method }) => method === "DELETE").length;
    writeFileSync(file, "");
    const cancels = () => hall.requests("backpack").filter(({ method }) => method === "DELETE");
    await ward.promptly("a cancel", () => cancels().length > before, 5_000); // 0.2 s, and a machine that does other things too
    await bot.says(/halted|kill file/);
    expect((await bot.ended).code).toBe(3);
    expect(ward.resting()).toBe(0);
    expect((await ward.bot(["resume", ward.file, "--yes"])).code).toBe(0);
    for (const args of [[], ["--supervise"]]) {
      const refused = await ward.start(args).ended;
      expect(refused.code).toBe(3);
      expect(refused.stderr).toContain("remove it to trade again");
      expect((await ward.status()).killed).toEqual([]); // nobody has killed what has not begun
    }
    rmSync(file);
  });

  it("a mark made by hand in the state folder", async ({ onTestFinished }) => {
    const ward = await layWard(onTestFinished);
    const bot = ward.start();
    await ward.full();
    const [seen] = (await ward.status()).bots;
    writeFileSync(join(ward.state, "kill", seen?.accounts[0]?.name.replace("/", "-") ?? ""), "");
    expect((await bot.ended).code).toBe(3);
    expect(existsSync(join(ward.state, "kill"))).toBe(true);
    expect(ward.resting()).toBe(0);
  });
});

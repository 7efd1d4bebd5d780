// A watchdog whose bot is played by the test: what the bot has said, and what it has left behind on the disk.
import { execFileSync, spawn } from "node:child_process";
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openLease } from "../../src/bots/lease.ts";
import { readBotConfig } from "../../src/config/index.ts";
import { doorsOf } from "../../src/stage/doors.ts";
import { openDoorOf, type ToWatchdog } from "../../src/watchdog/protocol.ts";
import { layHall } from "../hall.ts";
import type { Finished } from "../table.ts";
import { sol } from "./ward.ts";

const main = join(import.meta.dirname, "../../src/main.ts");
const clientRun = 7;
/** The number before the run's first. */
const zero = clientRun * 0x100_0000;

interface Played {
  /** What the bot has written down as its last order; 0: its venues have not told yet what rests. Left out: nothing of its own */
  readonly ordered?: number;
  /** What its run had come to when it began. */
  readonly last: number;
  /**
   * Nothing that is written is ever taken: not by the terminal, and not by these files in the state folder. Pipes stand for them, one
   * that is full and some that nobody reads.
   */
  readonly deaf?: readonly string[];
  /** How long it may be silent, ms; default 1,000. Longer where it dies before. */
  readonly limitMs?: number;
}

/** Of a bot that dies before it is silent for too long, ms. */
const longMs = 60_000;

/** Lays a hall with an order of ours, number 5, and starts a watchdog that has heard of the run. */
async function play(finished: Finished, { ordered, last, deaf, limitMs = 1_000 }: Played) {
  const hall = await layHall(finished, { books: { [sol]: ["149.99", "150.01"] } });
  const file = hall.config(["backpack"], {
    strategies: [{ name: "maker", use: "maker", params: { instrument: sol, spreadPct: "1", quantity: "0.1" } }],
  });
  const doors = (await doorsOf(await readBotConfig({ file, flags: {} }))).flatMap((door) => openDoorOf(door) ?? []);
  const state = join(hall.folder, "state");
  const folder = join(state, "bots", "1-a");
  mkdirSync(folder, { recursive: true });
  const lease = openLease(join(folder, "lease"));
  lease.ordered(ordered ?? last);
  lease.close();
  mkdirSync(join(state, "notes"));
  for (const name of deaf ?? []) execFileSync("mkfifo", [join(state, name)]);
  const outlet = deaf === undefined ? undefined : full(finished, join(state, "terminal"));
  const { PATH = "" } = process.env;
  const dog = spawn(
    process.execPath,
    ["--conditions=@bp/source", "--disable-warning=ExperimentalWarning", main, "watchdog", "1"],
    { env: { PATH, HOME: hall.folder, BP_STATE: state }, stdio: ["pipe", "pipe", "pipe", outlet ?? "ignore"] },
  );
  let [said, complained] = ["", ""];
  dog.stdout?.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  dog.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complained += text;
  });
  const ended = new Promise<void>((resolve) => dog.once("exit", () => resolve()));
  finished(async () => {
    dog.kill("SIGKILL");
    await ended;
  });
  const say = (word: ToWatchdog) => void dog.stdin?.write(`${JSON.stringify(word)}\n`);
  say({
    type: "hello",
    folder,
    pid: 1,
    limitMs,
    patienceMs: 60_000,
    doors,
    accounts: ["sandbox/a"],
    ...(outlet === undefined ? {} : { outlet: 3 }),
  });
  await hall.until("ready", () => said.includes('"ready"'));
  say({ type: "run", run: "r", clientRun, last, others: [], symbols: { backpack: ["SOL_USDC_PERP"] } });
  const order = (count: number) => hall.byHand(sol, "buy", "1.00", "120.00", zero + count);
  order(5);
  return {
    hall,
    folder,
    order,
    ended,
    resting: () => hall.resting(sol),
    said: () => said,
    complained: () => complained,
    log: () => (existsSync(join(state, "watchdog.log")) ? readFileSync(join(state, "watchdog.log"), "utf8") : ""),
    awake: () => say({ type: "awake" }),
    die: () => void dog.stdin?.end(),
  };
}

describe("a watchdog", { timeout: 200_000 }, () => {
  it("takes back what the bot has sent, and nothing of the process that goes on with the run and has cleared its folder away", async ({
    onTestFinished,
  }) => {
    const { hall, order, die, folder, resting, log } = await play(onTestFinished, { ordered: zero + 10, last: zero });
    await hall.until("the bot is silent, so none rests", () => resting().length === 0);
    rmSync(folder, { recursive: true });
    const next = order(500);
    die();
    await hall.until("it is over", () => log().includes("the watch is over"));
    expect(resting()).toEqual([next]);
  });

  it("knows from the run's beginning what was sent before, where the bot itself has sent nothing", async ({
    onTestFinished,
  }) => {
    const played = { last: zero + 5, limitMs: longMs };
    const { hall, order, die, folder, resting, log } = await play(onTestFinished, played);
    rmSync(folder, { recursive: true });
    const next = order(6);
    die();
    await hall.until("it is over", () => log().includes("the watch is over"));
    expect(resting()).toEqual([next]);
  });

  it("takes what the journal has lost, where the bot dies before the venues have told what rests", async ({
    onTestFinished,
  }) => {
    const played = { ordered: 0, last: zero + 3, limitMs: longMs };
    const { hall, order, die, resting, log } = await play(onTestFinished, played);
    order(6);
    expect(resting()).toHaveLength(2);
    die();
    await hall.until("it is over", () => log().includes("the watch is over"));
    expect(resting()).toEqual([]);
    expect(log()).toContain("backpack: 2 orders cancelled, none left");
  });

  it("leaves that to the process that goes on with the run, once it has cleared the folder away", async ({
    onTestFinished,
  }) => {
    const played = { ordered: 0, last: zero + 3, limitMs: longMs };
    const { hall, die, folder, resting, log } = await play(onTestFinished, played);
    rmSync(folder, { recursive: true });
    die();
    await hall.until("it is over", () => log().includes("the watch is over"));
    expect(resting()).toHaveLength(1);
  });

  it("of a run that has sent nothing takes nothing", async ({ onTestFinished }) => {
    const { hall, die, resting, log } = await play(onTestFinished, { last: zero, limitMs: longMs });
    die();
    await hall.until("it is over", () => log().includes("the watch is over"));
    expect(resting()).toHaveLength(1);
  });

  it("leaves the words in a fence that a kill has set: they say that somebody waits to hear what is left", async ({
    onTestFinished,
  }) => {
    const { hall, folder, log, resting } = await play(onTestFinished, { last: zero + 5 });
    const fence = join(folder, "fence");
    writeFileSync(fence, "the kill switch (bot kill)\n");
    await hall.until("the bot is silent, so none rests", () => resting().length === 0);
    await hall.until("it has told", () => log().includes("none left"));
    expect(readFileSync(fence, "utf8")).toBe("the kill switch (bot kill)\n");
  });

  it("cancels, and ends, while neither the terminal nor the disk takes anything", async ({ onTestFinished }) => {
    const { hall, order, die, resting, ended } = await play(onTestFinished, {
      last: zero + 5,
      deaf: ["watchdog.log", "bots/1-a/fence", "notes/sandbox-a"],
    });
    await hall.until("the bot is silent, so none rests", () => resting().length === 0);
    order(4); // it was on its way
    die();
    await hall.until("none rests", () => resting().length === 0);
    await ended;
    expect(resting()).toEqual([]);
  });

  it("without a fence, where none can be made, tells the bot through its pipe, and watches again when it is awake", async ({
    onTestFinished,
  }) => {
    const { hall, folder, awake, order, resting, said, complained } = await play(onTestFinished, {
      ordered: zero + 100,
      last: zero,
    });
    rmSync(folder, { recursive: true });
    await hall.until("the bot is silent, so none rests", () => resting().length === 0);
    expect(said()).toContain('"fenced"');
    expect(complained()).toContain("the fence cannot be set, and the bot is told by its pipe alone");
    awake();
    await hall.until("it may go on", () => said().includes('"free"'));
    order(50);
    await hall.until("it is silent again, so none rests", () => resting().length === 0);
  });
});

/** A pipe that is full, and blocks whoever writes: as a terminal that is stopped. */
function full(finished: Finished, path: string): number {
  execFileSync("mkfifo", [path]);
  const pipe = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  const blocking = openSync(path, constants.O_WRONLY);
  finished(() => {
    for (const each of [pipe, blocking]) closeSync(each);
  });
  for (const size of [4_096, 1])
    try {
      for (;;) writeSync(pipe, Buffer.alloc(size, "."));
    } catch {
      // it is
    }
  return blocking;
}

import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import type { Trial } from "@bp/backtest";
import { isBpError, millis } from "@bp/core";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { averageOutcome } from "../sweep/average.fixture.ts";
import type { Executor, Made } from "../sweep/executor.ts";
import { type Spec, trialOf } from "../sweep/spec.ts";
import { queueAddress, queueSaid } from "./address.ts";
import { redisHere, type TestRedis } from "./redis.fixture.ts";
import { queueExecutor } from "./sweeper.ts";
import { idOf, lacksKey, prefix, queueName, specKey, sweepsKey } from "./words.ts";

const redis: TestRedis | undefined = await redisHere();
const spec = (name: string): Spec => ({
  file: name,
  config: { strategies: [{ use: "average", params: { length: 1 } }] },
  data: [{ name: "a.csv", sha256: "0".repeat(64) }],
  digest: createHash("sha256").update(name).digest("hex"), // other data: other work
  options: {},
  version: "0",
  source: "0".repeat(64),
});
const part = { name: "all", from: millis(0), to: millis(1_000) };
const script = new URL("./worker.fixture.ts", import.meta.url).pathname;

interface Told {
  readonly lines: string[];
  readonly seconds: { readonly trial: Trial; readonly made: Made }[];
}
const children: ChildProcess[] = [];
const executors: Executor[] = [];

afterEach(async () => {
  for (const each of executors.splice(0)) await each.close();
  for (const each of children.splice(0)) each.kill("SIGKILL");
});
afterAll(() => redis?.kill());

/** A worker process; `began` comes true at its first trial. */
function worker(url: string, trialMs: number, twist = "") {
  const flags = ["--conditions=@bp/source", "--disable-warning=ExperimentalWarning"];
  const child = spawn(process.execPath, [...flags, script, url, "1000", String(trialMs), twist], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  let text = "";
  const heard = new Set<() => void>();
  child.stdout.on("data", (data: Buffer) => {
    text += data.toString();
    for (const each of heard) each();
  });
  const says = (words: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (text.includes(words)) resolve();
      };
      heard.add(look);
      look();
    });
  return {
    child,
    says,
    lines: () => text.split("\n"),
    kill: async () => {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}

async function sweeper(url: string, name: string): Promise<{ readonly executor: Executor; readonly told: Told }> {
  const told: Told = { lines: [], seconds: [] };
  const executor = await queueExecutor(spec(name), queueAddress(url, "--queue"), {
    tell: (line) => told.lines.push(line),
    workers: () => undefined,
    second: (trial, made) => told.seconds.push({ trial, made }),
  });
  executors.push(executor);
  return { executor, told };
}

const trialFor = (name: string, at: number): Trial =>
  trialOf(spec(name), { "strategies.average.params.length": at + 2 }, part);

async function until(holds: () => boolean): Promise<void> {
  await expect.poll(holds, { timeout: 100_000 }).toBe(true);
}

describe.skipIf(redis === undefined)("a sweep over Redis", () => {
  const url = redis?.url ?? "";
  const all = (executor: Executor, name: string, count: number) =>
    Promise.all(Array.from({ length: count }, (_, at) => executor.run(trialFor(name, at))));

  it("has each trial made by one of its workers, with the same results as here", async () => {
    const { executor } = await sweeper(url, "two");
    const [a, b] = [worker(url, 20), worker(url, 20)];
    await Promise.all([a.says("at it"), b.says("at it")]);
    const made = await all(executor, "two", 40);
    expect(made.map(({ outcome }) => outcome?.net)).toEqual(
      Array.from({ length: 40 }, (_, at) => averageOutcome(trialFor("two", at).values).net),
    );
    const workers = new Set(made.map(({ worker: who }) => who));
    for (let at = 40; at < 400 && workers.size < 2; at++) workers.add((await executor.run(trialFor("two", at))).worker); // one was slow to begin
    expect(workers.size).toBe(2);
  });

  it("loses nothing when a worker is killed in the middle of a trial", async () => {
    const { executor, told } = await sweeper(url, "killed");
    const first = worker(url, 60_000);
    const made = all(executor, "killed", 5);
    await first.says("began");
    await first.kill();
    worker(url, 5);
    expect((await made).every(({ outcome }) => outcome !== undefined)).toBe(true);
    expect(told.seconds).toEqual([]);
  });

  it("keeps the first of two results for one trial, and tells of the second where it differs", async () => {
    const { executor, told } = await sweeper(url, "late");
    const late = worker(url, 5_000, "99");
    const made = all(executor, "late", 1);
    await late.says("began");
    late.child.kill("SIGSTOP"); // silent for longer than its lock, and not dead
    worker(url, 5, "42");
    expect((await made)[0]?.outcome?.net).toBe("42");
    late.child.kill("SIGCONT");
    await until(() => told.seconds.length > 0);
    expect(told.seconds[0]?.made.outcome?.net).toBe("99");
    expect(told.seconds[0]?.trial.key).toBe(trialFor("late", 0).key);
  });

  it("says nothing of a second result that is the same", async () => {
    const { executor, told } = await sweeper(url, "same");
    const late = worker(url, 1_500);
    const made = all(executor, "same", 1);
    await late.says("began");
    late.child.kill("SIGSTOP");
    worker(url, 5);
    await made;
    late.child.kill("SIGCONT");
    await new Promise((resolve) => setTimeout(resolve, 4_500)); // it ends, and the sweep has looked twice
    expect(told.seconds).toEqual([]);
  });

  it("waits for a Redis that goes away, and goes on with one that has forgotten everything", async () => {
    const { executor, told } = await sweeper(url, "away");
    const served = worker(url, 50);
    const made = all(executor, "away", 30);
    await served.says("began");
    await redis?.kill();
    await until(() => told.lines.some((line) => /is away; waiting for it/.test(line)));
    await redis?.start();
    expect((await made).every(({ outcome }) => outcome !== undefined)).toBe(true);
    expect(told.lines.filter((line) => /is away|is back/.test(line))).toHaveLength(2);
  });

  it("finds what a worker finished after the sweep had been stopped", async () => {
    const { executor } = await sweeper(url, "stopped");
    const slow = worker(url, 1_000);
    const lost = all(executor, "stopped", 3).catch((error: unknown) => error);
    await slow.says("began");
    await executor.close();
    expect(await lost).toBeInstanceOf(Error);
    const again = await sweeper(url, "stopped");
    const made = await all(again.executor, "stopped", 3);
    expect(made.every(({ outcome }) => outcome !== undefined)).toBe(true);
  });

  it("hears from workers that lack the data, with its digest", async () => {
    const { executor, told } = await sweeper(url, "lacks");
    void executor;
    await worker(url, 5, "lacks").says("cannot help");
    await until(() => told.lines.length > 0);
    expect(told.lines[0]).toMatch(/cannot help: no file a\.csv/);
    expect(told.lines[0]).toContain(spec("lacks").digest);
  });

  it("does not believe what it cannot read", async () => {
    const { executor } = await sweeper(url, "garbage");
    const client = new Redis(url, { maxRetriesPerRequest: null });
    const made = executor.run(trialFor("garbage", 0));
    const { Worker } = await import("bullmq");
    const rogue = new Worker(queueName(idOf(spec("garbage"))), async () => ({ outcome: { net: "much" } }), {
      connection: client,
      prefix,
    });
    expect(await made).toMatchObject({ failed: "what a worker sent back cannot be read" });
    await rogue.close();
    client.disconnect();
  });

  it("does not make a trial whose key is not that of its values", async () => {
    const { executor } = await sweeper(url, "forged");
    worker(url, 5);
    const forged = { ...trialFor("forged", 0), key: "f".repeat(64) };
    expect((await executor.run(forged)).failed).toMatch(/its key is not that of its values/);
  });

  it("lets nobody who can write to Redis write lines of its own, here or at a worker", async () => {
    const name = `forged.yaml\nsweep 000000000000: over\r\u001b[2Jforged${"x".repeat(900)}`;
    const { told } = await sweeper(url, name);
    const served = worker(url, 5);
    await served.says("at it");
    expect(served.lines().filter((line) => /forged/.test(line))).toEqual([
      expect.stringMatching(
        /^sweep [0-9a-f]{12} of forged\.yaml sweep 000000000000: over\ufffd\ufffd\[2Jforgedx+: at it$/,
      ),
    ]);
    const client = new Redis(url, { maxRetriesPerRequest: null });
    await client.zadd(sweepsKey, Date.now(), "a\nb\u001bc");
    await client.set(specKey("a\nb\u001bc"), JSON.stringify({ ...spec(name), file: "y".repeat(2_000) }));
    await served.says("sweep a b\ufffdc: cannot help: ");
    expect(served.lines().every((line) => line.length <= 1_000)).toBe(true);
    await client.del(specKey("a\nb\u001bc"));
    await client.zrem(sweepsKey, "a\nb\u001bc");
    await client.hset(lacksKey(idOf(spec(name))), "w\nwarning", `no\nwarning: all is lost ${"z".repeat(100_000)}`);
    await until(() => told.lines.length > 0);
    expect(told.lines[0]).toMatch(/^warning: worker w warning cannot help: no warning: all is lost z+…$/);
    expect(told.lines[0]).toHaveLength(1_000);
    client.disconnect();
  });

  it("leaves no trial behind that nobody waits for", async () => {
    const { executor } = await sweeper(url, "left");
    const lost = all(executor, "left", 50).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await executor.close();
    await lost;
    const client = new Redis(url, { maxRetriesPerRequest: null });
    const queue = new Queue(queueName(idOf(spec("left"))), { connection: client, prefix });
    expect(await queue.getWaitingCount()).toBe(0);
    await queue.close();
    client.disconnect();
  });
});

describe("queueAddress", () => {
  it("shows no password, and takes it out of texts of others", () => {
    const address = queueAddress("rediss://bot:hunter%2322@queue.example:6380/1", "--queue");
    expect(address.shown).toBe("rediss://queue.example:6380");
    expect(
      address.mask("AUTH hunter#22 at rediss://bot:hunter%2322@queue.example:6380/1 with hunter%2322"),
    ).not.toMatch(/hunter/);
    expect(queueAddress("redis://127.0.0.1", "--queue").shown).toBe("redis://127.0.0.1:6379");
  });

  it("refuses other addresses without showing them", () => {
    for (const text of ["http://user:hunter22@x", "127.0.0.1:6379", "", "redis://"])
      expect(() => queueAddress(text, "--queue")).toThrow(/^--queue: found something else \(not shown\)/);
    expect(queueSaid(undefined, { BP_QUEUE: "redis://h" })?.shown).toBe("redis://h:6379");
    expect(queueSaid(undefined, {})).toBeUndefined();
  });

  it("says who cannot be reached, without the password", async () => {
    const address = queueAddress("redis://:hunter22@127.0.0.1:1", "--queue");
    const news = { tell: () => undefined, workers: () => undefined, second: () => undefined };
    const error: unknown = await queueExecutor(spec("none"), address, news).catch((thrown: unknown) => thrown);
    expect(isBpError(error, "queue/unreachable") && error.message).toMatch(
      /^redis:\/\/127\.0\.0\.1:1 cannot be reached: .*ECONNREFUSED/,
    );
    expect(String(error)).not.toMatch(/hunter/);
  });
});

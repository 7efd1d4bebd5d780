// Hands trials to workers through Redis and hears what they come to, whatever goes away meanwhile.
import type { Trial } from "@bp/backtest";
import { Queue, QueueEvents } from "bullmq";
import { messageOf } from "../failures.ts";
import type { Executor, Made } from "../sweep/executor.ts";
import type { Spec } from "../sweep/spec.ts";
import type { QueueAddress } from "./address.ts";
import { linkTo } from "./link.ts";
import { oneLine } from "./said.ts";
import {
  idOf,
  keptSeconds,
  lacksKey,
  madeDigest,
  madeIn,
  prefix,
  queueName,
  resultKey,
  secondIn,
  secondsKey,
  specKey,
  sweepsKey,
} from "./words.ts";

/** What it tells. */
export interface SweeperNews {
  /** A line for the person. */
  readonly tell: (line: string) => void;
  /** How many workers are at it. */
  readonly workers: (count: number) => void;
  /** A worker made a trial again, and it came to something else. */
  readonly second: (trial: Trial, made: Made) => void;
}

interface Asked {
  readonly trial: Trial;
  readonly resolve: (made: Made) => void;
  readonly reject: (error: Error) => void;
}

/** Trials in the queue: enough for every worker that comes, few enough that a sweep that ends leaves little. */
const width = 256;
/** How often it says that it is there, and looks for what it has not heard of, ms. */
const lookMs = 2_000;
/** Trials that it looks at each time: with all of them it would be busier than the workers' own work. */
const looked = 32;

/**
 * Begins to hand out. The executor waits for workers, and for Redis, however long.
 *
 * @throws BpError `queue/unreachable`
 */
export async function queueExecutor(spec: Spec, address: QueueAddress, news: SweeperNews): Promise<Executor> {
  const tell = (line: string) => news.tell(oneLine(line));
  const link = await linkTo(address, tell);
  const { client } = link;
  const id = idOf(spec);
  const asked = new Map<string, Asked>();
  const settled: { readonly key: string; readonly digest: string }[] = [];
  const told = new Set<string>();
  let closed = false;
  const quietly = (error: unknown) => {
    if (!closed && link.isUp && !/ECONN|closed/i.test(messageOf(error)))
      tell(`warning: ${address.shown}: ${address.mask(messageOf(error))}`);
  };
  const queue = new Queue(queueName(id), { connection: client, prefix });
  const events = new QueueEvents(queueName(id), { connection: link.another(), prefix });
  queue.on("error", quietly);
  events.on("error", quietly);

  const settle = (key: string, made: Made) => {
    const found = asked.get(key);
    if (!asked.delete(key)) return;
    settled.push({ key, digest: madeDigest(made) });
    found?.resolve(made);
  };
  const completed = (key: string, value: unknown) => {
    try {
      settle(key, madeIn(typeof value === "string" ? JSON.parse(value) : value));
    } catch {
      settle(key, { failed: "what a worker sent back cannot be read", ms: 0, worker: "?" });
    }
  };
  const failed = (key: string, why: string) =>
    settle(key, { failed: `no worker could make it: ${oneLine(why)}`, ms: 0, worker: "?" });
  events.on("completed", ({ jobId, returnvalue }) => completed(jobId, returnvalue));
  events.on("failed", ({ jobId, failedReason }) => failed(jobId, failedReason));

  const put = (trial: Trial) =>
    queue.add("trial", trial, {
      jobId: trial.key,
      removeOnComplete: { age: keptSeconds },
      removeOnFail: { age: keptSeconds },
    });
  /** Says that it is there. A Redis that was started anew has forgotten it. */
  const greet = async () => {
    const [seconds, micros] = await client.time();
    await client.set(specKey(id), JSON.stringify(spec), "EX", keptSeconds);
    await client.zadd(sweepsKey, Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000), id);
  };
  let afresh = true;
  const isBack = () => {
    afresh = true; // it may have come back empty
  };
  client.on("ready", isBack);
  /** Results whose events were missed, and trials that a Redis has lost. All of them after it was away, else some in turn. */
  const reconcile = async () => {
    const some = [...asked.entries()].slice(0, afresh ? asked.size : looked);
    afresh = false;
    await Promise.all(
      some.map(async ([key, each]) => {
        const { trial } = each;
        if (asked.delete(key)) asked.set(key, each); // to the end of the line
        const job = await queue.getJob(trial.key);
        if (job === undefined) await put(trial);
        else if (job.finishedOn !== undefined && job.failedReason) failed(trial.key, job.failedReason);
        else if (job.finishedOn !== undefined) completed(trial.key, job.returnvalue);
      }),
    );
  };
  const tidy = async () => {
    await Promise.all(
      settled.splice(0).map(async ({ key, digest }) => {
        await client.set(resultKey(key), `sha256:${digest}`, "EX", keptSeconds);
        await queue.remove(key);
      }),
    );
    for (let found = await client.lpop(secondsKey(id)); found !== null; found = await client.lpop(secondsKey(id))) {
      const { trial, made } = secondIn(JSON.parse(found));
      news.second(trial, made);
    }
    for (const [worker, why] of Object.entries(await client.hgetall(lacksKey(id)))) {
      if (told.has(`${worker} ${why}`)) continue;
      told.add(`${worker} ${why}`);
      tell(`warning: worker ${worker} cannot help: ${why}`);
    }
    news.workers(await queue.getWorkersCount());
  };
  let looking = false;
  const look = async () => {
    if (looking || closed || !link.isUp) return;
    looking = true;
    try {
      await greet();
      await reconcile();
      await tidy();
    } catch (error) {
      quietly(error);
    }
    looking = false;
  };
  await greet();
  const timer = setInterval(() => void look(), lookMs);

  return {
    width,
    run: (trial) =>
      new Promise<Made>((resolve, reject) => {
        if (closed) return reject(new Error("the queue was closed"));
        asked.set(trial.key, { trial, resolve, reject });
        put(trial).catch(quietly); // what did not arrive is put again
      }),
    close: async () => {
      if (closed) return;
      closed = true;
      clearInterval(timer);
      client.off("ready", isBack);
      for (const each of asked.values()) each.reject(new Error("the queue was closed"));
      if (link.isUp) await goodbye();
      await Promise.allSettled([events.close(), queue.close()]);
      link.close();
    },
  };

  /** Takes back what waits. What a worker has in hand is left to it: the next sweep finds it done. */
  async function goodbye(): Promise<void> {
    const farewell = async () => {
      await queue.drain();
      for (const { key } of settled.splice(0)) await queue.remove(key);
      await client.zrem(sweepsKey, id);
      await client.del(lacksKey(id));
    };
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => {
      timer = setTimeout(resolve, 3_000); // it may go away right now
    });
    await Promise.race([farewell().catch(quietly), patience]);
    clearTimeout(timer);
  }
}

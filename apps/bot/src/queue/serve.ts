// A worker: looks for sweeps that it has the data of, makes their trials, and holds each as long as it is alive.
import { hostname } from "node:os";
import { isBpError } from "@bp/core";
import { Worker } from "bullmq";
import { messageOf } from "../failures.ts";
import type { Executor, Made } from "../sweep/executor.ts";
import { type Spec, trialOf } from "../sweep/spec.ts";
import type { QueueAddress } from "./address.ts";
import { type Link, linkTo } from "./link.ts";
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
  secondsKey,
  silentMs,
  specIn,
  specKey,
  sweepsKey,
  trialIn,
} from "./words.ts";

/** What a worker is made of. */
export interface ServeOptions {
  readonly address: QueueAddress;
  /** Makes what makes trials. @throws where it cannot serve the spec: the reason is told to whoever asked */
  readonly serve: (spec: Spec, name: string) => Promise<Executor>;
  /** Trials at once. */
  readonly threads: number;
  /** How long it may be silent before its trials are given to another, ms. */
  readonly lockMs: number;
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
}

/** A sweep that is served. */
interface Served {
  readonly close: () => Promise<void>;
}

const lookMs = 1_000;
/** A spec that could not be served is tried again after so long, ms: the data may have come. */
const againMs = 10_000;
/** Workers that may die over one trial. */
const mostStalls = 3;

/** Serves until the signal comes; what is in hand then is made first. @throws BpError `queue/unreachable` */
export async function serveQueue(asked: ServeOptions): Promise<void> {
  const tell = (line: string) => asked.tell(oneLine(line));
  const options = { ...asked, tell };
  const { address, signal } = options;
  const link = await linkTo(address, tell);
  const name = `${hostname()}:${process.pid}`;
  const served = new Map<string, Served>();
  const refused = new Map<string, number>();
  tell(`worker ${name} waits for sweeps at ${address.shown}`);
  const ended = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  const begin = async (id: string) => {
    try {
      const found = JSON.parse((await link.client.get(specKey(id))) ?? "null") as unknown;
      if (found === null) return;
      const spec = specIn(found);
      if (idOf(spec) !== id) throw new Error("its description is not the one that it is called by");
      const executor = await options.serve(spec, name);
      served.set(id, trialsOf(id, spec, executor, link, options));
      await link.client.hdel(lacksKey(id), name);
      tell(`sweep ${id.slice(0, 12)} of ${spec.file}: at it`);
    } catch (error) {
      const why = oneLine(isBpError(error) ? error.message : address.mask(messageOf(error)).slice(0, 300));
      if (!refused.has(id)) tell(`sweep ${id.slice(0, 12)}: cannot help: ${why}`);
      refused.set(id, performance.now());
      await link.client.hset(lacksKey(id), name, why);
      await link.client.expire(lacksKey(id), keptSeconds);
    }
  };
  const look = async () => {
    const [seconds] = await link.client.time();
    const current = await link.client.zrangebyscore(sweepsKey, Number(seconds) * 1_000 - silentMs, "+inf");
    for (const [id, { close }] of served)
      if (!current.includes(id)) {
        served.delete(id);
        await close();
        tell(`sweep ${id.slice(0, 12)}: over`);
      }
    for (const id of current)
      if (!served.has(id) && performance.now() - (refused.get(id) ?? Number.NEGATIVE_INFINITY) > againMs)
        await begin(id);
  };
  while (!signal.aborted) {
    try {
      if (link.isUp) await look();
    } catch (error) {
      if (link.isUp) tell(`warning: ${address.shown}: ${address.mask(messageOf(error))}`);
    }
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([
      ended,
      new Promise((resolve) => {
        timer = setTimeout(resolve, lookMs);
      }),
    ]);
    clearTimeout(timer);
  }
  await Promise.allSettled([...served.values()].map(({ close }) => close()));
  link.close();
}

/** Takes trials of one sweep. */
function trialsOf(id: string, spec: Spec, executor: Executor, link: Link, options: ServeOptions): Served {
  const { threads, lockMs, tell, address } = options;
  const make = async (data: unknown): Promise<Made> => {
    const trial = trialIn(data);
    if (trialOf(spec, trial.values, trial.part).key !== trial.key) throw new Error("its key is not that of its values");
    const made = await executor.run(trial);
    const first = await link.client.set(resultKey(trial.key), JSON.stringify(made), "EX", keptSeconds, "NX");
    if (first !== null) return made;
    const other = (await link.client.get(resultKey(trial.key))) ?? "";
    const isDigest = other.startsWith("sha256:");
    const digest = isDigest ? other.slice(7) : madeDigest(madeIn(JSON.parse(other)));
    if (digest === madeDigest(made)) return made;
    await link.client.rpush(secondsKey(id), JSON.stringify({ trial, made }));
    return isDigest ? made : madeIn(JSON.parse(other)); // the first one stays
  };
  const worker = new Worker(queueName(id), (job) => make(job.data), {
    connection: link.another(),
    prefix,
    concurrency: threads,
    lockDuration: lockMs,
    stalledInterval: Math.max(500, Math.floor(lockMs / 2)),
    maxStalledCount: mostStalls,
  });
  worker.on("error", (error) => {
    if (!link.isUp || /ECONN|closed/i.test(error.message)) return; // that is told already
    tell(`warning: ${address.mask(error.message)}`);
  });
  return {
    close: async () => {
      await Promise.race([worker.close(), gone(link)]);
      await executor.close();
    },
  };
}

/** Comes true where Redis is away and stays away: there is nobody to give a result to. */
function gone(link: Link): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (link.isUp) return;
      clearInterval(timer);
      resolve();
    }, 2_000);
    timer.unref();
  });
}

// Threads that make backtests of one sweep.
import type { Tape } from "@bp/core";
import { backtestFlags } from "../backtest/options.ts";
import { type Cast, castOfSpec } from "./casts.ts";
import type { Executor } from "./executor.ts";
import { sharedTape } from "./shared.ts";
import type { Spec } from "./spec.ts";
import { startThreads } from "./threads.ts";

/** What a thread is given. */
export interface ThreadData {
  readonly spec: Spec;
  readonly tape: Tape;
  readonly cast: Cast | undefined;
}

/** Starts them over one shared copy of the tape. @param name - how they call themselves */
export async function backtestThreads(spec: Spec, tape: Tape, threads: number, name = "thread"): Promise<Executor> {
  const script = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./sweep/worker.js";
  return startThreads({
    script: new URL(script, import.meta.url),
    data: await sharedData(spec, tape),
    threads,
    name,
  });
}

async function sharedData(spec: Spec, tape: Tape): Promise<ThreadData> {
  const shared = sharedTape(tape);
  const { casts } = backtestFlags({ ...spec.options, data: spec.data.map(({ name }) => name) });
  const cast = await castOfSpec(spec, shared, casts);
  if (cast === undefined || cast.result.tape === shared) return { spec, tape: shared, cast };
  const { key, result } = cast;
  return { spec, tape: shared, cast: { key, result: { ...result, tape: sharedTape(result.tape) } } };
}

// Threads that make backtests of one sweep.
import type { Tape } from "@bp/core";
import type { Executor } from "./executor.ts";
import { sharedTape } from "./shared.ts";
import type { Spec } from "./spec.ts";
import { startThreads } from "./threads.ts";

/** Starts them over one shared copy of the tape. @param name - how they call themselves */
export function backtestThreads(spec: Spec, tape: Tape, threads: number, name = "thread"): Executor {
  const script = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./sweep/worker.js";
  return startThreads({
    script: new URL(script, import.meta.url),
    data: { spec, tape: sharedTape(tape) },
    threads,
    name,
  });
}

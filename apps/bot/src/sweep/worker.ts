// A thread that makes backtests for a sweep: the tape lies in memory that all of them share.
import { workerData } from "node:worker_threads";
import type { Tape } from "@bp/core";
import { trialRunner } from "./runTrial.ts";
import type { Spec } from "./spec.ts";
import { serveTrials } from "./threadWords.ts";

const { spec, tape } = workerData as { readonly spec: Spec; readonly tape: Tape }; // of `backtestThreads`
serveTrials(trialRunner(spec, tape));

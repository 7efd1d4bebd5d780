// A thread that makes backtests for a sweep: the tape lies in memory that all of them share.
import { workerData } from "node:worker_threads";
import type { ThreadData } from "./backtestThreads.ts";
import { trialRunner } from "./runTrial.ts";
import { serveTrials } from "./threadWords.ts";

const { spec, tape, cast } = workerData as ThreadData;
serveTrials(trialRunner(spec, tape, cast));

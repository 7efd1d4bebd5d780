// `bot worker --queue redis://… --data FOLDER`: makes trials of sweeps that run elsewhere.
import { BpError } from "@bp/core";
import { backtestFlags } from "../backtest/options.ts";
import { invalid } from "../config/complaint.ts";
import { tapeOf } from "../data/tape.ts";
import { type ExitCode, exit } from "../exit.ts";
import { fromHere } from "../paths.ts";
import { queueSaid } from "../queue/address.ts";
import { ownData } from "../queue/data.ts";
import { serveQueue } from "../queue/serve.ts";
import { stopSignal } from "../stopSignal.ts";
import { backtestThreads } from "../sweep/backtestThreads.ts";
import { threadsOf } from "../sweep/flags.ts";
import { sourceDigest } from "../sweep/source.ts";
import type { Spec } from "../sweep/spec.ts";
import { version } from "../version.ts";

/** Serves until it is stopped. */
export async function workerForQueue(flags: Readonly<Record<string, unknown>>): Promise<ExitCode> {
  const address = queueSaid(flags["queue"]);
  if (address === undefined) throw invalid("--queue", "nothing", "redis://host:port, or BP_QUEUE in the environment");
  const threads = threadsOf(flags["threads"]);
  const places = flags["data"] === undefined ? [] : [flags["data"] as string | string[]].flat().map(fromHere);
  const data = ownData(places);
  await serveQueue({
    address,
    threads,
    lockMs: lockOf(flags["lockMs"]),
    signal: stopSignal("trials in hand are given to other workers").signal,
    tell: (line) => void process.stderr.write(`${line}\n`),
    serve: async (spec, name) =>
      backtestThreads(spec, await tapeFor(spec, await data.find(spec.data), flags), threads, name),
  });
  return exit.done;
}

/** The tape of a spec out of files of ours. @throws BpError `queue/other-work` where it would not be the same work */
async function tapeFor(spec: Spec, files: readonly string[], { cache }: Readonly<Record<string, unknown>>) {
  if (spec.version !== version)
    throw new BpError("queue/other-work", { what: "version", theirs: spec.version, ours: version });
  if (spec.source !== sourceDigest())
    throw new BpError("queue/other-work", { what: "program's code", theirs: spec.source, ours: sourceDigest() });
  const { tape } = await tapeOf(backtestFlags({ ...spec.options, data: files }), { ...spec.options, cache });
  if (tape.digest !== spec.digest)
    throw new BpError("queue/other-work", { what: "data read", theirs: spec.digest, ours: tape.digest });
  return tape;
}

function lockOf(said: unknown): number {
  if (said === undefined) return 15_000;
  const ms = Number(said);
  if (Number.isInteger(ms) && ms >= 500 && ms <= 600_000) return ms;
  throw invalid("--lock-ms", JSON.stringify(said), "500 to 600000");
}

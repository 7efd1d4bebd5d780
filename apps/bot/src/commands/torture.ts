// `bot torture`: a configuration against exchanges that fail in every way, and twelve promises that are held to.
import { availableParallelism } from "node:os";
import { BpError } from "@bp/core";
import { at, type FaultKind, faultKinds, faultText, planOf, type Subject, tryIt } from "@bp/torture";
import { systemClock } from "@bp/transport";
import { type ExitCode, exit } from "../exit.ts";
import type { Job } from "../torture/job.ts";
import { progressOf } from "../torture/progress.ts";
import { subjectOfFile } from "../torture/subject.ts";
import { addTo, noSums, summaryJson, summaryText } from "../torture/summary.ts";
import { tortureAll } from "../torture/threads.ts";
import type { WireJob } from "../torture/wire/job.ts";

/** As typed. */
type Flags = Readonly<Record<string, unknown>>;

/**
 * Tortures files; without any, the demo.
 *
 * @returns 0 if every promise was kept, 1 if one was broken
 */
export async function torture(files: readonly string[], flags: Flags): Promise<ExitCode> {
  const kinds = kindsOf(flags["faults"]);
  checkTogether(flags);
  if (flags["wire"] === true) return wired(files, kinds, flags);
  const seconds = whole("--seconds", flags["seconds"], 60, 10, 3_600);
  const seeds = whole("--seeds", flags["seeds"], 200, 1, 100_000_000);
  const from = whole("--from", flags["from"], 1, 0, 2 ** 31);
  const threads = whole("--threads", flags["threads"], availableParallelism(), 1, 256);
  const named: readonly (string | undefined)[] = files.length === 0 ? [undefined] : files;
  const jobs = named.map((file): Job => ({ file, flags: {}, kinds, seconds, shrinks: flags["shrink"] !== false }));
  // Whatever is wrong with a file is said before anything begins.
  const subjects: Subject[] = [];
  for (const { file } of jobs) subjects.push(await subjectOfFile(file, {}));
  const json = flags["json"] === true;
  if (flags["seed"] !== undefined) {
    const seed = whole("--seed", flags["seed"], 1, 0, 2 ** 31);
    const [subject] = subjects;
    const [job] = jobs;
    if (subject === undefined || job === undefined || subjects.length > 1)
      throw new BpError("config/conflict", { what: "--seed with several files", hint: "name one of them" });
    return one({ subject, seed, kinds, seconds }, flags, json);
  }
  return many({ jobs, seeds, from, threads, json, first: flags["first"] === true });
}

/** The same over real sockets, in real time. */
async function wired(
  files: readonly (string | undefined)[],
  kinds: readonly FaultKind[],
  flags: Flags,
): Promise<ExitCode> {
  const { manyWired, oneWired } = await import("../torture/wire/command.ts");
  const seconds = whole("--seconds", flags["seconds"], 10, 5, 3_600);
  const seeds = whole("--seeds", flags["seeds"], 10, 1, 1_000_000);
  const from = whole("--from", flags["from"], 1, 0, 2 ** 31);
  // A trial is two busy processes.
  const threads = whole("--threads", flags["threads"], Math.max(1, Math.floor(availableParallelism() / 2)), 1, 64);
  const speed = whole("--speed", flags["speed"], 30, 1, 100);
  const json = flags["json"] === true;
  const jobs: WireJob[] = [];
  for (const file of files.length === 0 ? [undefined] : files)
    jobs.push({ file, subject: await subjectOfFile(file, {}), kinds, seconds, speed });
  if (flags["seed"] === undefined)
    return manyWired({ jobs, seeds, from, threads, json, first: flags["first"] === true });
  const seed = whole("--seed", flags["seed"], 1, 0, 2 ** 31);
  const [job] = jobs;
  if (job === undefined || jobs.length > 1)
    throw new BpError("config/conflict", { what: "--seed with several files", hint: "name one of them" });
  const only = flags["only"];
  const pick = (drawn: readonly unknown[]) => (only === undefined ? [...drawn.keys()] : placesOf(only, drawn.length));
  return oneWired(job, seed, pick, { story: flags["story"] === true, json });
}

async function many(options: {
  readonly jobs: readonly Job[];
  readonly seeds: number;
  readonly from: number;
  readonly threads: number;
  readonly json: boolean;
  readonly first: boolean;
}): Promise<ExitCode> {
  const { jobs, seeds, json, first } = options;
  const sums = noSums();
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  const began = systemClock.now();
  const progress = progressOf(seeds, () => systemClock.now());
  const failure = await tortureAll({
    ...options,
    signal: stop.signal,
    onDone: (done) => {
      addTo(sums, done);
      progress.show(sums.seeds, sums.found.length);
      if (first && sums.found.length > 0) stop.abort();
    },
  });
  progress.end();
  const took = (systemClock.now() - began) / 1_000;
  process.stdout.write(
    json
      ? `${JSON.stringify(summaryJson(sums, jobs, seeds, took))}\n`
      : `${summaryText(sums, jobs, seeds, took).join("\n")}\n`,
  );
  if (failure !== undefined) {
    process.stderr.write(`error: ${failure.text}\n`);
    return exit.failed;
  }
  return sums.found.length === 0 && sums.seeds === seeds ? exit.done : exit.failed;
}

/** One seed, told from its beginning to its end. */
function one(
  trial: {
    readonly subject: Subject;
    readonly seed: number;
    readonly kinds: readonly FaultKind[];
    readonly seconds: number;
  },
  flags: Flags,
  json: boolean,
): ExitCode {
  const drawn = planOf(trial);
  const plan = flags["only"] === undefined ? drawn : at(drawn, placesOf(flags["only"], drawn.length));
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const tells = flags["story"] === true && !json;
  const outcome = tryIt({ ...trial, plan, ...(tells ? { watch: say } : {}) });
  const { violations } = outcome;
  if (json) say(JSON.stringify(outcome));
  else {
    const { seed, events, orders, fills, lives } = outcome;
    say(`seed ${seed}: ${events} events, ${orders} orders, ${fills} trades, ${lives - 1} restarts`);
    for (const [place, fault] of drawn.entries())
      say(`  ${plan.includes(fault) ? String(place).padStart(2) : " –"}  ${faultText(fault)}`);
    for (const { invariant, promise, at: ms, says } of violations)
      say(`broken: ${invariant}. ${promise}: ${says} (after ${(ms / 1_000).toFixed(3)} s)`);
    if (violations.length === 0) say("no promise was broken");
  }
  return violations.length === 0 ? exit.done : exit.failed;
}

/** Options that would be passed over in silence are refused. @throws BpError `config/conflict` */
function checkTogether(flags: Flags): void {
  const alone = ["only", "story"].find((name) => flags[name] !== undefined && flags["seed"] === undefined);
  if (alone !== undefined)
    throw new BpError("config/conflict", {
      what: `--${alone} without --seed`,
      hint: "say which trial is meant: --seed N",
    });
  const many = ["seeds", "from", "first", "threads"].find(
    (name) => flags[name] !== undefined && flags["seed"] !== undefined,
  );
  if (many !== undefined)
    throw new BpError("config/conflict", {
      what: `--seed and --${many}`,
      hint: "--seed is one trial; leave one of them out",
    });
}

/** @throws BpError `config/invalid` */
function whole(path: string, said: unknown, usual: number, least: number, most: number): number {
  if (said === undefined) return usual;
  const value = Number(said);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new BpError("config/invalid", {
    path,
    found: JSON.stringify(said),
    expected: `a whole number from ${least} to ${most}`,
  });
}

/** `all`, names, or `all` without some: `-clock,-kill`. @throws BpError `config/invalid` */
function kindsOf(said: unknown): readonly FaultKind[] {
  const words = (typeof said === "string" ? said : "all").split(",").map((each) => each.trim());
  const bad = words.find((each) => !["all", "none", ...faultKinds].includes(each.replace(/^-/, "")));
  if (bad !== undefined)
    throw new BpError("config/invalid", {
      path: "--faults",
      found: JSON.stringify(bad),
      expected: `all, none, or some of ${faultKinds.join(", ")}; with a minus: all but these`,
    });
  const without = words.filter((each) => each.startsWith("-")).map((each) => each.slice(1));
  const named = words.filter((each) => !each.startsWith("-"));
  const isAll = named.length === 0 || named.includes("all");
  return faultKinds.filter((kind) => (isAll || named.includes(kind)) && !without.includes(kind));
}

/** @throws BpError `config/invalid` */
function placesOf(said: unknown, count: number): readonly number[] {
  if (said === "none") return [];
  const places = String(said)
    .split(",")
    .map((each) => Number(each.trim()));
  if (places.every((place) => Number.isInteger(place) && place >= 0 && place < count)) return places;
  throw new BpError("config/invalid", {
    path: "--only",
    found: JSON.stringify(said),
    expected: `none, or places of faults of this seed, 0 to ${count - 1}, with commas between them`,
  });
}

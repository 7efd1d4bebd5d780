// Some seeds of one configuration, tried one after the other.
import { faultText, type Subject, shrink, tryIt } from "@bp/torture";
import type { Batch, Done, Found, Job } from "./job.ts";

/** So many violations of one invariant are made small; the others are told as they are. */
const mostShrunk = 2;

/** Tries a batch. @param shrunk - how often violations of each invariant were made small already */
export function tryBatch(job: Job, subject: Subject, batch: Batch, shrunk: Map<number, number>): Done {
  const sums = { seeds: 0, events: 0, orders: 0, fills: 0, restarts: 0, halted: 0 };
  const faults: Record<string, number> = {};
  const found: Found[] = [];
  for (let seed = batch.from; seed <= batch.to; seed++) {
    const { kinds, seconds } = job;
    const outcome = tryIt({ subject, seed, kinds, seconds });
    sums.seeds += 1;
    sums.events += outcome.events;
    sums.orders += outcome.orders;
    sums.fills += outcome.fills;
    sums.restarts += outcome.lives - 1;
    if (outcome.halted !== undefined) sums.halted += 1;
    for (const kind of new Set(outcome.plan.map((each) => each.kind))) faults[kind] = (faults[kind] ?? 0) + 1;
    for (const { invariant, promise, at, says } of outcome.violations) {
      const done = shrunk.get(invariant) ?? 0;
      const whole: Found = {
        job: batch.job,
        seed,
        invariant,
        promise,
        atMs: at,
        says,
        kept: undefined,
        plan: outcome.plan,
      };
      if (!job.shrinks || done >= mostShrunk) {
        found.push(whole);
        continue;
      }
      shrunk.set(invariant, done + 1);
      const small = shrink({ subject, seed, kinds, seconds }, invariant);
      const same = small.outcome.violations.find((each) => each.invariant === invariant);
      found.push({
        ...whole,
        kept: small.kept,
        plan: small.outcome.plan,
        ...(same === undefined ? {} : { atMs: same.at, says: same.says }),
      });
    }
  }
  return { batch, ...sums, faults, found };
}

/** What a person needs to see it again, and what went wrong there. */
export function foundText(found: Found, { file, kinds, seconds, wire }: Job, allKinds: number): readonly string[] {
  const { seed, kept, plan, invariant, promise, atMs, says } = found;
  const words = ["bot torture"];
  if (file !== undefined) words.push(file);
  if (wire) words.push("--wire");
  words.push(`--seed ${seed}`);
  if (kept !== undefined) words.push(`--only ${kept.length === 0 ? "none" : kept.join(",")}`);
  if (kinds.length < allKinds) words.push(`--faults ${kinds.join(",")}`);
  words.push(`--seconds ${seconds}`);
  return [
    `broken: ${invariant}. ${promise}: ${says} (after ${(atMs / 1_000).toFixed(3)} s)`,
    `  see it again: ${words.join(" ")} --story`,
    ...plan.map((each) => `    ${faultText(each)}`),
  ];
}

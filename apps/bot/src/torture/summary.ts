// What a torture came to, for a person and for a program.
import { faultKinds, invariants } from "@bp/torture";
import { foundText } from "./batch.ts";
import type { Done, Found, Job } from "./job.ts";

/** Sums over all batches. */
export interface Sums {
  seeds: number;
  events: number;
  orders: number;
  fills: number;
  restarts: number;
  halted: number;
  readonly faults: Record<string, number>;
  readonly found: Found[];
}

/** Nothing was tried yet. */
export function noSums(): Sums {
  return { seeds: 0, events: 0, orders: 0, fills: 0, restarts: 0, halted: 0, faults: {}, found: [] };
}

/** Adds a batch. */
export function addTo(sums: Sums, done: Done): void {
  sums.seeds += done.seeds;
  sums.events += done.events;
  sums.orders += done.orders;
  sums.fills += done.fills;
  sums.restarts += done.restarts;
  sums.halted += done.halted;
  for (const [kind, count] of Object.entries(done.faults)) sums.faults[kind] = (sums.faults[kind] ?? 0) + count;
  sums.found.push(...done.found);
}

/** How many violations of one invariant are shown with their faults. */
const mostShown = 3;

/** The lines for a person. @param wanted - how many seeds it should have been */
export function summaryText(sums: Sums, jobs: readonly Job[], wanted: number, seconds: number): readonly string[] {
  const count = (value: number) => value.toLocaleString("en-US");
  const broken = new Map<number, Found[]>();
  for (const each of sums.found) broken.set(each.invariant, [...(broken.get(each.invariant) ?? []), each]);
  const faults = faultKinds.filter((kind) => sums.faults[kind] !== undefined);
  return [
    "",
    `${count(sums.seeds)}${sums.seeds < wanted ? ` of ${count(wanted)}` : ""} seeds in ${seconds.toFixed(0)} s: ` +
      `${count(sums.events)} events, ${count(sums.orders)} orders, ${count(sums.fills)} trades, ` +
      `${count(sums.restarts)} restarts, ${count(sums.halted)} halted`,
    ...(faults.length === 0
      ? []
      : [`faults: ${faults.map((kind) => `${kind} ${count(sums.faults[kind] ?? 0)}`).join(", ")}`]),
    "",
    ...invariants.map(({ number, says }) => {
      const many = broken.get(number)?.length ?? 0;
      return `${String(number).padStart(3)}  ${many === 0 ? "kept  " : `BROKEN`}  ${says}${many === 0 ? "" : `: ${count(many)} of ${count(sums.seeds)}`}`;
    }),
    ...[...broken.values()].flatMap((list) => [
      "",
      ...list
        .toSorted((a, b) => Number(a.kept === undefined) - Number(b.kept === undefined))
        .slice(0, mostShown)
        .flatMap((found) => {
          const job = jobs[found.job];
          return job === undefined ? [] : foundText(found, job, faultKinds.length);
        }),
    ]),
    "",
    sums.found.length === 0 ? "no promise was broken" : `${count(sums.found.length)} promises were broken`,
  ];
}

/** The same for a program. */
export function summaryJson(sums: Sums, jobs: readonly Job[], wanted: number, seconds: number): unknown {
  const { found, ...rest } = sums;
  return {
    ...rest,
    wanted,
    seconds: Number(seconds.toFixed(3)),
    violations: found.map(({ job, ...each }) => ({ file: jobs[job]?.file, ...each })),
  };
}

// What a sweep and its workers say to each other through Redis. Nothing of it is believed before it was looked at.
import { createHash } from "node:crypto";
import type { Trial } from "@bp/backtest";
import { millis } from "@bp/core";
import * as z from "zod";
import type { Made } from "../sweep/executor.ts";
import { type Spec, specDigest } from "../sweep/spec.ts";

/** Before all names in Redis. */
export const prefix = "bp";

/** Sweeps that are being made, by the time at which they last said so (Redis's own, ms). */
export const sweepsKey = `${prefix}:sweeps`;
/** A sweep that has been silent for longer is over, ms. */
export const silentMs = 30_000;

/** The spec of a sweep. */
export const specKey = (id: string) => `${prefix}:spec:${id}`;
/** Workers that cannot serve it, and why. */
export const lacksKey = (id: string) => `${prefix}:lacks:${id}`;
/** Second results that were others than the first. */
export const secondsKey = (id: string) => `${prefix}:seconds:${id}`;
/** The first result of a trial, whole or as its digest. */
export const resultKey = (key: string) => `${prefix}:result:${key}`;
/** Of BullMQ. */
export const queueName = (id: string) => `sweep-${id}`;

/** How long results are kept in Redis: the journal has them long before, s. */
export const keptSeconds = 3_600;

/** How a spec is called: equal for equal specs. */
export const idOf = (spec: Spec): string => specDigest(spec).slice(0, 32);

const value = z.union([z.string(), z.number(), z.boolean()]);
const text = z.string().max(1_000);
const time = z.int().transform(millis);

const trial = z.strictObject({
  key: z.string().regex(/^[0-9a-f]{64}$/),
  values: z.record(z.string(), value),
  part: z.strictObject({ name: text, from: time, to: time }),
});

const made = z.strictObject({
  outcome: z
    .strictObject({
      net: z.string().regex(/^-?\d+(\.\d+)?$/),
      returns: z.array(z.number()).max(10_000),
      figures: z.record(z.string(), z.number().nullable()),
    })
    .optional(),
  failed: z.string().max(10_000).optional(),
  ms: z.number().min(0),
  worker: text,
});

const spec = z.strictObject({
  file: text,
  config: z.record(z.string(), z.unknown()),
  data: z.array(z.strictObject({ name: text, sha256: z.string().regex(/^[0-9a-f]{64}$/) })).min(1),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  options: z.record(z.string(), z.unknown()),
  version: text,
  source: z.string().regex(/^[0-9a-f]{64}$/),
});

/** A trial off the wire. @throws z.ZodError */
export const trialIn = (data: unknown): Trial => trial.parse(data);
/** What a worker made. @throws z.ZodError */
export const madeIn = (data: unknown): Made => made.parse(data);
/** A trial with a second result. @throws z.ZodError */
export const secondIn = (data: unknown): { readonly trial: Trial; readonly made: Made } =>
  z.strictObject({ trial, made }).parse(data);
/** A spec off the wire. @throws z.ZodError */
export const specIn = (data: unknown): Spec => spec.parse(data);

/** What is compared of two results: not who made it, nor how long it took. */
export function madeDigest({ outcome, failed }: Made): string {
  const sorted = Object.entries(outcome?.figures ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const whole = [outcome?.net ?? null, outcome?.returns ?? null, sorted, failed ?? null];
  return createHash("sha256").update(JSON.stringify(whole)).digest("hex");
}

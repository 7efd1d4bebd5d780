// From a file, data and flags to a sweep that can begin.
import { createHash } from "node:crypto";
import { type Fold, foldsOf, type Models, playedOf, type Space } from "@bp/backtest";
import { BpError, millis, type Tape } from "@bp/core";
import { canonicalJson, type NewSweep } from "@bp/journal";
import { backtestFlags } from "../backtest/options.ts";
import { tapeOf } from "../data/tape.ts";
import { fromHere } from "../paths.ts";
import { version } from "../version.ts";
import { dataFileOf } from "./files.ts";
import { sourceDigest } from "./source.ts";
import { readSweepFile } from "./space.ts";
import { configOf, optionsOf, type Spec } from "./spec.ts";

/** A sweep that can begin. */
export interface PreparedSweep {
  readonly space: Space;
  readonly spec: Spec;
  readonly tape: Tape;
  readonly models: Models;
  /** Of what the models draw. */
  readonly seed: number;
  readonly folds: readonly Fold[];
  /** As the journal keeps it; its id is equal for equal questions to equal data. */
  readonly record: Omit<NewSweep, "started">;
  readonly warnings: readonly string[];
}

/** Prepares one. @throws BpError `config/*`, `data/*` */
export async function prepareSweep(file: string, flags: Readonly<Record<string, unknown>>): Promise<PreparedSweep> {
  const { space, tree, section } = await readSweepFile(file, flags);
  const options = optionsOf(flags);
  const said = backtestFlags({ ...flags, ...options });
  const { files: named, models, seed } = said;
  const files = named.map(fromHere);
  const { tape, warnings } = await tapeOf(said, flags);
  const time = playedOf(tape).span;
  if (time === undefined) throw new BpError("data/no-market", { file: named.join(", "), hint: "the data have no row" });
  const folds = foldsOf(space.split, time.from, millis(time.to + 1));
  const spec: Spec = {
    file,
    config: configOf(tree),
    data: await Promise.all(files.map(dataFileOf)),
    digest: tape.digest,
    options,
    version,
    source: sourceDigest(),
  };
  const { file: _, data: __, ...asked } = spec;
  const isIdle = flags["seed"] !== undefined && space.search !== "random";
  const id = createHash("sha256").update(canonicalJson({ asked, section })).digest("hex").slice(0, 16);
  return {
    space,
    spec,
    tape,
    models,
    seed,
    folds,
    warnings: [...warnings, ...(isIdle ? [idleSeed(space.search)] : [])],
    record: { id, name: file, spec: { ...spec, section }, version },
  };
}

const idleSeed = (search: string) =>
  `--seed is that of a random search, and this one is ${search}: for what the models draw, say --model-seed`;

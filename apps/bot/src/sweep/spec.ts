// What all trials of a sweep have in common, as plain data that may travel; and the key of a trial.
import { createHash } from "node:crypto";
import type { SweepPart, SweepValues, Trial } from "@bp/backtest";
import { canonicalJson } from "@bp/journal";
import { backtestFlagNames, seedOf } from "../backtest/options.ts";
import { type Tree, withValues } from "./tree.ts";

/** A file of the data, by what is in it. */
export interface DataFile {
  /** For a person; the name is part of what tells a market. */
  readonly name: string;
  /** SHA-256 of its bytes, hex. */
  readonly sha256: string;
}

/** Everything that decides what a trial comes to, but its values and its part of the data. */
export interface Spec {
  /** For complaints. */
  readonly file: string;
  /** The configuration: strategies, limits, preparation, and the names of accounts. Nothing that is or leads to a key. */
  readonly config: Tree;
  readonly data: readonly DataFile[];
  /** Of the tape that the files become. */
  readonly digest: string;
  /** Options of the backtest as on the command line, without the data; `seed` is that of its models. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Of the program. */
  readonly version: string;
  /** Of its code, which may be another although the version is the same: see `sourceDigest`. */
  readonly source: string;
}

/**
 * The options that a trial depends on, of a sweep's command line: what the models draw has `--model-seed` there, since `--seed` is
 * the search's. The search's decides which trials are made, not what one comes to.
 *
 * @throws BpError `config/invalid`
 */
export function optionsOf(flags: Readonly<Record<string, unknown>>): Spec["options"] {
  const names: readonly string[] = backtestFlagNames.filter((name) => name !== "data");
  const said = Object.fromEntries(Object.entries(flags).filter(([name]) => names.includes(name)));
  return {
    ...said,
    ...(flags["onBad"] === "count" ? { onBad: "count" } : {}),
    seed: seedOf(flags["modelSeed"], "--model-seed"),
  };
}

/** A configuration as a backtest needs it. */
export function configOf(tree: Tree): Tree {
  const { strategies, limits, prepare, accounts, run } = tree;
  const names = typeof accounts === "object" && accounts !== null ? Object.keys(accounts) : [];
  const { existing, duration } = (typeof run === "object" && run !== null ? run : {}) as Tree; // the keys of a file are texts
  const kept = { ...(existing === undefined ? {} : { existing }), ...(duration === undefined ? {} : { duration }) };
  return {
    strategies,
    ...(limits === undefined ? {} : { limits }),
    ...(prepare === undefined ? {} : { prepare }),
    ...(names.length === 0 ? {} : { accounts: Object.fromEntries(names.map((name) => [name, {}])) }),
    ...(Object.keys(kept).length === 0 ? {} : { run: kept }),
  };
}

/** A digest of a spec: 64 hexadecimal digits. */
export const specDigest = (spec: Spec): string => sha256(canonicalJson(spec));

/** What tells equal work: not the file's name, and not what the part is called. */
function trialKey(spec: Spec, values: SweepValues, { from, to }: SweepPart): string {
  const { config, digest, options, version, source } = spec;
  return sha256(canonicalJson({ config: withValues(config, values), digest, options, version, source, from, to }));
}

/** A trial with its key. */
export function trialOf(spec: Spec, values: SweepValues, part: SweepPart): Trial {
  return { key: trialKey(spec, values, part), values, part };
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

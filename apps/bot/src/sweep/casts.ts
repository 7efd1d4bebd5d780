// Which recording plays which market, worked out once: nearly all trials of a sweep trade the same markets.
import type { Tape } from "@bp/core";
import { type CastResult, castFor } from "../backtest/markets.ts";
import { readBotConfig } from "../config/index.ts";
import { marketsOf } from "../wire-up.ts";
import type { Spec } from "./spec.ts";

/** As `castFor`. */
export type Caster = typeof castFor;

type Wanted = Parameters<Caster>[1];

/** Markets that were cast on one tape. */
export interface Cast {
  readonly key: string;
  readonly result: CastResult;
}

/** Casts of one tape that are held: each is a copy of it. */
const kept = 4;

/**
 * Casts that are remembered as long as their tape is there.
 *
 * @param tape - the one that `known` was made of
 */
export function createCaster(tape: Tape, known: Cast | undefined): Caster {
  const made = new WeakMap<Tape, Map<string, CastResult>>();
  if (known !== undefined) made.set(tape, new Map([[known.key, known.result]]));
  return (of, wanted, casts) => {
    const results = made.get(of) ?? new Map<string, CastResult>();
    made.set(of, results);
    const key = keyOf(wanted, casts);
    const result = results.get(key) ?? castFor(of, wanted, casts);
    results.delete(key);
    results.set(key, result);
    for (const old of [...results.keys()].slice(0, -kept)) results.delete(old);
    return result;
  };
}

/**
 * The whole tape as the markets of the configuration as it stands in the file, for all threads.
 *
 * @returns `undefined` where that cannot be: each trial says why
 */
export async function castOfSpec(spec: Spec, tape: Tape, casts: ReadonlyMap<string, string>) {
  try {
    const wanted = await wantedBy(spec);
    return { key: keyOf(wanted, casts), result: castFor(tape, wanted, casts) } satisfies Cast;
  } catch {
    return undefined;
  }
}

/** The markets that a configuration trades. @throws BpError `config/*` for one that cannot be */
export async function wantedBy({ file, config: tree }: Pick<Spec, "file" | "config">): Promise<Wanted> {
  const config = await readBotConfig({ file, tree, flags: { memory: true }, env: {}, keys: "left" });
  return [...new Set(config.strategies.flatMap(marketsOf))];
}

const keyOf = (wanted: Wanted, casts: Parameters<Caster>[2]) => JSON.stringify([wanted, [...casts]]);

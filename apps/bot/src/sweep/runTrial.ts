// One trial: the configuration with its values, over its part of the data, by the engine that trades live.
import { type Backtest, createBacktest, type Outcome, type SweepPart, type Trial } from "@bp/backtest";
import { type Tape, tapeSpan } from "@bp/core";
import { sliceTape } from "@bp/data";
import { backtestFlags } from "../backtest/options.ts";
import { enginePartsOf, prepareBacktest } from "../backtest/prepare.ts";
import { readBotConfig } from "../config/index.ts";
import { type Cast, createCaster } from "./casts.ts";
import { outcomeOf } from "./outcome.ts";
import type { Spec } from "./spec.ts";
import { withValues } from "./tree.ts";

/** Equal stretches of a part, for returns: enough for figures of luck, few enough to keep of each trial. */
const mostPeriods = 240;
/** The shortest stretch: the beat of a run, ms. */
const beatMs = 1_000;
/** Parts of the data that are kept at once: what is chosen on, and what is judged by. */
const keptParts = 2;

/** Runs a trial. @throws BpError for values that cannot be; whatever a mistake in a strategy throws */
export type RunTrial = (trial: Trial) => Promise<Outcome>;

/**
 * Runs trials of a spec over its data.
 *
 * @param cast - the markets of `tape` as the configuration names them, if somebody has made them
 */
export function trialRunner(spec: Spec, tape: Tape, cast?: Cast): RunTrial {
  const parts = new Map<string, Tape>();
  const partOf = ({ from, to }: SweepPart): Tape => {
    const span = tapeSpan(tape);
    if (span !== undefined && from <= span.from && to > span.to) return tape;
    const name = `${from}-${to}`;
    const part = parts.get(name) ?? sliceTape(tape, from, to);
    parts.delete(name);
    parts.set(name, part);
    for (const old of [...parts.keys()].slice(0, -keptParts)) parts.delete(old);
    return part;
  };
  const castMarkets = createCaster(tape, cast);
  const flags = backtestFlags({ ...spec.options, data: spec.data.map(({ name }) => name) });
  return async ({ values, part }) => {
    const tree = withValues(spec.config, values);
    const config = await readBotConfig({ file: spec.file, tree, flags: { memory: true }, env: {}, keys: "left" });
    const { options, cooked } = await prepareBacktest(config, partOf(part), flags, castMarkets);
    const run = createBacktest({ ...options, engine: () => enginePartsOf(cooked) });
    const periods = Math.max(1, Math.min(mostPeriods, Math.floor((run.to - run.from) / beatMs)));
    const worth: number[] = [];
    for (let at = 1, goes = true; at <= periods; at++) {
      const until = run.from + ((run.to - run.from) * at) / periods;
      if (goes && at < periods) goes = run.advance(Math.max(0, until - run.now));
      else while (goes) goes = run.advance(3_600_000); // the last one has the end in it
      worth.push(netOf(run));
    }
    const result = run.result();
    worth[worth.length - 1] = netOf(run);
    return outcomeOf(result, worth, (run.to - run.from) / periods);
  };
}

const netOf = (run: Backtest) => Number(run.net());

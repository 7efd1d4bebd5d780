// A long run in virtual time, watched: does memory grow, and does anything ever come out that must not be?
import { statSync } from "node:fs";
import { openJournal } from "@bp/journal";
import { readBotConfig } from "../config/index.ts";
import { createOperator } from "../operator.ts";
import { recipeOf } from "../recipe.ts";
import { runSession } from "../session.ts";
import { chooseStage } from "../stage/choose.ts";
import { marketsAt } from "../stage/stage.ts";
import { createWatch, type Seen, type Violation } from "./watch.ts";

/** What is soaked. */
export interface SoakOptions {
  /** A configuration. It is run in memory, whatever place it names. */
  readonly file: string;
  /** Of market time. */
  readonly hours: number;
  /** Minutes of market time between two looks; 60 if left out. */
  readonly everyMinutes?: number;
  readonly seed?: number;
  /** `:memory:` if left out. */
  readonly journal?: string;
  /** Collects all garbage before each look; left out: nobody does, and memory means little. */
  readonly collect?: () => void;
  readonly onLook?: (look: Look) => void;
}

/** Memory at a moment, after a collection, in MB. */
export interface Look {
  /** Since the start, of market time. */
  readonly hours: number;
  readonly heap: number;
  /** Buffers beside the heap. */
  readonly external: number;
  readonly resident: number;
  /** The journal's file with its log; 0 without one. */
  readonly journal: number;
}

/** What came of it. */
export interface Soaked {
  readonly looks: readonly Look[];
  readonly violations: readonly Violation[];
  readonly seen: Seen;
  /** Of the wall clock. */
  readonly seconds: number;
}

const mb = 1_048_576;

/** Runs it. @throws BpError `config/*` for a configuration that cannot be */
export async function soak(options: SoakOptions): Promise<Soaked> {
  const { file, hours, everyMinutes = 60, seed, journal = ":memory:", collect } = options;
  const seconds = hours * 3_600;
  const seeded = seed === undefined ? {} : { seed };
  const flags = { memory: true, duration: seconds, journal, resume: false, ...seeded };
  const config = await readBotConfig({ file, flags });
  const stage = await chooseStage(config);
  const { recipe, instruments } = recipeOf(config, await marketsAt(stage));
  const store = openJournal(journal);
  const looks: Look[] = [];
  const look = (at: number) => {
    collect?.();
    const { heapUsed, external, rss } = process.memoryUsage();
    const taken = {
      hours: at,
      heap: heapUsed / mb,
      external: external / mb,
      resident: rss / mb,
      journal: journal === ":memory:" ? 0 : (sizeOf(journal) + sizeOf(`${journal}-wal`)) / mb,
    };
    looks.push(taken);
    options.onLook?.(taken);
  };
  const watch = createWatch({ everyMs: everyMinutes * 60_000, onLook: look });
  const began = performance.now();
  try {
    await runSession({
      stage,
      instruments,
      recipe,
      store,
      resume: false,
      durationSeconds: seconds,
      face: watch,
      operator: createOperator(),
    });
  } finally {
    store.close();
  }
  return { looks, violations: watch.violations, seen: watch.seen, seconds: (performance.now() - began) / 1_000 };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** MB that the heap and the buffers beside it grow in an hour, by least squares over the looks after the warm-up; NaN with fewer than two. */
export function growthOf(
  looks: readonly Look[],
  warmUpHours: number,
): { readonly used: number; readonly resident: number } {
  const counted = looks.filter(({ hours }) => hours >= warmUpHours);
  const slope = (of: (look: Look) => number) => {
    const meanX = counted.reduce((sum, each) => sum + each.hours, 0) / counted.length;
    const meanY = counted.reduce((sum, each) => sum + of(each), 0) / counted.length;
    const across = counted.reduce((sum, each) => sum + (each.hours - meanX) * (of(each) - meanY), 0);
    return across / counted.reduce((sum, each) => sum + (each.hours - meanX) ** 2, 0);
  };
  return { used: slope(({ heap, external }) => heap + external), resident: slope(({ resident }) => resident) };
}

// Every persisted step of the hedge, and what comes of a death there.
import { differences } from "./again.ts";
import type { Death } from "./crash.ts";
import { type Outcome, openStable, type PlayOptions, play } from "./play.ts";

/** Which steps. */
export interface ProveOptions {
  /** Each so manyeth step. */
  readonly every: number;
  readonly from?: number;
  readonly to?: number;
  /** How long nobody is there, ms; left out: three seconds, twelve, or a minute, by the step. */
  readonly downMs?: number | undefined;
  readonly seed?: number;
  readonly tell?: (line: string) => void;
}

/** What came of it. */
export interface Proof {
  /** Persisted steps of the run that nobody disturbs. */
  readonly steps: number;
  readonly kills: number;
  readonly runs: number;
  readonly slowestMs: number;
  readonly usualMs: number;
  readonly longestNakedMs: number;
  readonly wrong: readonly string[];
}

/** The scenario: 48 cycles are 500 steps. */
const cycles = 48;
const pauses = [3_000, 12_000, 61_000] as const;
/** How long it goes on after the last restart, ms: several orders, and then the end. */
const tailMs = 12_000;

/** The places at which one can die in a step: undone, done, and after each command that left the process. */
function deathsAt(step: number, sent: number): readonly Death[] {
  return [
    { when: "before", step },
    { when: "after", step },
    ...Array.from({ length: sent }, (_, at): Death => ({ when: "sent", step, commands: at + 1 })),
  ];
}

/** Plays all of it. */
export async function prove({
  every,
  from = 1,
  to = Infinity,
  downMs,
  seed = 1,
  tell = () => undefined,
}: ProveOptions): Promise<Proof> {
  const stable = openStable();
  const outcomes: Outcome[] = [];
  const wrong: string[] = [];
  try {
    const calm = await play(stable, { seed, cycles, deaths: [], downMs: 0 });
    wrong.push(...calm.wrong.map((each) => `undisturbed: ${each}`));
    const steps = calm.steps[0] ?? 0;
    const one = async (deaths: PlayOptions["deaths"]) => {
      const name = deaths
        .map(({ when, step, commands }) => [when, step, ...(commands === undefined ? [] : [commands])].join(":"))
        .join(" ");
      const found: string[] = [];
      const autopsy: PlayOptions["autopsy"] = (remains) => {
        if (remains.deaths === 1) found.push(...differences(remains));
      };
      try {
        const outcome = await play(stable, {
          seed,
          cycles,
          deaths,
          tailMs,
          autopsy,
          downMs: downMs ?? pauses[(deaths[0]?.step ?? 0) % pauses.length] ?? 0,
        });
        outcomes.push(outcome);
        found.push(...outcome.wrong);
        for (const each of found) wrong.push(`${name}: ${each}`);
        if (outcome.died < deaths.length && outcome.end !== undefined)
          wrong.push(`${name}: only ${outcome.died} deaths`);
        tell(`${name} ${outcome.convergedMs} ms${found.length === 0 ? "" : ` WRONG ${found.join("; ")}`}`);
      } catch (error) {
        wrong.push(`${name}: ${String(error)}`);
        tell(`${name} WRONG ${String(error)}`);
      }
    };
    for (let step = from; step <= Math.min(to, steps); step += every) {
      for (const death of deathsAt(step, calm.sentAfter.get(step) ?? 0)) await one([death]);
      // and once more while it recovers, at the first, the second and the third step of that
      await one([
        { when: "after", step },
        { when: "after", step: 1 },
        { when: "before", step: 2 },
        { when: "after", step: 3 },
      ]);
    }
    const times = outcomes
      .flatMap(({ convergedMs }) => (convergedMs === undefined ? [] : [convergedMs]))
      .toSorted((a, b) => a - b);
    return {
      steps,
      kills: outcomes.reduce((sum, { died }) => sum + died, 0),
      runs: outcomes.length,
      slowestMs: times.at(-1) ?? 0,
      usualMs: times[Math.floor(times.length / 2)] ?? 0,
      longestNakedMs: Math.max(...outcomes.map(({ nakedMs }) => nakedMs)),
      wrong,
    };
  } finally {
    stable.close();
  }
}

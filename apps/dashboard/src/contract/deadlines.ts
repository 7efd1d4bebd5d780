// How long each question may take, in one table: who asks waits longer than who answers, or a late answer reaches nobody.

/**
 * What is worked out beside the door, its wait for its turn included, ms: a decision replays its run, a report folds it,
 * about twenty thousand events a second.
 */
const work = { journal: 15_000, runs: 15_000, decision: 600_000, report: 600_000, plan: 45_000 } as const;
/** How long a bot that was started may take to appear in the list, ms. */
const appear = 20_000;
/** The longest of all, ms. */
const longest = Math.max(...Object.values(work), work.plan + appear);

/** From the inside to the outside, all in ms. */
export const deadlines = {
  /** What the trading thread is asked. */
  ask: 5_000,
  work,
  appear,
  /** An answer that another bot's door is asked for. */
  passedOn: longest + 5_000,
  /** A connection without a byte, in either direction. */
  silence: longest + 10_000,
} as const;

/** The page's own least, ms: a slow way there is no failure. */
const least = 40_000;
/** What the page waits longer than the door, ms. */
const way = 15_000;

/**
 * How long the page waits for an answer, ms.
 *
 * @param path - below `/api/`
 */
export function patienceFor(path: string): number {
  const [route = ""] = path.split("?");
  return Math.max(least, atDoor(route) + way);
}

function atDoor(route: string): number {
  if (route === "start") return work.plan + appear;
  if (route === "start/plan") return work.plan;
  if (route.endsWith("/decision")) return work.decision;
  if (/\/report(-link)?$/.test(route)) return work.report;
  return Math.max(work.journal, work.runs, deadlines.ask);
}

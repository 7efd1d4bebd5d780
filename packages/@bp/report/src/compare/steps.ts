// What two runs earned step by step, so that they can be held against each other.
import type { Analysis } from "../analysis/analysis.ts";

/** Gains by step. `undefined` gains: too little is known of a run. */
export interface Steps {
  readonly stepMs: number;
  /** Whether both are of the same moments, so that each step of one belongs to one of the other. */
  readonly paired: boolean;
  /** `fraction` of each run's own capital, or `quote`. */
  readonly unit: "fraction" | "quote";
  readonly a: Float64Array;
  readonly b: Float64Array;
}

const dayMs = 86_400_000;
/** Fewer are no sample. */
const leastSteps = 20;
const mostSteps = 400;

/**
 * Cuts both runs into steps of one length: days where there are enough, else shorter ones, never shorter than equity was looked at.
 * Where they share nine tenths of their time the steps are of the same moments, else each run has its own.
 *
 * @returns `undefined` if one has fewer than 20 steps
 */
export function stepsOf(a: Analysis, b: Analysis): Steps | undefined {
  const spans = [spanOf(a), spanOf(b)] as const;
  const [one, other] = spans;
  const from = Math.max(one.from, other.from);
  const to = Math.min(one.to, other.to);
  const paired = to - from >= 0.9 * Math.max(one.to - one.from, other.to - other.from);
  const shortest = paired ? to - from : Math.min(one.to - one.from, other.to - other.from);
  if (!(shortest > 0)) return undefined;
  const stepMs = stepFor(shortest, Math.max(a.meta.sampleMs, b.meta.sampleMs, sparse(a), sparse(b)));
  if (Math.floor(shortest / stepMs) < leastSteps) return undefined;
  const capitals = [capitalOf(a), capitalOf(b)] as const;
  const unit = capitals.every((each) => each !== undefined) ? "fraction" : "quote";
  const gains = (run: Analysis, span: { from: number; to: number }, capital: number | undefined) =>
    gainsOf(run, span.from, span.to, stepMs, unit === "fraction" ? (capital ?? 1) : 1);
  return {
    stepMs,
    paired,
    unit,
    a: gains(a, paired ? { from, to } : one, capitals[0]),
    b: gains(b, paired ? { from, to } : other, capitals[1]),
  };
}

function spanOf({ series: { equity }, meta }: Analysis): { readonly from: number; readonly to: number } {
  return { from: equity.at[0] ?? meta.from, to: equity.at.at(-1) ?? meta.from };
}

function stepFor(lengthMs: number, leastMs: number): number {
  if (lengthMs >= leastSteps * dayMs && leastMs <= dayMs) return dayMs;
  return Math.max(leastMs, lengthMs / mostSteps, 1);
}

/** Mean distance of the points of equity: finer steps than that would be made up. */
function sparse({ series: { equity } }: Analysis): number {
  const { from, to } = { from: equity.at[0] ?? 0, to: equity.at.at(-1) ?? 0 };
  return (to - from) / Math.max(1, equity.at.length - 1);
}

function capitalOf({ meta: { capital } }: Analysis): number | undefined {
  const amount = Number(capital.amount);
  return capital.from !== "unknown" && amount > 0 ? amount : undefined;
}

function gainsOf(
  { series: { equity } }: Analysis,
  from: number,
  to: number,
  stepMs: number,
  capital: number,
): Float64Array {
  const count = Math.floor((to - from) / stepMs);
  const gains = new Float64Array(count);
  let place = 0;
  const at = (moment: number): number => {
    while (place + 1 < equity.at.length && (equity.at[place + 1] ?? 0) <= moment) place += 1;
    return equity.value[place] ?? 0;
  };
  let before = at(from);
  for (let nth = 0; nth < count; nth++) {
    const now = at(from + (nth + 1) * stepMs);
    gains[nth] = (now - before) / capital;
    before = now;
  }
  return gains;
}

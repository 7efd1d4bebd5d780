// The space that a sweep searches: values, what must hold between them, and what is looked for.
import { Big } from "@bp/core";
import { groupOf, wholeOf, wrong } from "./complain.ts";
import { type Dimension, dimensionOf } from "./dimension.ts";
import { type Comparison, readComparison, Unreadable } from "./expression.ts";
import { type Objective, objectiveOf } from "./objective.ts";
import { type Splitting, splittingOf } from "./split.ts";
import type { SweepValues } from "./trial.ts";

/** How the space is walked. */
export type SearchKind = "grid" | "random" | "direct";

/** A section `sweep`, read. */
export interface Space {
  /** In the order of the file; the last one changes quickest. */
  readonly dimensions: readonly Dimension[];
  /** As they were written. */
  readonly constraints: readonly string[];
  readonly objective: Objective;
  readonly search: SearchKind;
  readonly seed: number;
  /** The most that are tried; `undefined`: all of a grid. */
  readonly trials: number | undefined;
  readonly split: Splitting;
  /** Points without regard to constraints; may be beyond 2^53. */
  readonly size: number;
  /** Whether the constraints hold. */
  allows(values: SweepValues): boolean;
}

const keys = ["values", "constraints", "objective", "search", "seed", "trials", "holdOut", "walkForward"] as const;

/**
 * Reads a section `sweep`.
 *
 * @param section - as the file has it
 * @param other - a value of the configuration that is not swept, for constraints
 * @param figures - those that an objective may name beside `net`; left out: any
 * @throws BpError `config/invalid` naming the key
 * @example
 * spaceOf({ values: { "strategies.maker.params.spread": { from: "0.02", to: "0.2", step: "0.02" } }, objective: "net/maxDrawdown" });
 */
export function spaceOf(
  section: unknown,
  other: (path: string) => unknown = () => undefined,
  figures?: readonly string[],
): Space {
  const group = groupOf(section, "", keys);
  const said = group["values"];
  if (typeof said !== "object" || said === null || Array.isArray(said) || Object.keys(said).length === 0)
    throw wrong("values", said, "paths of values, each with a list or a range");
  const dimensions = Object.entries(said).map(([path, range]) => dimensionOf(path, range));
  const comparisons = comparisonsOf(group["constraints"]);
  const nameOf = namer(dimensions, other);
  for (const { names, text } of comparisons)
    for (const name of names)
      if (nameOf(name) === undefined)
        throw wrong(
          "constraints",
          text,
          `names of swept values or of values of the file: ${dimensions.map(({ path }) => path).join(", ")}`,
          `${name} is neither, or not one alone`,
        );
  const { search = "grid", seed = 1, trials } = group;
  if (search !== "grid" && search !== "random" && search !== "direct")
    throw wrong("search", search, "grid, random or direct");
  return {
    dimensions,
    constraints: comparisons.map(({ text }) => text),
    objective: objectiveOf(group["objective"], figures),
    search,
    seed: wholeOf(seed, "seed", 0, 4_294_967_295),
    trials: trials === undefined ? undefined : wholeOf(trials, "trials", 1, 1_000_000_000),
    split: splittingOf(group["holdOut"], group["walkForward"]),
    size: dimensions.reduce((product, { count }) => product * count, 1),
    allows: (values) =>
      comparisons.every((each) => each.holds((name) => numberOf(valueFor(values, nameOf(name), other))) === true),
  };
}

function comparisonsOf(said: unknown): readonly Comparison[] {
  if (said === undefined) return [];
  if (!Array.isArray(said) || said.length > 100)
    throw wrong("constraints", said, "a list of comparisons, 100 at the most");
  return said.map((each: unknown, index) => {
    try {
      return readComparison(typeof each === "string" ? each : "");
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      throw wrong(`constraints.${index}`, each, "a comparison such as a.b < 2 * c.d", `expected ${error.message}`);
    }
  });
}

/** The path of a name: a whole path, or the end of exactly one swept path. */
function namer(dimensions: readonly Dimension[], other: (path: string) => unknown) {
  return (name: string): string | undefined => {
    if (dimensions.some(({ path }) => path === name)) return name;
    const ends = dimensions.filter(({ path }) => path.endsWith(`.${name}`));
    if (ends.length === 1) return ends[0]?.path;
    return ends.length === 0 && numberOf(other(name)) !== undefined ? name : undefined;
  };
}

const valueFor = (values: SweepValues, path: string | undefined, other: (path: string) => unknown): unknown =>
  path === undefined ? undefined : Object.hasOwn(values, path) ? values[path] : other(path);

function numberOf(value: unknown): Big | undefined {
  const text = typeof value === "number" || typeof value === "string" ? String(value) : "";
  return /^-?\d+(\.\d+)?(e[-+]?\d+)?$/.test(text) ? new Big(text) : undefined;
}

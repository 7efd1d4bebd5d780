// Values of a configuration by their path, as a sweep names them.
import type { SweepValues } from "@bp/backtest";
import { invalid, nearest } from "../config/complaint.ts";

/** A file of our own format, as it was read. */
export type Tree = Readonly<Record<string, unknown>>;

/** Groups that a backtest has no use for, or that hold where keys are. */
const untouched = ["accounts", "run", "logs", "sweep", "allowHosts", "$schema", "system"];

/** The value at a path; `undefined` where nothing stands there. */
function valueAt(tree: Tree, path: string): unknown {
  const steps = stepsOf(tree, path);
  return steps?.reduce<unknown>((inner, step) => (isGroup(inner) ? Reflect.get(inner, step) : undefined), tree);
}

/**
 * Finds values by name: by their whole path, or by its end where one value alone has it.
 *
 * @param swept - paths whose values are not those of the file; a strategy may be named or numbered in them
 * @returns `undefined` for a name that no value has, or several
 * @throws BpError `config/invalid` for a value that is swept twice; the function that it returns, for a swept value under another name
 */
export function namesIn(tree: Tree, swept: readonly string[] = []): (name: string) => unknown {
  const paths = pathsIn(tree);
  const placeOf = (path: string) => stepsOf(tree, path)?.join(".");
  const taken = new Map<string | undefined, string>();
  for (const path of swept) {
    const place = placeOf(path);
    const same = taken.get(place);
    if (same !== undefined) throw invalid(`sweep.values.${path}`, `the same value as ${same}`, "each value once");
    if (place !== undefined) taken.set(place, path);
  }
  const known = new Map<string, unknown>();
  return (name) => {
    if (known.has(name)) return known.get(name);
    const [only, another] = paths.filter((path) => path.endsWith(`.${name}`));
    const end = another === undefined ? only : undefined;
    const path = valueAt(tree, name) !== undefined || taken.has(placeOf(name)) ? name : end;
    const asSwept = path === undefined ? undefined : taken.get(placeOf(path));
    if (asSwept !== undefined) throw invalid("sweep.constraints", `${name}, which is swept by another name`, asSwept);
    const value = path === undefined ? undefined : valueAt(tree, path);
    known.set(name, value);
    return value;
  };
}

/**
 * A copy with these values. A number is one where a double holds all of it, else text.
 *
 * @throws BpError `config/invalid` for a path that leads nowhere
 */
export function withValues(tree: Tree, values: SweepValues): Tree {
  const copy: Record<string, unknown> = structuredClone({ ...tree });
  for (const [path, value] of Object.entries(values)) {
    const steps = stepsOf(copy, path);
    const last = steps?.at(-1);
    const group = steps
      ?.slice(0, -1)
      .reduce<unknown>((inner, step) => (isGroup(inner) ? Reflect.get(inner, step) : undefined), copy);
    if (steps === undefined || last === undefined || !isGroup(group) || (Array.isArray(group) && !(last in group)))
      throw nowhere(tree, path);
    Reflect.set(group, last, typeof value === "string" && String(Number(value)) === value ? Number(value) : value);
  }
  return copy;
}

/** The steps to a value: a strategy is named as in the run, by its name or by what it uses. */
function stepsOf(tree: Tree, path: string): readonly string[] | undefined {
  const steps = path.split(".");
  const [first = "", second, ...rest] = steps;
  if (untouched.includes(first) || steps.some((each) => each === "" || each === "__proto__")) return undefined;
  if (first !== "strategies" || second === undefined || /^\d+$/.test(second)) return steps;
  const place = namesOf(tree).indexOf(second);
  return place < 0 ? undefined : [first, String(place), ...rest];
}

function namesOf({ strategies }: Tree): readonly string[] {
  if (!Array.isArray(strategies)) return [];
  return strategies.map((each: unknown) =>
    isGroup(each) ? String(Reflect.get(each, "name") ?? Reflect.get(each, "use")) : "",
  );
}

function nowhere(tree: Tree, path: string) {
  const names = namesOf(tree).map((each) => `strategies.${each}.params.…`);
  const near = nearest(path, pathsIn(tree));
  return invalid(
    `sweep.values.${path}`,
    "a path that leads nowhere",
    `a value of the configuration, such as ${[...names, "limits.…"].join(", ")}`,
    near.length === 0 ? undefined : `did you mean ${near.join(" or ")}?`,
  );
}

/** The paths of all values that may be swept. */
const pathsIn = (tree: Tree): readonly string[] =>
  leavesOf(tree, "").filter((each) => !untouched.includes(each.split(".")[0] ?? ""));

function leavesOf(value: unknown, path: string): readonly string[] {
  if (!isGroup(value)) return [path];
  const isList = path === "strategies" && Array.isArray(value);
  const names = isList ? namesOf({ strategies: value }).map(stepTo) : Object.keys(value);
  return Object.values(value).flatMap((inner: unknown, at) =>
    leavesOf(inner, path === "" ? (names[at] ?? "") : `${path}.${names[at] ?? ""}`),
  );
}

/** A strategy whose name is a number is found by its place alone. */
const stepTo = (name: string, place: number): string => (/^\d+$/.test(name) ? String(place) : name);

const isGroup = (value: unknown): value is object => typeof value === "object" && value !== null;

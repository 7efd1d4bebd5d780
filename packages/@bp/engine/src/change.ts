// Other parameters for a strategy that runs: whether they may be, and what is other about them.
import { type AnyStrategy, isBpError } from "@bp/core";
import { plainData } from "./plainData.ts";

/** A value that is other than it was. */
export interface ValueChange {
  /** The parameter's name, as its schema has it; inside a group, the path to it. */
  readonly key: string;
  /** Plain data; `undefined`: it was not given. */
  readonly from: unknown;
  readonly to: unknown;
}

/** Why parameters may not be. */
export interface Refusal {
  /** The parameter that it is about; `undefined`: not a single one. */
  readonly key: string | undefined;
  /** In plain words. */
  readonly why: string;
}

/** Checked parameters, or why they may not be. */
export type Change =
  | { readonly params: unknown; readonly values: readonly ValueChange[]; readonly refused?: undefined }
  | { readonly refused: Refusal };

/**
 * Whether a strategy that has `before` may have other parameters. Pure, and never throws: a change in a journal is judged by it
 * again when the run is replayed.
 *
 * @param before - as its schema gave them
 * @param raw - all of the new ones, not checked yet
 */
export function changeOf(strategy: AnyStrategy, before: unknown, raw: unknown): Change {
  try {
    const params = strategy.params.parse(raw);
    const values = valuesChanged(before, params);
    const may = new Set(strategy.changeable?.(before));
    const fixed = values.find(({ key }) => !may.has(key.split(".")[0] ?? key));
    if (fixed !== undefined) return refused(fixed.key, "cannot change while the strategy runs");
    const [was, is] = [strategy.instruments(before), strategy.instruments(params)];
    if (was.length !== is.length || was.some((id, at) => id !== is[at]))
      return refused(undefined, "its markets cannot change while it runs");
    return { params, values };
  } catch (error) {
    return refused(keyIn(error), isBpError(error) ? error.message : saidBy(error));
  }
}

/** The parameters that differ, in the order of the new ones; of a group its own values: `rebalance.thresholdPct`. */
export function valuesChanged(before: unknown, after: unknown): readonly ValueChange[] {
  return differing("", plainData(before), plainData(after));
}

function differing(path: string, before: unknown, after: unknown): readonly ValueChange[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...Object.keys(is), ...Object.keys(was)])].flatMap((name) => {
    const [key, from, to] = [`${path}${name}`, was[name], is[name]];
    if (sameData(from, to)) return [];
    return isGroup(from) && isGroup(to) ? differing(`${key}.`, from, to) : [{ key, from, to }];
  });
}

/** Changes as a line: `spreadPct 0.2 -> 0.3, stopLoss 25 -> nothing`. */
export function changesText(values: readonly ValueChange[]): string {
  if (values.length === 0) return "nothing is other than before";
  return values.map(({ key, from, to }) => `${key} ${valueText(from)} -> ${valueText(to)}`).join(", ");
}

/** A refusal as a line. */
export const refusalText = ({ key, why }: Refusal): string => (key === undefined ? why : `${key}: ${why}`);

const longest = 60;

/** A value as a person reads it, cut where it is long. */
export function valueText(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

const isGroup = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> => (isGroup(value) ? { ...value } : {});

/** Whether two plain values are the same, whatever the order of their fields. */
function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [one, other] = [Object.entries(a), new Map(Object.entries(b))];
  return one.length === other.size && one.every(([key, value]) => other.has(key) && sameData(value, other.get(key)));
}

const refused = (key: string | undefined, why: string): Change => ({ refused: { key, why } });

/** The first complaint of a schema, which has a list of them. */
function saidBy(error: unknown): string {
  const [issue] = issuesOf(error);
  return issue?.message ?? (error instanceof Error ? error.message : String(error));
}

function keyIn(error: unknown): string | undefined {
  const path = issuesOf(error)[0]?.path;
  return Array.isArray(path) && path.length > 0 ? path.map(String).join(".") : undefined;
}

interface Issue {
  readonly message?: string;
  readonly path?: unknown;
}

function issuesOf(error: unknown): readonly Issue[] {
  const issues: unknown = error instanceof Error && "issues" in error ? error.issues : undefined;
  return Array.isArray(issues) ? issues.filter((each: unknown): each is Issue => typeof each === "object") : [];
}

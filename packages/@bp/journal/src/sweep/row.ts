// A trial as a row, and back.
import { damaged } from "../fault.ts";
import { rowSum } from "../sum.ts";

/** What a trial came to, as it is kept. */
export interface KeptOutcome {
  /** Decimal text. */
  readonly net: string;
  /** Of each period. */
  readonly returns: readonly number[];
  readonly figures: Readonly<Record<string, number | null>>;
}

/** A trial that was made. */
export interface KeptTrial {
  /** Equal for equal work. */
  readonly key: string;
  /** JSON: the stretch of the data. */
  readonly part: unknown;
  /** JSON: values by their path. */
  readonly values: unknown;
  /** `undefined`: it failed. */
  readonly outcome?: KeptOutcome | undefined;
  /** Why it failed. */
  readonly failed?: string | undefined;
  /** How long it took, ms, and who made it: neither is compared. */
  readonly ms: number;
  readonly worker: string;
}

/** The columns of a result. */
export interface ResultRow {
  readonly outcome: string | null;
  readonly returns: Uint8Array | null;
  readonly failed: string | null;
  readonly ms: number;
  readonly worker: string;
}

/** A result in its columns; figures by name, so that the same ones are the same text. */
export function rowOf({ outcome, failed, ms, worker }: KeptTrial): ResultRow {
  if (outcome === undefined)
    return { outcome: null, returns: null, failed: failed ?? "no reason was given", ms, worker };
  const { net, returns, figures } = outcome;
  const sorted = Object.entries(figures).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    outcome: JSON.stringify({ net, figures: Object.fromEntries(sorted) }),
    returns: new Uint8Array(new Float64Array(returns).buffer),
    failed: null,
    ms,
    worker,
  };
}

/** Whether two results are the same, whoever made them in whatever time. */
export function isSame(a: ResultRow, b: ResultRow): boolean {
  return a.outcome === b.outcome && a.failed === b.failed && hexOf(a.returns) === hexOf(b.returns);
}

/** CRC-32 over a trial. */
export function trialSum(key: string, part: string, values: string, row: ResultRow): number {
  return rowSum([key, part, values, row.outcome, hexOf(row.returns), row.failed, row.ms, row.worker]);
}

/** Reads a row of the table `trial`. @throws BpError `journal/unreadable` for one that is not what was written */
export function trialOf(file: string, found: Readonly<Record<string, unknown>>): KeptTrial {
  const [key, part, values] = [String(found["key"]), String(found["part"]), String(found["vals"])];
  const row = resultOf(found);
  if (found["sum"] !== trialSum(key, part, values, row)) throw damaged(file, `trial ${key} is not what was written`);
  const base = {
    key,
    part: JSON.parse(part) as unknown,
    values: JSON.parse(values) as unknown,
    ms: row.ms,
    worker: row.worker,
  };
  if (row.outcome === null) return { ...base, failed: row.failed ?? "" };
  const outcome = JSON.parse(row.outcome) as Pick<KeptOutcome, "net" | "figures">; // written by `rowOf`
  return { ...base, outcome: { ...outcome, returns: doublesOf(row.returns) } };
}

/** The columns of a result, out of a row. */
export function resultOf(found: Readonly<Record<string, unknown>>): ResultRow {
  const { outcome, returns, failed } = found;
  return {
    outcome: typeof outcome === "string" ? outcome : null,
    returns: returns instanceof Uint8Array ? returns : null,
    failed: typeof failed === "string" ? failed : null,
    ms: Number(found["ms"]),
    worker: String(found["worker"]),
  };
}

function doublesOf(bytes: Uint8Array | null): readonly number[] {
  if (bytes === null) return [];
  const copy = new Uint8Array(bytes); // at an offset that doubles may have
  return [...new Float64Array(copy.buffer, 0, Math.floor(copy.byteLength / 8))];
}

const hexOf = (bytes: Uint8Array | null) => (bytes === null ? "" : Buffer.from(bytes).toString("hex"));

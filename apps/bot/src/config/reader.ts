// Reads the keys of somebody else's format one by one: checked, with what became of each of them kept.
import { Big } from "@bp/core";
import type { SecretRef } from "./botConfig.ts";
import { didYouMean, invalid, keyShown, shown, unseen, wordOf } from "./complaint.ts";
import type { Finding } from "./finding.ts";
import { keep } from "./secrets.ts";

/** Keys and values of one source; an earlier layer wins over a later one. */
export interface Layer {
  readonly from: "environment" | "file";
  readonly tree: Readonly<Record<string, unknown>>;
}

/** What is to become of a key. */
export interface Wish<T> {
  /** Path in the configuration; left out: it decides something, but stands nowhere. */
  readonly to?: string;
  /** Where the key is missing; left out: then it is a mistake. */
  readonly otherwise?: T;
  /** Why it means something else here. */
  readonly changed?: string;
}

/** What can be read, at paths such as `trade.quantity`. @throws BpError `config/invalid` naming file and path */
export interface Reader {
  /** Decimal text, without exponent. @param expected - in words, for the complaint; `check` is exact for money (`Big`) */
  decimal(path: string, expected: string, check: (value: Big) => boolean, wish: Wish<string>): string;
  whole(path: string, low: number, high: number, wish: Wish<number>): number;
  yes(path: string, wish: Wish<boolean>): boolean;
  text(path: string, expected: string, check: (value: string) => boolean, wish: Wish<string>): string;
  choice<T extends string>(path: string, values: readonly T[], wish: Wish<T>): T;
  /** Put away at once, never checked here; `undefined` where it is missing or empty. The first of several names that holds something. */
  secret(paths: readonly string[], to: string): SecretRef | undefined;
  /** Whether the key is there, whatever it holds. */
  has(path: string): boolean;
  /** Says that a key has no effect, if it is there. */
  drop(paths: readonly string[], why: string, outcome?: "ignored" | "refused"): void;
  /** Keys that are for other cases than this one: nothing is said about them. */
  skip(paths: readonly string[]): void;
  /** Says something about a key. */
  note(path: string, outcome: Finding["outcome"], why: string, to?: string): void;
  /** As complaints call it: file and path, or the variable. */
  nameOf(path: string): string;
  /** What became of all keys; those that were not asked for are unknown and stay without effect. */
  findings(): readonly Finding[];
}

/** A reader of these layers. */
export function readerOf(file: string | undefined, layers: readonly Layer[]): Reader {
  const findings: Finding[] = [];
  const asked = new Set<string>();

  const find = (path: string): { readonly from: Finding["from"]; readonly value: unknown } => {
    asked.add(path);
    for (const { from, tree } of layers) {
      const value = valueAt(tree, path);
      if (value !== undefined) return { from, value };
    }
    return { from: "default", value: undefined };
  };
  const nameOf = (path: string) => {
    const { from } = find(path);
    return from === "environment" || file === undefined ? path : `${file}: ${path}`;
  };
  const read = <T>(path: string, expected: string, wish: Wish<T>, take: (raw: unknown) => T | undefined): T => {
    const { from, value } = find(path);
    if (value === undefined && wish.otherwise === undefined) throw invalid(nameOf(path), "nothing", expected);
    const isEmpty = value === null || (typeof value === "string" && value.trim() === "");
    if (isEmpty) throw invalid(nameOf(path), "an empty key", expected, "give it a value, or take the line out");
    const taken = value === undefined ? wish.otherwise : take(value);
    if (taken === undefined) throw invalid(nameOf(path), shown(value), expected);
    const { changed, to = "" } = wish;
    const outcome = changed === undefined || value === undefined ? "mapped" : "changed";
    findings.push({
      key: path,
      from,
      outcome,
      to,
      shown: shown(value ?? taken),
      ...(changed === undefined ? {} : { why: changed }),
    });
    return taken;
  };

  return {
    nameOf,
    has: (path) => find(path).value !== undefined,
    decimal: (path, expected, check, wish) =>
      read(path, expected, wish, (raw) => {
        const value = numberIn(raw);
        return value !== undefined && check(value) ? value.toFixed() : undefined;
      }),
    whole: (path, low, high, wish) =>
      read(path, `a whole number from ${low} to ${high}`, wish, (raw) => {
        const value = numberIn(raw);
        return value?.round(0, 0).eq(value) === true && value.gte(low) && value.lte(high)
          ? Number(value.toFixed())
          : undefined;
      }),
    yes: (path, wish) =>
      read(path, "true or false", wish, (raw) =>
        /^(true|1|yes|on)$/i.test(wordOf(raw)) ? true : /^(false|0|no|off)$/i.test(wordOf(raw)) ? false : undefined,
      ),
    text: (path, expected, check, wish) =>
      read(path, expected, wish, (raw) => {
        const text = typeof raw === "string" || typeof raw === "number" ? String(raw).trim() : "";
        return text !== "" && check(text) ? text : undefined;
      }),
    choice: (path, values, wish) => {
      const { value } = find(path);
      const word = wordOf(value);
      const found = values.find((each) => each === word);
      if (value !== undefined && value !== null && word !== "" && found === undefined)
        throw invalid(nameOf(path), shown(value), `one of ${values.join(", ")}`, didYouMean(word, values));
      return read(path, `one of ${values.join(", ")}`, wish, () => found);
    },
    secret: (paths, to) => {
      for (const path of paths) asked.add(path);
      for (const path of paths) {
        const { from, value } = find(path);
        if (value === undefined || value === null || value === "") continue;
        if (typeof value !== "string") throw invalid(nameOf(path), unseen, "a key in quotes");
        findings.push({ key: path, from, outcome: "mapped", to, shown: "[secret]" });
        return from === "environment" ? { env: path } : keep(nameOf(path), value.trim());
      }
      return undefined;
    },
    drop: (paths, why, outcome = "ignored") => {
      for (const path of paths) {
        const { from, value } = find(path);
        if (value === undefined) continue;
        findings.push({ key: path, from, outcome, shown: "", why });
      }
    },
    skip: (paths) => {
      for (const path of paths) asked.add(path);
    },
    note: (path, outcome, why, to = "") => {
      const { from, value } = find(path);
      findings.push({ key: path, from, outcome, to, shown: shown(value), why, tell: true });
    },
    findings: () => {
      const left = layers.filter(({ from }) => from === "file").flatMap(({ tree }) => leavesOf(tree));
      const known = [...asked];
      for (const key of left) {
        if (known.some((each) => key === each || key.startsWith(`${each}.`))) continue;
        const near = didYouMean(lastOf(key), known.map(lastOf));
        const why = `no key that is known here${near === undefined ? "" : ` (${near})`}`;
        findings.push({ key: keyShown(key), from: "file", outcome: "ignored", shown: "", why });
      }
      return findings;
    },
  };
}

/** The value at a path, also where a key has dots itself. */
function valueAt(tree: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(tree, path)) return tree[path];
  const [head = "", ...rest] = path.split(".");
  const inner = Object.hasOwn(tree, head) ? tree[head] : undefined;
  return rest.length > 0 && isGroup(inner) ? valueAt(inner, rest.join(".")) : undefined;
}

/** Paths of all values that are no groups; of empty groups too. */
function leavesOf(tree: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    isGroup(value) && Object.keys(value).length > 0 ? leavesOf(value).map((each) => `${key}.${each}`) : [key],
  );
}

/** A number as files have it: `10`, `"10"`, `0.5`, `1e-7`. */
function numberIn(raw: unknown): Big | undefined {
  const text = typeof raw === "number" || typeof raw === "string" ? String(raw).trim() : "";
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d{1,2})?$/i.test(text) && text.length <= 60
    ? new Big(text.replace(/^\+/, ""))
    : undefined;
}

const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const lastOf = (path: string) => path.slice(path.lastIndexOf(".") + 1);

// Sums and comparisons over named values, read and worked out exactly; nothing of it is ever run as a program.
import { Big } from "@bp/core";

/** What a name stands for; `undefined`: it is not known. */
export type Lookup = (name: string) => Big | undefined;

/** A sum, read. */
export interface Sum {
  /** Each name once. */
  readonly names: readonly string[];
  /** `undefined` where a name has no value or something is divided by 0. */
  value(of: Lookup): Big | undefined;
}

/** A comparison, read. */
export interface Comparison {
  readonly text: string;
  readonly names: readonly string[];
  /** `undefined` where a side has no value. */
  holds(of: Lookup): boolean | undefined;
}

/** Why a text is not read: the place and what was expected there. */
export class Unreadable extends Error {}

const longest = 400;
const deepest = 20;
// A name may have dashes behind a dot (`strategies.dual-hedge.params.x`), so a minus wants a space before it.
const token = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_]\w*(?:\.[\w:-]*\w)*)|(<=|>=|==|!=|[<>()+*/-]))/y;

type Node = (of: Lookup) => Big | undefined;

/** Reads a sum: names, decimals, `+ - * /`, brackets. @throws Unreadable */
export function readSum(text: string): Sum {
  const reading = readingOf(text);
  const node = reading.sum(0);
  reading.end();
  return { names: reading.names(), value: (of) => node(of) };
}

/** Reads a comparison of two sums by one of `< <= > >= == !=`. @throws Unreadable */
export function readComparison(text: string): Comparison {
  const reading = readingOf(text);
  const left = reading.sum(0);
  const compare = comparisons[reading.operator()];
  if (compare === undefined) throw reading.expected("one of < <= > >= == !=");
  const right = reading.sum(0);
  reading.end();
  return {
    text,
    names: reading.names(),
    holds: (of) => {
      const [a, b] = [left(of), right(of)];
      return a === undefined || b === undefined ? undefined : compare(a.cmp(b));
    },
  };
}

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
  "==": (order) => order === 0,
  "!=": (order) => order !== 0,
};

function readingOf(text: string) {
  if (text.length > longest) throw new Unreadable(`at most ${longest} characters`);
  const tokens = tokensOf(text);
  const names = new Set<string>();
  let at = 0;
  const expected = (what: string) => new Unreadable(`${what} where ${JSON.stringify(tokens[at] ?? "the end")} is`);
  const takes = (...signs: readonly string[]) => (signs.includes(tokens[at] ?? "") ? tokens[at++] : undefined);

  const factor = (depth: number): Node => {
    if (depth > deepest) throw new Unreadable(`at most ${deepest} brackets in each other`);
    if (takes("-") !== undefined) {
      const inner = factor(depth + 1);
      return (of) => inner(of)?.neg();
    }
    if (takes("(") !== undefined) {
      const inner = sum(depth + 1);
      if (takes(")") === undefined) throw expected("a closing bracket");
      return inner;
    }
    const found = tokens[at] ?? "";
    if (/^\d/.test(found)) {
      at += 1;
      const value = new Big(found);
      return () => value;
    }
    if (!/^[A-Za-z_]/.test(found)) throw expected("a name or a number");
    at += 1;
    names.add(found);
    return (of) => of(found);
  };
  const product = (depth: number): Node => chain(() => factor(depth), ["*", "/"]);
  const sum = (depth: number): Node => chain(() => product(depth), ["+", "-"]);
  const chain = (next: () => Node, signs: readonly string[]): Node => {
    let left = next();
    for (let sign = takes(...signs); sign !== undefined; sign = takes(...signs)) {
      const [a, b, how] = [left, next(), sign];
      left = (of) => {
        const [x, y] = [a(of), b(of)];
        return x === undefined || y === undefined ? undefined : worked(x, how, y);
      };
    }
    return left;
  };
  return {
    sum,
    expected,
    names: () => [...names],
    operator: () => tokens[at++] ?? "",
    end: () => {
      if (at < tokens.length) throw expected("the end");
    },
  };
}

function worked(x: Big, sign: string, y: Big): Big | undefined {
  if (sign === "+") return x.plus(y);
  if (sign === "-") return x.minus(y);
  if (sign === "*") return x.times(y);
  return y.eq(0) ? undefined : x.div(y);
}

function tokensOf(text: string): readonly string[] {
  const found: string[] = [];
  token.lastIndex = 0;
  for (let at = 0; text.slice(at).trim() !== ""; at = token.lastIndex) {
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null) throw new Unreadable(`no ${JSON.stringify(text.slice(at).trim().slice(0, 10))} in it`);
    found.push(match[0].trim());
  }
  return found;
}

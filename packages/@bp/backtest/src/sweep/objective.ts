// What a sweep looks for: a figure of the outcome, or a sum of several.
import { Big } from "@bp/core";
import { groupOf, wrong } from "./complain.ts";
import { readSum, Unreadable } from "./expression.ts";
import type { Outcome } from "./trial.ts";

/** What is looked for. */
export interface Objective {
  /** As it was written: `net`, `net/maxDrawdown`. */
  readonly text: string;
  readonly goal: "maximise" | "minimise";
  /** Names of figures. */
  readonly names: readonly string[];
  /** `undefined` where it is not defined for an outcome. */
  of(outcome: Outcome): number | undefined;
  /** Its value, turned so that more is better; -Infinity where it is not defined. */
  score(outcome: Outcome): number;
}

/**
 * Reads `net`, `{ maximise: sharpe }` or `{ minimise: maxDrawdown }`.
 *
 * @param said - default `net`, the more the better
 * @param figures - those that outcomes have beside `net`; left out: any name will do
 * @throws BpError `config/invalid`
 */
export function objectiveOf(said: unknown = "net", figures?: readonly string[]): Objective {
  const { goal, text } = saidIn(said);
  const sum = summed(text, goal);
  const strange =
    figures === undefined ? undefined : sum.names.find((name) => name !== "net" && !figures.includes(name));
  if (strange !== undefined)
    throw wrong("objective", text, `figures of an outcome: net, ${figures?.join(", ")}`, `${strange} is none`);
  const of = (outcome: Outcome) => {
    const value = sum.value((name) => figureOf(outcome, name));
    const number = value === undefined ? Number.NaN : Number(value);
    return Number.isFinite(number) ? number : undefined;
  };
  const sign = goal === "maximise" ? 1 : -1;
  return {
    text,
    goal,
    names: sum.names,
    of,
    score: (outcome) => {
      const value = of(outcome);
      return value === undefined ? Number.NEGATIVE_INFINITY : sign * value;
    },
  };
}

function saidIn(said: unknown): { readonly goal: Objective["goal"]; readonly text: string } {
  if (typeof said === "string") return { goal: "maximise", text: said };
  const { maximise, minimise } = groupOf(said, "objective", ["maximise", "minimise"]);
  if (typeof maximise === "string" && minimise === undefined) return { goal: "maximise", text: maximise };
  if (typeof minimise === "string" && maximise === undefined) return { goal: "minimise", text: minimise };
  throw wrong("objective", said, "a figure, or one of maximise and minimise with a figure");
}

function summed(text: string, goal: string) {
  try {
    const sum = readSum(text);
    if (sum.names.length === 0) throw new Unreadable("a figure such as net in it");
    return sum;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw wrong("objective", text, `a sum of figures to ${goal}, such as net or net/maxDrawdown`, error.message);
  }
}

function figureOf(outcome: Outcome, name: string): Big | undefined {
  if (name === "net") return new Big(outcome.net);
  const value = Object.hasOwn(outcome.figures, name) ? outcome.figures[name] : undefined;
  return value === undefined || value === null || !Number.isFinite(value) ? undefined : new Big(value);
}

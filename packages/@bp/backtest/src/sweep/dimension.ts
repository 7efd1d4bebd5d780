// One value of a configuration and what it is to be: a list, or a range of exact decimals.
import { Big } from "@bp/core";
import { groupOf, wholeOf, wrong } from "./complain.ts";
import type { SweepValue } from "./trial.ts";

/** A value that is swept. */
export interface Dimension {
  /** In the configuration: `strategies.maker.params.spread`. */
  readonly path: string;
  /** How many values it takes, 1 or more. */
  readonly count: number;
  /** @param index - 0 to `count` - 1 */
  at(index: number): SweepValue;
}

const mostListed = 10_000;
/** Significant digits of a logarithmic scale: fewer than a double has, so that all machines write the same. */
const logDigits = 6;

/**
 * Reads what a value is to be.
 *
 * @throws BpError `config/invalid` naming the key: a range without a value in it, a step that does not lead to its end, values that come twice
 */
export function dimensionOf(path: string, said: unknown): Dimension {
  const key = `values.${path}`;
  if (Array.isArray(said)) return listed(path, key, said);
  const group = groupOf(said, key, ["from", "to", "step", "scale", "count", "decimals"]);
  const from = decimalAt(group["from"], `${key}.from`);
  const to = decimalAt(group["to"], `${key}.to`);
  if (from.gt(to))
    throw wrong(`${key}.to`, to.toFixed(), `${from.toFixed()} or more, as from is`, "the range has no value in it");
  const { scale = "linear", step, count, decimals } = group;
  if (scale !== "linear" && scale !== "log") throw wrong(`${key}.scale`, scale, "linear or log");
  if (scale === "log") return logarithmic(path, key, { from, to, step, count, decimals });
  if (decimals !== undefined) throw wrong(`${key}.decimals`, decimals, "nothing: it is for scale: log");
  if ((step === undefined) === (count === undefined)) throw wrong(key, "step and count", "one of the two");
  return linear(
    path,
    key,
    from,
    to,
    step === undefined ? evenStep(key, from, to, count) : decimalAt(step, `${key}.step`),
  );
}

function linear(path: string, key: string, from: Big, to: Big, step: Big): Dimension {
  if (step.lte(0)) throw wrong(`${key}.step`, step.toFixed(), "above 0");
  const steps = to.minus(from).div(step).round(0, Big.roundDown);
  const last = from.plus(step.times(steps));
  if (!last.eq(to))
    throw wrong(
      `${key}.to`,
      to.toFixed(),
      `a whole number of steps of ${step.toFixed()} from ${from.toFixed()}`,
      `write ${last.toFixed()} or ${last.plus(step).toFixed()}`,
    );
  const count = Number(steps.toFixed()) + 1;
  return { path, count, at: (index) => from.plus(step.times(index)).toFixed() };
}

function evenStep(key: string, from: Big, to: Big, said: unknown): Big {
  const count = wholeOf(said, `${key}.count`, 2, mostListed);
  const step = to.minus(from).div(count - 1);
  if (!step.times(count - 1).eq(to.minus(from)) || step.eq(0))
    throw wrong(`${key}.count`, count, "a number whose steps are exact decimals", "say the step instead");
  return step;
}

interface Log {
  readonly from: Big;
  readonly to: Big;
  readonly step: unknown;
  readonly count: unknown;
  readonly decimals: unknown;
}

function logarithmic(path: string, key: string, { from, to, step, count: said, decimals }: Log): Dimension {
  if (step !== undefined) throw wrong(`${key}.step`, step, "nothing: scale: log wants count");
  const count = wholeOf(said, `${key}.count`, 2, mostListed);
  if (from.lte(0)) throw wrong(`${key}.from`, from.toFixed(), "above 0, for a logarithmic scale");
  const kept = decimals === undefined ? undefined : wholeOf(decimals, `${key}.decimals`, 0, 12);
  const ratio = Number(to) / Number(from);
  const values = Array.from({ length: count }, (_, index) => {
    if (index === 0) return from.toFixed();
    if (index === count - 1) return to.toFixed();
    const value = new Big((Number(from) * ratio ** (index / (count - 1))).toPrecision(logDigits));
    return (kept === undefined ? value : value.round(kept)).toFixed();
  });
  return listed(path, key, kept === undefined ? values : [...new Set(values)]);
}

function listed(path: string, key: string, said: readonly unknown[]): Dimension {
  if (said.length === 0) throw wrong(key, said, "at least one value");
  if (said.length > mostListed) throw wrong(key, `${said.length} values`, `at most ${mostListed}`);
  const values = said.map((each, index): SweepValue => {
    if (typeof each === "string" || typeof each === "boolean") return each;
    if (typeof each === "number" && Number.isFinite(each)) return each;
    throw wrong(`${key}.${index}`, each, "a number, a text, true or false");
  });
  const names = values.map(String);
  const twice = names.findIndex((each, index) => names.indexOf(each) !== index);
  if (twice >= 0) throw wrong(`${key}.${twice}`, values[twice], "a value that the list has not yet");
  return { path, count: values.length, at: (index) => values[index] ?? "" };
}

/** @throws BpError `config/invalid` */
function decimalAt(value: unknown, key: string): Big {
  const text = typeof value === "number" || typeof value === "string" ? String(value) : "";
  if (!/^-?\d+(\.\d+)?$/.test(text) || text.length > 40) throw wrong(key, value, "a plain decimal such as 0.05");
  return new Big(text);
}

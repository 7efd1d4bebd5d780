// The parameters of each strategy against its own schema, complaints in the words of whoever wrote them.
import { strategies } from "@bp/strategies";
import * as z from "zod";
import type { StrategyConfig } from "./botConfig.ts";
import { didYouMean, invalid, keyShown, shown } from "./complaint.ts";

/** Names of all strategies. */
export const strategyNames = (): readonly string[] => Object.keys(strategies);

/** The schema of a strategy's parameters; `undefined` for a name that is none. */
function schemaOf(use: string): z.ZodType | undefined {
  const found = Object.hasOwn(strategies, use) ? strategies[use]?.params : undefined;
  return found instanceof z.ZodType ? found : undefined;
}

/** The schemas of all strategies by name. */
export function schemas(): Readonly<Record<string, z.ZodType>> {
  const found = strategyNames().map((use) => [use, schemaOf(use)] as const);
  return Object.fromEntries(found.filter((each): each is [string, z.ZodType] => each[1] !== undefined));
}

/** Where the market is not known before the venue is asked: any will do to check the rest. */
const anyMarket = { instrument: "backpack:ANY_USDC_PERP" } as const;

/**
 * Checks the parameters of one strategy.
 *
 * @param nameOf - how a path inside the parameters is called in complaints
 * @returns them with all defaults
 * @throws BpError `config/invalid`
 */
export function checkParams(
  { use, params }: StrategyConfig,
  useName: string,
  nameOf: (path: readonly string[]) => string,
): Readonly<Record<string, unknown>> {
  const schema = schemaOf(use);
  if (schema === undefined) {
    const known = strategyNames();
    throw invalid(useName, shown(use), `one of ${known.join(", ")}`, didYouMean(use, known));
  }
  const whole = use === "maker" && params["instrument"] === undefined ? { ...anyMarket, ...params } : params;
  const result = schema.safeParse(whole);
  if (result.success) return typeof result.data === "object" && result.data !== null ? { ...result.data } : {};
  throw complaintOf(result.error, whole, nameOf, schema);
}

function complaintOf(
  error: z.ZodError,
  input: unknown,
  nameOf: (path: readonly string[]) => string,
  schema: z.ZodType,
): Error {
  const issue = error.issues.find((each) => each.code === "unrecognized_keys") ?? error.issues[0]; // a mistyped key is a missing one too
  if (issue === undefined) return error;
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0] ?? "";
    const known = keysAt(schema, path);
    const expected = known.length === 0 ? "no such key" : `one of ${known.join(", ")}`;
    return invalid(nameOf([...path, keyShown(key)]), "an unknown key", expected, didYouMean(key, known));
  }
  const found = path.reduce<unknown>(
    (value, step) => (typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined),
    input,
  );
  const expected = found === undefined && issue.message.startsWith("Invalid input") ? "a value" : issue.message;
  return invalid(nameOf(path), shown(found), expected);
}

/** Names of the keys of an object schema inside another one. */
export function keysAt(schema: unknown, path: readonly string[]): readonly string[] {
  let at: unknown = inside(schema);
  for (const step of path) at = at instanceof z.ZodObject ? inside(at.shape[step]) : undefined;
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

/** What a schema is without `optional`, `default` and `prefault`. */
function inside(schema: unknown): unknown {
  let at = schema;
  while (at instanceof z.ZodOptional || at instanceof z.ZodDefault || at instanceof z.ZodPrefault) at = at.unwrap();
  return at;
}

// What a person says of single parameters, laid over all of those that hold now.

type Values = Readonly<Record<string, unknown>>;

/**
 * All parameters with some of them as they are said. A value inside a group may be named by its path
 * (`rebalance.thresholdPct`), and a group that is said in part keeps what is not said of it, unless its `name` says that it is
 * another one. `null` takes a value away: its default holds.
 */
export function merged(params: Values, said: Values): Values {
  let all = params;
  for (const [path, value] of Object.entries(said)) all = laid(all, path.split("."), value);
  return all;
}

function laid(over: Values, [key = "", ...deeper]: readonly string[], value: unknown): Values {
  const before = Object.hasOwn(over, key) ? over[key] : undefined;
  const next = deeper.length > 0 ? laid(isGroup(before) ? before : {}, deeper, value) : joined(before, value);
  if (next !== undefined) return { ...over, [key]: next };
  return Object.fromEntries(Object.entries(over).filter(([each]) => each !== key));
}

function joined(before: unknown, value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (!isGroup(before) || !isGroup(value)) return value;
  if (Object.hasOwn(value, "name") && value["name"] !== before["name"]) return value;
  return merged(before, value);
}

const isGroup = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

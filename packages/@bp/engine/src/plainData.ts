// Whatever a strategy or a rule remembers, as data that JSON keeps.
import { Big } from "@bp/core";

/**
 * Values without anything that JSON loses: `Big` becomes decimal text, a map an object by the text of its keys, a set a list,
 * what is no finite number its name; `undefined` fields are left out, functions are not told.
 */
export function plainData(value: unknown): unknown {
  return plainAt(value, 0);
}

/** Deeper than anything that is plain data: what refers to itself ends here. */
const deepest = 30;

function plainAt(value: unknown, depth: number): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "function" || typeof value === "symbol") return undefined;
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Big) return value.toFixed();
  if (depth === deepest) return "…";
  const inner = (each: unknown) => plainAt(each, depth + 1);
  if (ArrayBuffer.isView(value)) return inner([...(value as Uint8Array)]); // any of the lists of numbers
  if (Array.isArray(value)) return value.map((each) => inner(each) ?? null);
  if (value instanceof Set) return inner([...value]);
  const fields: readonly (readonly [unknown, unknown])[] = value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(
    fields.map(([key, each]) => [String(key), inner(each)] as const).filter(([, each]) => each !== undefined),
  );
}

// One change at a time to a JSON text, as text: numbers that `JSON.parse` would spoil must come as they are written.

/** Where something stands in a JSON value. */
export type Path = readonly (string | number)[];

/** Every place of a value: objects, lists and what stands in them. */
export function placesOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [at];
  const keys = Array.isArray(value) ? value.map((_, place) => place) : Object.keys(value);
  return [at, ...keys.flatMap((key) => placesOf((value as Record<string | number, unknown>)[key], [...at, key]))];
}

/** What stands at a place. */
export function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const key of path) found = (found as Record<string | number, unknown>)[key];
  return found;
}

/** The text of `value` with `raw` at a place. */
export function replaced(value: unknown, path: Path, raw: string): string {
  if (path.length === 0) return raw;
  const copy = structuredClone(value);
  const mark = "\u0001here\u0001";
  const parent = valueAt(copy, path.slice(0, -1)) as Record<string | number, unknown>;
  parent[path.at(-1) ?? ""] = mark;
  return JSON.stringify(copy).replace(JSON.stringify(mark), () => raw);
}

/** The text of `value` without what stands at a place; in a list the others move up. */
export function without(value: unknown, path: Path): string {
  const copy = structuredClone(value);
  const parent = valueAt(copy, path.slice(0, -1));
  const key = path.at(-1) ?? "";
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete (parent as Record<string, unknown>)[key];
  return JSON.stringify(copy);
}

/** The text of `value` with a key more in the object at a place. */
export function extended(value: unknown, path: Path): string {
  const copy = structuredClone(value);
  Object.assign(valueAt(copy, path) as object, { aKeyOfTomorrow: { nested: [1, "2", null] } });
  return JSON.stringify(copy);
}

// One change at a time to a JSON text, as text: numbers that `JSON.parse` would spoil must come as they are written.

/** Where something stands in a JSON value. */
export type Path = readonly (string | number)[];

/** Every place in a JSON value, the root first. */
export function placesOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [at];
  return [
    at,
    ...Object.entries(value).flatMap(([key, each]) =>
      placesOf(each, [...at, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

/** What stands at a place. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce((found: unknown, key) => (found as Record<string | number, unknown> | undefined)?.[key], value); // walks its own places
}

/** The JSON text with another text at a place; `undefined` removes it. */
export function withText(value: unknown, [key, ...rest]: Path, text: string | undefined): string | undefined {
  if (key === undefined) return text;
  const write = (each: unknown, own: string | number) =>
    String(own) === String(key) ? withText(each, rest, text) : JSON.stringify(each);
  if (Array.isArray(value))
    return `[${value
      .map((each, place) => write(each, place))
      .filter((each) => each !== undefined)
      .join(",")}]`;
  const fields = Object.entries(value as object).map(([name, each]) => [name, write(each, name)] as const);
  return `{${fields
    .filter(([, each]) => each !== undefined)
    .map(([name, each]) => `${JSON.stringify(name)}:${each}`)
    .join(",")}}`;
}

/** The JSON text with a key more in the object at a place, whose value is `text`. */
export function widened(value: unknown, path: Path, text: string): string {
  const inner = JSON.stringify(valueAt(value, path)).slice(1, -1);
  return withText(value, path, `{${inner === "" ? "" : `${inner},`}"unheardOf":${text}}`) ?? "";
}

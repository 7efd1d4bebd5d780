// Reads what one of our own processes wrote. By hand and not with a schema: `bot kill` has no time to load one.

/** An object of a JSON text; `undefined` for anything else. */
export function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** A value as an object; `undefined` if it is none. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return value as Readonly<Record<string, unknown>>; // any object can be asked for any key
}

/** Its elements that are objects; none if it is no list. */
export const objectsOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.map((each: unknown) => objectOf(each)).filter((each) => each !== undefined) : [];

/** A text, or `""`. */
export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** A finite number, or `undefined`. */
export const numberOf = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined;

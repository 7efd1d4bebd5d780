// How a mistake in the section `sweep` is said.
import { BpError } from "@bp/core";

/** A mistake at a key of the section. */
export function wrong(key: string, found: unknown, expected: string, hint?: string): BpError<"config/invalid"> {
  const path = key === "" ? "sweep" : `sweep.${key}`;
  return new BpError("config/invalid", {
    path,
    found: shown(found),
    expected,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** A value in few words. */
function shown(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  const text = typeof value === "object" ? "a group of keys" : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** A group of keys. @throws BpError `config/invalid` for anything else, and for keys that are not known */
export function groupOf(value: unknown, key: string, known: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw wrong(key, value, `a group of keys: ${known.join(", ")}`);
  const group: Readonly<Record<string, unknown>> = { ...value };
  const other = Object.keys(group).find((each) => !known.includes(each));
  if (other !== undefined)
    throw wrong(key === "" ? other : `${key}.${other}`, "an unknown key", `one of ${known.join(", ")}`);
  return group;
}

/** A whole number. @throws BpError `config/invalid` */
export function wholeOf(value: unknown, key: string, low: number, high: number): number {
  const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number === "number" && Number.isInteger(number) && number >= low && number <= high) return number;
  throw wrong(key, value, `a whole number from ${low} to ${high}`);
}

// The parameters of a request: from the query, the body, or both, as they were sent and as they are read.
import { isDecimal } from "@bp/core";
import { missing, refuse } from "./refuse.ts";

/** Parameters of one request, or of one order of a batch. A name in query and body: the query's value counts. */
export interface Fields {
  has(key: string): boolean;
  /** `undefined` when it was not sent or is empty. */
  text(key: string): string | undefined;
  /** @throws Refused -1102 */
  need(key: string): string;
  /** Plain decimal text; exponents, signs without digits and the like are malformed. @throws Refused -1102 */
  decimal(key: string): string | undefined;
  /** A whole number from 0 up. @throws Refused -1102 */
  whole(key: string): number | undefined;
  /** `true` or `false` in any case. @throws Refused -1102 */
  flag(key: string): boolean | undefined;
  /** One of a list of words, in capitals. @throws Refused with that code */
  word<W extends string>(key: string, words: readonly W[], code: number, msg: string): W | undefined;
}

/** @param values - by name */
export function fieldsOf(values: ReadonlyMap<string, string>): Fields {
  const text = (key: string) => {
    const value = values.get(key)?.trim();
    return value === undefined || value === "" || value === "null" || value === "undefined" ? undefined : value;
  };
  const fields: Fields = {
    has: (key) => text(key) !== undefined,
    text,
    need: (key) => text(key) ?? missing(key),
    decimal: (key) => {
      const value = text(key);
      return value === undefined || isDecimal(value) ? value : missing(key);
    },
    whole: (key) => {
      const value = text(key);
      if (value === undefined) return undefined;
      return /^\d{1,19}$/.test(value) ? Number(value) : missing(key);
    },
    flag: (key) => {
      const value = text(key)?.toLowerCase();
      if (value === undefined) return undefined;
      return value === "true" || value === "false" ? value === "true" : missing(key);
    },
    word: (key, words, code, msg) => {
      const value = text(key)?.toUpperCase();
      if (value === undefined) return undefined;
      return words.find((word) => word === value) ?? refuse(code, msg);
    },
  };
  return fields;
}

/** One parameter as it was sent. */
export interface Pair {
  readonly key: string;
  readonly value: string;
  /** `key=value` byte for byte. */
  readonly sent: string;
}

/** Reads form-encoded text without losing what was sent. */
export function pairsOf(text: string): readonly Pair[] {
  return text
    .split("&")
    .filter((part) => part !== "")
    .map((sent) => {
      const at = sent.indexOf("=");
      return at < 0
        ? { key: decoded(sent), value: "", sent }
        : { key: decoded(sent.slice(0, at)), value: decoded(sent.slice(at + 1)), sent };
    });
}

/** Percent encoding undone; text that is not encoded at all stays as it is. */
function decoded(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** The first value of each name. */
export function valuesOf(pairs: Iterable<Pair>): Map<string, string> {
  const values = new Map<string, string>();
  for (const { key, value } of pairs) if (!values.has(key)) values.set(key, value);
  return values;
}

/**
 * A list: JSON of numbers or texts, or values between commas, with quotes of either kind or none.
 *
 * @returns the entries as text; `undefined` when it was not sent
 */
export function listOf(fields: Fields, key: string): readonly string[] | undefined {
  const text = fields.text(key);
  if (text === undefined) return undefined;
  const inner = text.replace(/^\[/, "").replace(/\]$/, "");
  return inner
    .split(",")
    .map((entry) => entry.trim().replace(/^["']|["']$/g, ""))
    .filter((entry) => entry !== "");
}

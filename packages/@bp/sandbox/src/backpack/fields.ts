// Reads the parameters of a request one by one, with the venue's words for what does not parse, and remembers which
// keys it knows: the signed text is rebuilt from those alone, so a key that the venue does not know spoils the signature.

import { isDecimal } from "@bp/core";
import type { Params } from "@bp/signing";
import { unreadable } from "./refuse.ts";

/** Parameters of a query string or of one JSON object. */
export interface Fields {
  /** Every key asked for so far that was there, with its value as it was written. */
  readonly known: Params;
  text(key: string): string | undefined;
  /** Exact decimal text, above or equal to 0. */
  decimal(key: string): string | undefined;
  /** @param type - how the venue calls it: `uint32` */
  whole(key: string, max: number, type?: string): number | undefined;
  flag(key: string): boolean | undefined;
  /** One of a list of words. */
  word<W extends string>(key: string, type: string, words: readonly W[]): W | undefined;
  /** Refuses the request when a value is missing: `fields.need("symbol", fields.text("symbol"))`. */
  need<T>(key: string, value: T | undefined, type?: string): T;
  /** Refuses the request because of this key. */
  wrong(key: string, type: string, why: string): never;
}

/** Parameters of a query string. */
export function queryFields(query: URLSearchParams): Fields {
  const values: Record<string, unknown> = {};
  for (const [key, value] of query) values[key] ??= value;
  return fieldsOf(values, false, (key, text) => `failed to parse parameter \`${key}\`: ${text}`);
}

/**
 * Parameters of a JSON object.
 *
 * @param payload - the venue's name for the object: `OrderExecutePayload`
 */
export function bodyFields(body: unknown, payload: string): Fields {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    return unreadable(
      `Bad Request parse request payload error: Expected input type "object", found ${JSON.stringify(body)?.slice(0, 60)}. (occurred while parsing "${payload}")`,
    );
  return fieldsOf(
    body as Record<string, unknown>, // an object that is neither null nor an array
    true,
    (_key, text) => `Bad Request parse request payload error: ${text} (occurred while parsing "${payload}")`,
  );
}

function fieldsOf(values: Record<string, unknown>, json: boolean, say: (key: string, text: string) => string): Fields {
  const known: Record<string, string | number | boolean> = {};
  const wrong = (key: string, type: string, why: string): never =>
    unreadable(say(key, `failed to parse "${type}": ${why}`));
  const unfit = (key: string, type: string, value: unknown): never =>
    unreadable(say(key, `Expected input type "${type}", found ${JSON.stringify(value)?.slice(0, 60)}.`));
  const take = (key: string): string | number | boolean | undefined => {
    const value = values[key];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean")
      return unfit(key, "string", value);
    known[key] = value;
    return value;
  };
  const text = (key: string) => {
    const value = take(key);
    return value === undefined || typeof value === "string" ? value : unfit(key, "string", value);
  };
  return {
    known,
    text,
    decimal: (key) => {
      const value = take(key);
      if (value === undefined) return undefined;
      const written = typeof value === "number" ? String(value) : value;
      if (typeof value === "number") known[key] = String(value);
      if (typeof written !== "string" || !isDecimal(written)) return wrong(key, "decimal", "Invalid decimal");
      if (written.startsWith("-")) return wrong(key, "decimal", "must not be negative");
      return written;
    },
    whole: (key, max, type = "uint64") => {
      const value = take(key);
      if (value === undefined) return undefined;
      const read = typeof value === "number" ? value : !json && /^\d+$/.test(String(value)) ? Number(value) : undefined;
      if (read === undefined) return unfit(key, `integer(${type})`, value);
      if (!Number.isInteger(read) || read < 0 || read > max)
        return wrong(key, `integer(${type})`, "Only integers in range are accepted.");
      return read;
    },
    flag: (key) => {
      const value = take(key);
      if (value === undefined || typeof value === "boolean") return value;
      if (!json && (value === "true" || value === "false")) return value === "true";
      return unfit(key, "boolean", value);
    },
    word: (key, type, words) => {
      const value = text(key);
      if (value === undefined) return undefined;
      return words.find((word) => word === value) ?? wrong(key, type, "Expect a valid enumeration value.");
    },
    need: (key, value, type = "string") => value ?? unreadable(say(key, `Type "${type}" expects an input value.`)),
    wrong,
  };
}

// The text that is signed: instruction, sorted parameters, timestamp, window.
import { BpError } from "@bp/core";

/** What a parameter may be. `null` and `undefined` mean: not sent, not signed. A decimal is a string, never a number. */
export type ParamValue = string | number | boolean | null | undefined;

/** Parameters of a request: the query of a GET, the top level of a JSON body otherwise. */
export type Params = Readonly<Record<string, ParamValue>>;

/**
 * The text of one signed request. Keys in byte order, values as they are (nothing is percent-encoded).
 *
 * @param timestamp - ms since 1970, the venue's clock
 * @param window - ms for which the request is good
 * @throws BpError `signing/bad-value` for a number that is no safe integer (a decimal must be a string), for a nested
 *   object or array, and for a key that could be taken for something else
 * @see Backpack Exchange API, "Authentication"
 * @example
 * canonical("orderCancel", { symbol: "BTC_USDT", orderId: "28" }, 1614550000000, 5000);
 * // instruction=orderCancel&orderId=28&symbol=BTC_USDT&timestamp=1614550000000&window=5000
 */
export function canonical(instruction: string, params: Params | undefined, timestamp: number, window: number): string {
  return piece(instruction, params) + ending(timestamp, window);
}

/**
 * The text of a batch: each element with the instruction and its own sorted keys, in the order of the array; timestamp
 * and window once, at the end.
 *
 * @throws BpError `signing/bad-value` as `canonical`, and for an empty batch
 */
export function canonicalBatch(
  instruction: string,
  items: readonly Params[],
  timestamp: number,
  window: number,
): string {
  if (items.length === 0) throw new BpError("signing/bad-value", { key: instruction, why: "an empty batch" });
  return items.map((item) => piece(instruction, item)).join("&") + ending(timestamp, window);
}

function piece(instruction: string, params: Params | undefined): string {
  let text = `instruction=${checkKey(instruction)}`;
  if (params === undefined) return text;
  for (const key of Object.keys(params).toSorted()) {
    const value = valueText(key, params[key]);
    if (value !== undefined) text += `&${checkKey(key)}=${value}`;
  }
  return text;
}

/** The last two parameters. */
export function ending(timestamp: number, window: number): string {
  if (!Number.isSafeInteger(timestamp) || timestamp < 0) throw bad("timestamp", `${timestamp} is no time in ms`);
  if (!Number.isSafeInteger(window) || window < 0) throw bad("window", `${window} is no length in ms`);
  return `&timestamp=${timestamp}&window=${window}`;
}

/** A value as it is signed, `undefined` for one that is left out. */
export function valueText(key: string, value: ParamValue): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw bad(key, `${value} is no whole number; write a decimal as a string`);
    return String(value);
  }
  if (value === undefined || value === null) return undefined;
  throw bad(key, `a value of type ${Array.isArray(value) ? "array" : typeof value} has no signed form`);
}

/** Lets a name pass that cannot be mistaken for a separator. */
export function checkKey(key: string): string {
  if (!/^\w+$/.test(key)) throw bad(key.slice(0, 40), "a name may have letters, digits and _ only");
  return key;
}

function bad(key: string, why: string): BpError {
  return new BpError("signing/bad-value", { key, why });
}

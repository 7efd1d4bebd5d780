// Parameters as the pairs of text that are sent and signed.

/** Names and texts in the order in which they are sent. */
export type Pairs = readonly (readonly [name: string, text: string])[];

/**
 * Makes text of each parameter: booleans are `true` and `false` (`priceProtect`: `TRUE` and `FALSE`), lists are compact JSON with double
 * quotes in which all values are text, but for `orderIdList`, whose ids are bare digits. What is `undefined` is left out.
 *
 * @param params - an object that an endpoint's schema has checked, or `undefined`
 */
export function pairsOf(params: unknown): Pairs {
  if (typeof params !== "object" || params === null) return [];
  const pairs: [string, string][] = [];
  for (const [name, value] of Object.entries(params)) if (value !== undefined) pairs.push([name, textOf(name, value)]);
  return pairs;
}

function textOf(name: string, value: unknown): string {
  if (typeof value === "boolean") return name === "priceProtect" ? String(value).toUpperCase() : String(value);
  if (!Array.isArray(value)) return String(value); // schemas let text and whole numbers through, nothing else
  if (name === "orderIdList") return `[${value.join(",")}]`; // digits, which a JSON number might round
  return JSON.stringify(value.map((each) => (typeof each === "object" ? Object.fromEntries(pairsOf(each)) : each)));
}

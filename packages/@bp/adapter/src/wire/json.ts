// JSON off the wire, with the numbers that `JSON.parse` would spoil kept as text.

/** A string, also one without an end (or each quote in it would be tried as the beginning of one), or a number from its first digit to its last. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;
const longDigits = /\d{16}/;

/**
 * The value of a JSON text, or `undefined` for anything else. A number that a double cannot hold (an id of 19 digits, a rate of 28)
 * arrives as the text of its digits; schemas for ids and decimals take both.
 */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(longDigits.test(text) ? text.replace(token, exact) : text);
  } catch {
    return undefined;
  }
}

function exact(found: string): string {
  if (found.length < 16 || found.startsWith('"') || /^-?0\d/.test(found)) return found; // a leading zero is no JSON, and must stay none
  return String(Number(found)) === found ? found : `"${found}"`;
}

// What a venue says it has counted, read out of the headers of an answer.
import type { AnswerHeaders } from "./answer.ts";
import type { Told } from "./purse.ts";

const lengths: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }; // ms

/**
 * Reads headers whose name is a prefix and an interval, a number and S, M, H or D, and whose value is what was used in it:
 * `X-MBX-ORDER-COUNT-10S: 3`. Upper and lower case are the same. What has another form is passed over.
 *
 * @param prefixes - prefix of the names, in lower case, to what they count
 * @example
 * const readUsage = (headers: AnswerHeaders) =>
 *   usageIn(headers, { "x-mbx-used-weight-": "weight", "x-mbx-order-count-": "orders" });
 */
export function usageIn(headers: AnswerHeaders, prefixes: Readonly<Record<string, string>>): Told[] {
  const found: Told[] = [];
  for (const name of headers.names())
    for (const [prefix, counts] of Object.entries(prefixes)) {
      if (!name.startsWith(prefix)) continue;
      const perMs = intervalMs(name.slice(prefix.length));
      const value = headers.get(name)?.trim() ?? "";
      if (perMs !== undefined && /^\d{1,15}$/.test(value)) found.push({ counts, perMs, used: Number(value) });
    }
  return found;
}

/** `10S`, `1m`, `2H`, `1D` in ms; `undefined` for anything else. */
function intervalMs(text: string): number | undefined {
  const [, count = "", unit = ""] = /^(\d{1,5})([smhd])$/i.exec(text) ?? [];
  const ms = Number(count) * (lengths[unit.toLowerCase()] ?? 0);
  return ms > 0 ? ms : undefined;
}

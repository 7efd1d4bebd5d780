// How much somebody may ask: weight a minute per address, orders per account, and the ban of those who do not stop.
import type { Answer } from "../answer.ts";
import { fault } from "./refuse.ts";

/** What the venue allows. */
export interface AsterLimits {
  /** Request weight per minute and address; default 2400 on futures, 6000 on spot. */
  readonly weight: number;
  /** Orders per ten seconds and account; default 300, 1000. */
  readonly orders10s: number;
  /** Orders per minute and account; default 1200, 6000. */
  readonly ordersMinute: number;
  /** Requests over the limit that are answered 429 before the address is banned; default 50. */
  readonly patience: number;
  /** Length of the first ban in ms; each next one is twice as long. Default 120000. */
  readonly banMs: number;
}

export const futuresLimits: AsterLimits = {
  weight: 2400,
  orders10s: 300,
  ordersMinute: 1200,
  patience: 50,
  banMs: 120_000,
};
export const spotLimits: AsterLimits = { ...futuresLimits, weight: 6000, orders10s: 1000, ordersMinute: 6000 };

const minute = 60_000;
const tenSeconds = 10_000;

export interface Limiter {
  /** Counts the weight of a request. The answer when it is too much. */
  weigh(address: string, weight: number): Answer | undefined;
  /** Counts orders of an account. */
  order(account: string, count: number): Answer | undefined;
  /** What has been used, in the venue's headers. */
  headers(address: string, account: string | undefined): Record<string, string>;
}

/** @param now - ms */
export function createLimiter(limits: AsterLimits, now: () => number): Limiter {
  const counters = new Map<string, { window: number; used: number }>();
  const bans = new Map<string, { until: number; length: number; refused: number }>();
  /** The count of the running window, which begins with it if need be. */
  const counter = (key: string, lengthMs: number) => {
    const window = Math.floor(now() / lengthMs);
    let found = counters.get(key);
    if (found === undefined || found.window !== window) {
      found = { window, used: 0 };
      counters.set(key, found);
    }
    return found;
  };
  const weightOf = (address: string) => counter(`w ${address}`, minute);
  const shortOf = (account: string) => counter(`s ${account}`, tenSeconds);
  const longOf = (account: string) => counter(`m ${account}`, minute);
  const wait = (ms: number) => ({ "retry-after": String(Math.max(1, Math.ceil(ms / 1000))) });
  return {
    weigh: (address, weight) => {
      const at = now();
      let ban = bans.get(address);
      if (ban !== undefined && at < ban.until)
        return {
          ...fault(-1003, `Way too many requests; IP banned until ${Math.ceil(ban.until)}.`, 418),
          headers: wait(ban.until - at),
        };
      const count = weightOf(address);
      count.used += weight;
      if (count.used <= limits.weight) return undefined;
      if (ban === undefined) {
        ban = { until: 0, length: limits.banMs, refused: 0 };
        bans.set(address, ban);
      }
      ban.refused += 1;
      if (ban.refused > limits.patience) {
        ban.until = at + ban.length;
        ban.length *= 2;
        ban.refused = 0;
      }
      return {
        ...fault(-1003, `Too many requests; current limit is ${limits.weight} request weight per 1 MINUTE.`, 429),
        headers: wait((count.window + 1) * minute - at),
      };
    },
    order: (account, count) => {
      const short = shortOf(account);
      const long = longOf(account);
      const tooMany = (limit: number, interval: string) =>
        fault(-1015, `Too many new orders; current limit is ${limit} orders per ${interval}.`, 429);
      if (short.used + count > limits.orders10s) return tooMany(limits.orders10s, "10 SECOND");
      if (long.used + count > limits.ordersMinute) return tooMany(limits.ordersMinute, "1 MINUTE");
      short.used += count;
      long.used += count;
      return undefined;
    },
    headers: (address, account) => ({
      "x-mbx-used-weight-1m": String(weightOf(address).used),
      ...(account === undefined
        ? {}
        : {
            "x-mbx-order-count-10s": String(shortOf(account).used),
            "x-mbx-order-count-1m": String(longOf(account).used),
          }),
    }),
  };
}

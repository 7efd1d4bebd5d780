// The smallest of several amounts.
import type { Big } from "@bp/core";

/** `undefined` where there is none. */
export function leastOf(amounts: readonly Big[]): Big | undefined {
  const [first, ...rest] = amounts;
  return first && rest.reduce((least, each) => (each.lt(least) ? each : least), first);
}

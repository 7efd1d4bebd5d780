// Every endpoint the sandbox has.
import { accountRoutes } from "./rest/account.ts";
import { capitalRoutes } from "./rest/capital.ts";
import { fixedRoutes } from "./rest/fixed.ts";
import { historyRoutes } from "./rest/history.ts";
import { lendRoutes } from "./rest/lend.ts";
import { limitRoutes } from "./rest/limits.ts";
import { marketRoutes } from "./rest/markets.ts";
import { orderRoutes } from "./rest/orders.ts";
import { recordRoutes } from "./rest/records.ts";
import { rfqRoutes } from "./rest/rfq.ts";
import { strategyRoutes } from "./rest/strategies.ts";
import { systemRoutes } from "./rest/system.ts";
import { vaultRoutes } from "./rest/vaults.ts";
import type { Route } from "./route.ts";

const all: readonly Route[] = [
  ...systemRoutes,
  ...marketRoutes,
  ...fixedRoutes,
  ...accountRoutes,
  ...limitRoutes,
  ...capitalRoutes,
  ...lendRoutes,
  ...orderRoutes,
  ...rfqRoutes,
  ...strategyRoutes,
  ...vaultRoutes,
  ...historyRoutes,
  ...recordRoutes,
];
const byPath = new Map<string, ReadonlyMap<string, Route>>();
for (const route of all) byPath.set(route.path, new Map([...(byPath.get(route.path) ?? []), [route.method, route]]));

/** The endpoint, `wrong-method` where the path knows others, or `undefined`. */
export function findRoute(method: string, path: string): Route | "wrong-method" | undefined {
  const methods = byPath.get(path);
  return methods === undefined ? undefined : (methods.get(method) ?? "wrong-method");
}

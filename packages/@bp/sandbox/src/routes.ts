// Every endpoint the sandbox has.
import { accountRoutes } from "./rest/account.ts";
import { historyRoutes } from "./rest/history.ts";
import { marketRoutes } from "./rest/markets.ts";
import { orderRoutes } from "./rest/orders.ts";
import { systemRoutes } from "./rest/system.ts";
import type { Route } from "./route.ts";

const all: readonly Route[] = [...systemRoutes, ...marketRoutes, ...accountRoutes, ...orderRoutes, ...historyRoutes];
const byPath = new Map<string, ReadonlyMap<string, Route>>();
for (const route of all) byPath.set(route.path, new Map([...(byPath.get(route.path) ?? []), [route.method, route]]));

/** The endpoint, `wrong-method` where the path knows others, or `undefined`. */
export function findRoute(method: string, path: string): Route | "wrong-method" | undefined {
  const methods = byPath.get(path);
  return methods === undefined ? undefined : (methods.get(method) ?? "wrong-method");
}

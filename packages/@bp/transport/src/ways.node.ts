// Which way requests and sockets go out on Node: pools of undici and tunnels, and no second way beside them.
import { BpError } from "@bp/core";
import type { Wire } from "./answer.ts";
import type { Connect, ConnectOptions } from "./connection.ts";
import { environmentOf, type Proxies, proxiesFromEnvironment, type Targets } from "./environment.ts";
import { nodeConnect } from "./nodeLink.ts";
import { poolWire } from "./pool.ts";
import { proxyConnector, tunnelTo } from "./proxy.ts";
import { runtime } from "./runtime.ts";

/**
 * The wire to a host.
 *
 * @throws BpError `config/invalid` for a proxy that is none, and when what was bundled for Node runs elsewhere
 */
export function wireTo(origin: string, proxy: string | undefined): Wire {
  const found = runtime();
  if (found !== "node")
    throw new BpError("config/invalid", {
      path: "@bp/transport",
      found,
      expected: "Node, for which it was bundled",
      hint: 'bundle without the condition "node"',
    });
  return poolWire({ origin, connect: proxy === undefined ? undefined : proxyConnector(proxy) });
}

/** What makes connections to a socket's URL. Throws as `wireTo`. */
export function connectTo(url: string, { proxy, userAgent }: ConnectOptions): Connect {
  return nodeConnect(url, proxy === undefined ? undefined : tunnelTo(proxy, url), userAgent);
}

/** The proxies that the environment of the process names. Throws as `proxiesFromEnvironment`. */
export function namedProxies(venue: string, targets: Targets): Proxies {
  return proxiesFromEnvironment(environmentOf(), venue, targets);
}

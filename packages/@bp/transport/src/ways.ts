// Which way requests and sockets go out where it is found out at run time: Bun, Deno, and whoever does not say what he is.
import type { Wire } from "./answer.ts";
import { browserConnect } from "./browserLink.ts";
import type { Connect, ConnectOptions } from "./connection.ts";
import { environmentOf, type Proxies, proxiesFromEnvironment, type Targets } from "./environment.ts";
import { fetchWire } from "./fetch.ts";
import { nodeConnect } from "./nodeLink.ts";
import { poolWire } from "./pool.ts";
import { proxyConnector, tunnelTo } from "./proxy.ts";
import { runtime } from "./runtime.ts";

/**
 * The wire to a host.
 *
 * @param proxy - of Node only; elsewhere the runtime has its own
 * @throws BpError `config/invalid` for a proxy that is none
 */
export function wireTo(origin: string, proxy: string | undefined): Wire {
  const connect = proxy === undefined ? undefined : proxyConnector(proxy);
  return runtime() === "node" ? poolWire({ origin, connect }) : fetchWire(origin);
}

/** What makes connections to a socket's URL. Throws as `wireTo`. */
export function connectTo(url: string, { proxy, userAgent }: ConnectOptions): Connect {
  const node = nodeConnect(url, proxy === undefined ? undefined : tunnelTo(proxy, url), userAgent);
  const browser = browserConnect(url);
  // `on` is what only `ws` has, whatever the types say.
  const isNodes = (Socket: Parameters<Connect>[0]) => typeof (Socket.prototype as { on?: unknown }).on === "function";
  return (Socket, events) => (isNodes(Socket) ? node : browser)(Socket, events);
}

/** The proxies that the environment of the process names. Throws as `proxiesFromEnvironment`. */
export function namedProxies(venue: string, targets: Targets): Proxies {
  return proxiesFromEnvironment(environmentOf(), venue, targets);
}

// Which way requests and sockets go out in browsers: their own, with the proxies that they were told of.
import type { Wire } from "./answer.ts";
import { browserConnect } from "./browserLink.ts";
import type { Connect } from "./connection.ts";
import type { Proxies } from "./environment.ts";
import { fetchWire } from "./fetch.ts";

/** The wire to a host. */
export function wireTo(origin: string): Wire {
  return fetchWire(origin);
}

/** What makes connections to a socket's URL. */
export function connectTo(url: string): Connect {
  return browserConnect(url);
}

/** None: a browser has no environment, and goes the way that it was told. */
export function namedProxies(): Proxies {
  return {};
}

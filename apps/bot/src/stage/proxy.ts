// The ways out: what a flag says, else what the environment names.
import { type Proxies, proxiesFromEnvironment } from "@bp/transport";

const hosts = { rest: "https://api.backpack.exchange", socket: "wss://ws.backpack.exchange" } as const;

/** What is known when a way is chosen. */
export interface Way {
  /** A proxy for both, from the command line. */
  readonly wsProxy?: string | undefined;
  readonly rest?: string | undefined;
  readonly ws?: string | undefined;
}

/**
 * The proxies of REST and of the socket.
 *
 * @throws BpError `config/invalid` for text that is no address, as in the sample of S2's README, without that text
 */
export function proxiesFrom(
  environment: Readonly<Record<string, string | undefined>>,
  { wsProxy, rest = hosts.rest, ws = hosts.socket }: Way,
): Proxies {
  if (wsProxy !== undefined) return { rest: wsProxy, socket: wsProxy };
  return proxiesFromEnvironment(environment, "backpack", { rest, socket: ws });
}

// The ways out: what a flag says, else what the environment names.
import { type Proxies, proxiesFromEnvironment } from "@bp/transport";

const hosts: Readonly<Record<string, { readonly rest: string; readonly socket: string }>> = {
  backpack: { rest: "https://api.backpack.exchange", socket: "wss://ws.backpack.exchange" },
  "aster-futures": { rest: "https://fapi.asterdex.com", socket: "wss://fstream.asterdex.com" },
  "aster-spot": { rest: "https://sapi.asterdex.com", socket: "wss://sstream.asterdex.com" },
};

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
 * @param exchange - `backpack`, `aster-futures`, `aster-spot`
 * @throws BpError `config/invalid` for text that is no address, as in the sample of S2's README, without that text
 */
export function proxiesFrom(
  environment: Readonly<Record<string, string | undefined>>,
  { wsProxy, rest, ws }: Way,
  exchange = "backpack",
): Proxies {
  if (wsProxy !== undefined) return { rest: wsProxy, socket: wsProxy };
  const own = hosts[exchange];
  const targets = { rest: rest ?? own?.rest ?? "", socket: ws ?? own?.socket ?? "" };
  return proxiesFromEnvironment(environment, exchange.split("-")[0] ?? exchange, targets);
}

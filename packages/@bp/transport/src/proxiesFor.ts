// Which proxies a client takes: those of its maker, else those of the environment.
import { namedProxies } from "#ways";
import type { Proxies, Targets } from "./environment.ts";

/**
 * The proxies of a client. `{}` goes straight, whatever the environment says.
 *
 * @param given - what the maker of the client says; left out: the environment decides, see `proxiesFromEnvironment`
 * @param venue - its name in the variables: `backpack`, `aster`
 * @throws BpError `config/invalid` for a variable whose text is no address, without that text
 */
export function proxiesFor(given: string | Proxies | undefined, venue: string, targets: Targets): Proxies {
  if (typeof given === "string") return { rest: given, socket: given };
  return given ?? namedProxies(venue, targets);
}

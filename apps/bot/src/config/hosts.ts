// Which addresses are a venue's own. Keys and orders go nowhere else unless the person says so.
import type { VenueId } from "@bp/core";
import { conflict, invalid, shown } from "./complaint.ts";
import type { NamedAddress } from "./draft.ts";

/** Hosts of the venue's own; the first is what its client goes to by itself. */
const known = {
  backpack: { rest: ["api.backpack.exchange"], ws: ["ws.backpack.exchange"] },
  "aster-futures": {
    rest: ["fapi.asterdex.com", "fapi3.asterdex.com", "fapi.asterdex-testnet.com"],
    ws: ["fstream.asterdex.com", "fstream.asterdex-testnet.com"],
  },
  "aster-spot": {
    rest: ["sapi.asterdex.com", "sapi.asterdex-testnet.com"],
    ws: ["sstream.asterdex.com", "sstream.asterdex-testnet.com"],
  },
} as const;

/** Exchange and product of an account: `backpack-2` is an account of `backpack`. */
export type Product = keyof typeof known;

/** The product that an account trades; `undefined` for a venue that we do not know. */
export function productOf(venue: VenueId): Product | undefined {
  return /^backpack(-\d+)?$/.test(venue)
    ? "backpack"
    : (/^(aster-futures|aster-spot)(-\d+)?$/.exec(venue)?.[1] as Product | undefined); // one of the two that the pattern names
}

/** Whether the address is on this machine: a sandbox. */
export function isLocal(url: string): boolean {
  const { hostname = "" } = URL.parse(url) ?? {};
  return hostname === "localhost" || hostname.endsWith(".localhost") || /^(127\.[\d.]+|\[::1\])$/.test(hostname);
}

/** Whether an address is a sandbox's or a testnet's; left out it is the venue's own. */
export function isTest(url: string | undefined): boolean {
  return url !== undefined && (isLocal(url) || /-testnet\./.test(URL.parse(url)?.hostname ?? ""));
}

/** Whose host it is: `aster-spot` for `https://sapi.asterdex.com`. */
export function productAt(url: string): Product | undefined {
  const { hostname = "" } = URL.parse(url) ?? {};
  return (Object.keys(known) as Product[]).find(
    (
      each, // the keys of an object that is written above
    ) => [...known[each].rest, ...known[each].ws].some((host) => host === hostname),
  );
}

/**
 * Where the account's client has to go; `undefined`: where it goes by itself.
 *
 * @param place - on a sandbox of ours the venue's own addresses are left aside
 * @throws BpError `config/invalid` for text that is no address, or one of a host that neither is the venue's nor was allowed
 */
export function addressOf(
  { name, venue, kind, url }: NamedAddress,
  place: "sandbox" | "paper" | "live" | "memory",
  allowed: readonly string[],
): string | undefined {
  const parsed = URL.parse(url.trim());
  const secure = kind === "rest" ? "https:" : "wss:";
  const expected = `an address such as ${kind === "rest" ? "https://api.backpack.exchange" : "wss://ws.backpack.exchange"}`;
  if (parsed === null || /\s/.test(url.trim()) || ![secure, secure.replace("s:", ":")].includes(parsed.protocol))
    throw invalid(name, parsed?.password === "" ? shown(url) : "text that is no address", expected);
  if (parsed.username !== "" || parsed.password !== "")
    throw invalid(name, "an address with a user or a password, which would be shown", expected);
  const { hostname } = parsed;
  const allow = isLocal(url) || allowed.includes(hostname);
  if (parsed.protocol !== secure && !allow)
    throw invalid(name, shown(parsed.origin), `${secure}// for a host elsewhere`);
  const product = productOf(venue);
  const own: readonly string[] = product === undefined ? [] : known[product][kind];
  if (!own.includes(hostname) && !allow) {
    if (place !== "live" && place !== "paper") return undefined; // nothing is sent there
    throw conflict(
      `${name} names ${hostname}, which is no host of ${venue}'s own (${own.join(", ")})`,
      `take the line out, or say --allow-host ${hostname} if you trust it with your keys`,
    );
  }
  if (place === "memory" || (place === "sandbox" && (!allow || own.includes(hostname)))) return undefined;
  return hostname === own[0] ? undefined : url.trim().replace(/\/+$/, "");
}

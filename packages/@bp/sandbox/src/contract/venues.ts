// The venues that the command can look at, with keys from the environment.
import { type AsterOptions, asterFuturesVenue, asterSpotVenue, createAster } from "@aster/client";
import { backpackVenue, createBackpack } from "@bp/client";
import { BpError } from "@bp/core";
import type { Subject } from "./bench.ts";
import { type LiveOptions, liveSubject } from "./subjects/live.ts";

/** Names of the venues. */
export const liveVenues = ["backpack", "aster-futures", "aster-spot"] as const;
/** A venue that the command can look at. */
export type LiveVenue = (typeof liveVenues)[number];

/** Where it is and what may be done. */
export interface Look {
  readonly symbol: string | undefined;
  readonly restUrl: string | undefined;
  readonly wsUrl: string | undefined;
  readonly network: "mainnet" | "testnet";
  readonly trade: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const symbols: Readonly<Record<LiveVenue, string>> = {
  backpack: "SOL_USDC_PERP",
  "aster-futures": "BTCUSDT",
  "aster-spot": "ASTERUSDT",
};

/**
 * The subject for a venue.
 *
 * @param environment - `BACKPACK_KEY` and `BACKPACK_SECRET`; `ASTER_USER`, `ASTER_SIGNER` and `ASTER_PRIVATE_KEY`, or `ASTER_KEY` and
 *   `ASTER_SECRET`. Without them public data alone is looked at
 * @throws BpError `config/invalid` for a key of which a part is missing, and for `trade` without a key
 */
export function subjectOf(venue: LiveVenue, look: Look, environment: Environment): Subject {
  const symbol = look.symbol ?? symbols[venue];
  const key = venue === "backpack" ? backpackKey(environment) : asterKey(environment);
  if (look.trade && key === undefined)
    throw new BpError("config/invalid", { path: "--trade", found: "no key", expected: "keys in the environment" });
  const allow: LiveOptions["allow"] = key === undefined ? "public" : look.trade ? "trade" : "account";
  const perp = venue === "aster-futures" || symbol.endsWith("_PERP");
  return liveSubject({
    name: venue,
    venue: () => open(venue, look, environment),
    instrument: `${venue}:${symbol}`,
    perp,
    allow,
  });
}

function open(venue: LiveVenue, look: Look, environment: Environment): ReturnType<LiveOptions["venue"]> {
  const urls = {
    ...(look.restUrl === undefined ? {} : { restUrl: look.restUrl }),
    ...(look.wsUrl === undefined ? {} : { wsUrl: look.wsUrl }),
  };
  if (venue === "backpack") {
    const key = backpackKey(environment);
    return backpackVenue({ client: createBackpack({ ...urls, ...(key === undefined ? {} : { key }) }) });
  }
  const key = asterKey(environment);
  const service = venue === "aster-futures" ? "futures" : "spot";
  const aster = createAster({ network: look.network, [service]: urls, ...(key === undefined ? {} : { key }) });
  const made =
    venue === "aster-futures" ? asterFuturesVenue({ client: aster.futures }) : asterSpotVenue({ client: aster.spot });
  return { ...made, close: () => aster.close() };
}

function backpackKey(environment: Environment) {
  const found = partsOf(environment, ["BACKPACK_KEY", "BACKPACK_SECRET"]);
  return found === undefined ? undefined : { apiKey: found[0], secret: found[1] };
}

function asterKey(environment: Environment): NonNullable<AsterOptions["key"]> | undefined {
  const agent = partsOf(environment, ["ASTER_USER", "ASTER_SIGNER", "ASTER_PRIVATE_KEY"]);
  if (agent !== undefined) return { user: agent[0], signer: agent[1], privateKey: agent[2] };
  const old = partsOf(environment, ["ASTER_KEY", "ASTER_SECRET"]);
  return old === undefined ? undefined : { apiKey: old[0], secret: old[1] };
}

/** All of them or none. */
function partsOf<const N extends readonly string[]>(
  environment: Environment,
  names: N,
): { readonly [K in keyof N]: string } | undefined {
  const values = names.map((name) => environment[name] ?? "");
  if (values.every((value) => value === "")) return undefined;
  const missing = names.filter((_, at) => values[at] === "");
  if (missing.length > 0)
    throw new BpError("config/invalid", {
      path: missing.join(", "),
      found: "nothing",
      expected: `a value, because ${names.filter((name) => !missing.includes(name)).join(", ")} is set`,
    });
  return values as unknown as { readonly [K in keyof N]: string }; // one for each name
}

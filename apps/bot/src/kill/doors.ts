// The accounts that this shell has keys for: those of a configuration, or of the environment.
import type { VenueId } from "@bp/core";
import { type AccountConfig, type BotConfig, readBotConfig } from "../config/index.ts";
import { variablesOf } from "../config/keys.ts";
import { doorsOf, isHere } from "../stage/doors.ts";
import { accountNameOf } from "../stage/identity.ts";
import type { NamedDoor } from "./sweep.ts";

/** What a configuration leads to. */
export interface DoorsFound {
  readonly doors: readonly NamedDoor[];
  /** The journal in which its runs are, as the configuration names it. */
  readonly journal: string;
}

/**
 * The accounts of a configuration wherever it may trade with orders that outlive the bot: where it says, and live, since a run is
 * live only by the command line.
 *
 * @throws BpError `config/*` for a file that cannot be read, or whose keys are nowhere
 */
export async function doorsOfFile(file: string, live: boolean): Promise<DoorsFound> {
  const plain = await readBotConfig({ file, flags: live ? { live: true } : {}, keys: "left" });
  if (plain.place === "live" || (plain.place === "sandbox" && !isHere(plain))) return doorsOfConfig(plain);
  return doorsOfConfig(await readBotConfig({ file, flags: { live: true } }));
}

/** Those of a configuration as it was read. @throws BpError as `doorsOf` */
export async function doorsOfConfig(config: BotConfig): Promise<DoorsFound> {
  const doors = await doorsOf(config);
  return {
    doors: doors.map((door) => ({ name: accountNameOf(config.place, door), door })),
    journal: config.journal,
  };
}

/** Of these accounts those whose keys are in the environment, at the venue itself. */
export async function doorsOfEnvironment(venues: readonly VenueId[]): Promise<readonly NamedDoor[]> {
  const set = (names: readonly string[]) => names.find((name) => (process.env[name] ?? "") !== "");
  const accounts: Record<VenueId, AccountConfig> = {};
  for (const venue of new Set(venues)) {
    const names = variablesOf(venue);
    const [key, secret] = [set(names.key), set(names.secret)];
    if (key !== undefined && secret !== undefined) accounts[venue] = { key: { env: key }, secret: { env: secret } };
  }
  const doors = await doorsOf({ place: "live", accounts });
  return doors.map((door) => ({ name: accountNameOf("live", door), door }));
}

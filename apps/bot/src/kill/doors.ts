// The accounts that this shell has keys for: those of a configuration, or of the environment.
import { isBpError } from "@bp/core";
import { type BotConfig, readBotConfig } from "../config/index.ts";
import type { Door } from "../stage/door.ts";
import { doorsOf, isHere } from "../stage/doors.ts";
import { accountNameOf } from "../stage/identity.ts";

/** An account and the way to it. */
export interface NamedDoor {
  /** As `accountNameOf` gives it. */
  readonly name: string;
  readonly door: Door;
}

/** What a configuration leads to. */
export interface DoorsFound {
  readonly doors: readonly NamedDoor[];
  /** Journals in which its runs are. */
  readonly journals: readonly string[];
}

/**
 * The accounts of a configuration wherever it may trade with orders that outlive the bot: where it says, and live, since a run is
 * live only by the command line.
 *
 * @throws BpError `config/*` for a file that cannot be read, or whose keys are nowhere
 */
export async function doorsOfFile(file: string, live: boolean): Promise<DoorsFound> {
  const plain = await readBotConfig({ file, flags: live ? { live: true } : {}, keys: "left" });
  if (plain.place === "live" || (plain.place === "sandbox" && !isHere(plain))) return found(plain);
  return found(await readBotConfig({ file, flags: { live: true } }));
}

/** Those of the environment's keys, as flags alone would use them; none where there are no keys. */
export async function doorsOfEnvironment(): Promise<DoorsFound> {
  const asked = [
    { symbol: "SOL_USDC_PERP" },
    { exchange: "aster", marketType: "perp", symbol: "SOLUSDT" },
    { exchange: "aster", marketType: "spot", symbol: "ASTERUSDT" },
  ];
  const all = await Promise.all(
    asked.map(async (flags) => {
      try {
        return (await found(await readBotConfig({ flags: { live: true, spread: "1", ...flags } }))).doors;
      } catch (error) {
        if (!isBpError(error)) throw error;
        return []; // no keys for it here
      }
    }),
  );
  return { doors: all.flat(), journals: [] };
}

async function found(config: BotConfig): Promise<DoorsFound> {
  const doors = await doorsOf(config);
  return {
    doors: doors.map((door) => ({ name: accountNameOf(config.place, door), door })),
    journals: [config.journal],
  };
}

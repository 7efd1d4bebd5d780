// Which stage a configuration asks for. Each is loaded only when it is asked for.
import { exchangeOf, type VenueId } from "@bp/core";
import { tradesAsterCoin } from "../asterCoin.ts";
import type { BotConfig } from "../config/index.ts";
import { doorsOf, isHere, sandboxNames } from "./doors.ts";
import { purseFor } from "./purse.ts";
import type { Stage } from "./stage.ts";

/**
 * Sets the stage.
 *
 * @throws BpError `config/*` for keys that are missing and options that do not go together
 */
export async function chooseStage(config: BotConfig): Promise<Stage> {
  const { place, accounts } = config;
  const { seed, speed, market } = config.sandbox;
  const asterCoin = tradesAsterCoin(config.strategies);
  if (place === "memory") {
    const { memoryStage } = await import("./memory.ts");
    return memoryStage({ seed, accounts: sandboxNames(accounts), balances: purseFor(accounts), asterCoin });
  }
  if (place === "sandbox" && isHere(config)) {
    const { sandboxStage } = await import("./sandbox.ts");
    return sandboxStage({ seed, speed, accounts: sandboxNames(accounts), market, asterCoin });
  }
  const doors = await doorsOf(config);
  const { wireStage } = await import("./wire.ts");
  const where = doors.map(({ id, rest }) => rest ?? whereOf(id)).join(" and ");
  if (place === "live")
    return wireStage({ place, doors, seed: undefined, speed: 1, lasts: true, about: `live on ${where}` });
  if (place === "sandbox")
    return wireStage({
      place,
      doors,
      seed: undefined,
      speed,
      lasts: true,
      about: `sandbox exchange at ${where} (another process)`,
    });
  const { paperVenue } = await import("@bp/sim");
  const leverage = Object.values(config.prepare.leverage ?? {});
  return wireStage({
    place,
    doors,
    seed: undefined,
    speed,
    lasts: false,
    about: `paper: the market of ${where}, our fills simulated`,
    wrap: (venue, clock) =>
      paperVenue({
        live: venue,
        clock,
        seed,
        balances: purseFor(accounts),
        ...(leverage.length === 0 ? {} : { leverage: Math.max(...leverage) }),
      }),
  });
}

const whereOf = (id: VenueId) =>
  ({ backpack: "Backpack", "aster-futures": "Aster's futures", "aster-spot": "Aster's spot market" })[exchangeOf(id)] ??
  id;

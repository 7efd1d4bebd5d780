// Which stage a configuration asks for. Each is loaded only when it is asked for.
import { BpError } from "@bp/core";
import type { StartConfig } from "../config.ts";
import type { Keys } from "./keys.ts";
import { proxiesFrom } from "./proxy.ts";
import type { Stage } from "./stage.ts";

/** What a simulated account begins with. */
const purse = { USDC: "100000", SOL: "500", BTC: "2", ETH: "30" } as const;

/**
 * Sets the stage.
 *
 * @throws BpError `config/*` for keys that are missing and options that do not go together
 */
export async function chooseStage(config: StartConfig): Promise<Stage> {
  const { given, place, seed, speed } = config;
  if ((given.rest === undefined) !== (given.ws === undefined))
    throw new BpError("config/conflict", { what: "--rest and --ws belong together", hint: "give both, or neither" });
  const account = given.account ?? "alice";
  if (place === "memory") {
    const { memoryStage } = await import("./memory.ts");
    return memoryStage({ seed, account, balances: purse });
  }
  if (place === "sandbox" && given.rest === undefined) {
    const { sandboxStage } = await import("./sandbox.ts");
    return sandboxStage({ seed, speed, account, market: given.market });
  }
  const { wireStage } = await import("./wire.ts");
  const { keysFrom } = await import("./keys.ts");
  const proxy = proxiesFrom(process.env, given);
  const way = { place, rest: given.rest, ws: given.ws, proxy, seed: undefined };
  if (place === "live")
    return wireStage({
      ...way,
      keys: keysFrom(process.env, given),
      speed: 1,
      lasts: true,
      about: `live on ${given.rest ?? "Backpack"}`,
    });
  if (place === "sandbox") {
    const keys = await sandboxKeys(account, given);
    return wireStage({
      ...way,
      keys,
      speed,
      lasts: true,
      about: `sandbox exchange at ${given.rest ?? ""} (another process)`,
    });
  }
  const { paperVenue } = await import("@bp/sim");
  return wireStage({
    ...way,
    speed,
    lasts: false,
    about: `paper: the market of ${given.rest ?? "Backpack"}, our fills simulated`,
    wrap: (venue, clock) => paperVenue({ live: venue, clock, seed, balances: purse }),
  });
}

/**
 * Keys for a sandbox in another process: the public test keys, unless others were given for it on the command line. Those of
 * the environment are for `--live` alone: nothing that calls itself a sandbox is shown a signature of them.
 */
async function sandboxKeys(account: string, given: StartConfig["given"]): Promise<Keys> {
  const { keysFrom } = await import("./keys.ts");
  if (given.apiKey !== undefined) return keysFrom({}, given);
  const { testKeys } = await import("@bp/sandbox");
  const { apiKey, secret } = testKeys(account);
  return keysFrom({}, { apiKey, secretKey: secret });
}

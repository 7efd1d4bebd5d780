// What doctor is asked to look at: a configuration as `--live` would trade it, or why it could not be.
import { isBpError } from "@bp/core";
import { type BotConfig, explainBotConfig, places } from "../config/index.ts";

type Flags = Readonly<Record<string, unknown>>;

/** A configuration, and why its keys are left aside. */
export interface Patient {
  readonly config: BotConfig;
  /** `undefined`: they are used, or there is no place for any. */
  readonly keyless: Keyless | undefined;
}

/** Why the accounts are looked at without their keys. */
export interface Keyless {
  readonly ok: false | "skipped";
  /** `config`: it is not for real money at all. */
  readonly name: "keys" | "config";
  readonly found: string;
}

/**
 * Reads a configuration for a look at its accounts: live unless the flags or the file say another place, since nothing is sent
 * but reads. Without a file and without flags it is what the environment names, else the market that doctor always looks at.
 *
 * @throws BpError `config/*` for what cannot be read even without keys
 */
export async function patientOf(file: string | undefined, flags: Flags): Promise<Patient> {
  const { flags: whole, place } = await wholeOf(file, flags);
  if (place !== "live")
    return {
      config: (await explainBotConfig({ file, flags: { ...whole, [place]: true } })).config,
      keyless: place === "paper" ? { ok: "skipped", name: "keys", found: "paper shows no keys to anybody" } : undefined,
    };
  try {
    return { config: (await explainBotConfig({ file, flags: { ...whole, live: true } })).config, keyless: undefined };
  } catch (error) {
    if (!isBpError(error) || !error.code.startsWith("config/")) throw error;
    const { config, draft, findings } = await explainBotConfig({
      file,
      flags: { ...without(whole, places), paper: true },
      keys: "left",
    });
    const inFile = Object.values(draft.accounts).some(
      ({ key, secret, agent }) => (key ?? secret ?? agent) !== undefined,
    );
    const inEnvironment = findings.some(({ to }) => /^accounts\..*\.(key|secret)$/.test(to ?? ""));
    const isNamed = inFile || inEnvironment || (flags["apiKey"] ?? flags["secretKey"]) !== undefined;
    const name = isBpError(error, "config/conflict") ? "config" : "keys";
    if (isNamed || name === "config") return { config, keyless: { ok: false, name, found: error.message } };
    const found = `no keys of ${Object.keys(config.accounts).join(" and ")} in the environment: sandbox and paper need none`;
    return { config, keyless: { ok: "skipped", name, found } };
  }
}

/** The flags with what doctor does not need to be told, and the place that they or the file mean. */
async function wholeOf(
  file: string | undefined,
  flags: Flags,
): Promise<{ readonly flags: Flags; readonly place: BotConfig["place"] }> {
  const { symbol, exchange, marketType } = flags;
  const spread = symbol === undefined || flags["spread"] !== undefined ? {} : { spread: "0.5" }; // a market is all we look at
  const said = places.find((each) => flags[each] === true);
  const market = {
    symbol: exchange === "aster" ? "SOLUSDT" : marketType === "spot" ? "SOL_USDC" : "SOL_USDC_PERP",
    spread: "0.5",
  };
  if (file === undefined && (symbol ?? exchange ?? marketType) !== undefined)
    return { flags: { ...market, ...flags }, place: said ?? "live" };
  const { config, draft } = await explainBotConfig({
    file,
    flags: { ...without(flags, [...places, "rest", "ws"]), ...spread, sandbox: true },
    keys: "left",
  });
  const isUnsaid = config.file === undefined && config.system === "maker";
  return { flags: { ...(isUnsaid ? market : spread), ...flags }, place: said ?? draft.place ?? "live" };
}

const without = (flags: Flags, names: readonly string[]): Flags =>
  Object.fromEntries(Object.entries(flags).filter(([name]) => !names.includes(name)));

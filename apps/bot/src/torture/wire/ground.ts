// Where a trial takes place: exchanges behind real sockets, a folder with the user's configuration pointed at them, and keys to be looked for.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exchangeOf, type VenueId } from "@bp/core";
import { type Answered, asterKeys, type Faults, type Sandbox, startSandbox, testKeys } from "@bp/sandbox";
import type { Exchange } from "@bp/sim";
import { tradesAsterCoin } from "../../asterCoin.ts";
import { numberOf, objectIn, objectOf } from "../../bots/json.ts";
import { explainBotConfig } from "../../config/index.ts";
import { variablesOf } from "../../config/keys.ts";
import { ownOf } from "../../config/own/write.ts";
import { sandboxNames } from "../../stage/doors.ts";

/** One venue behind its wire. */
export interface Site {
  readonly name: string;
  readonly exchange: Exchange;
  readonly faults: Faults;
  onAnswer(listener: (answered: Answered) => void): () => void;
}

/** An account of the configuration, and who it is at its venue. */
export interface Holder {
  readonly venue: VenueId;
  readonly name: string;
  readonly site: Site;
}

/** Where a trial over the wire takes place: a sandbox, and a folder of the bot's own. */
export interface Ground {
  readonly folder: string;
  /** The configuration as a start gets it. */
  readonly config: string;
  readonly sites: readonly Site[];
  readonly holders: readonly Holder[];
  /** What a process of the bot's finds in its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** What must be seen nowhere. */
  readonly secrets: readonly string[];
  /** @param files - what becomes of the folder */
  close(files: "keep" | "remove"): Promise<void>;
}

/** Opens it. @throws BpError `config/*` as a start does */
export async function openGround(file: string | undefined, seed: number, speed: number): Promise<Ground> {
  const reading = await explainBotConfig({ file, flags: { sandbox: true }, keys: "left" });
  const { accounts } = reading.config;
  const own = ownOf(reading);
  const ids = Object.keys(accounts);
  const isAster = ids.some((id) => exchangeOf(id) !== "backpack");
  const asterCoin = isAster || tradesAsterCoin(reading.config.strategies);
  const sandbox = await startSandbox({ seed, speed, aster: isAster, asterCoin });
  const folder = mkdtempSync(join(tmpdir(), "bp-torture-"));
  try {
    const names = sandboxNames(accounts);
    const addresses = Object.fromEntries(
      ids.map((id) => {
        const { rest: restUrl, ws: wsUrl } = wireOf(sandbox, id);
        const { key, secret } = variablesOf(id);
        const { windowMs, sandboxAccount } = accounts[id] ?? {};
        return [id, { restUrl, wsUrl, key: { env: key[0] }, secret: { env: secret[0] }, windowMs, sandboxAccount }];
      }),
    );
    const { duration: _d, journal: _j, summary: _s, store: _p, killFile: _k, ...run } = objectOf(own["run"]) ?? {};
    const logs = own["logs"] === undefined ? {} : { logs: { ...objectOf(own["logs"]), folder: "logs" } };
    const config = join(folder, "bot.json");
    const text = JSON.stringify({ ...own, accounts: addresses, run: { ...run, place: "sandbox" }, ...logs });
    writeFileSync(config, text, { mode: 0o600 });
    for (const each of ["state", "home"]) mkdirSync(join(folder, each));
    const sites = sitesOf(sandbox);
    const holders = ids.flatMap((venue): readonly Holder[] => {
      const site = sites.find(({ name }) => name === exchangeOf(venue));
      const name = names.get(venue);
      return site === undefined || name === undefined ? [] : [{ venue, name, site }];
    });
    return {
      folder,
      config,
      sites,
      holders,
      ...keysOf(holders, folder),
      close: async (files) => {
        endWatchdogs(folder);
        await sandbox.close();
        if (files === "remove") rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      },
    };
  } catch (error) {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function wireOf({ rest, ws, aster }: Sandbox, id: VenueId): { readonly rest: string; readonly ws: string } {
  const found = { "aster-futures": aster?.futures, "aster-spot": aster?.spot }[exchangeOf(id)];
  return found ?? { rest, ws };
}

function sitesOf({ exchange, faults, onAnswer, aster }: Sandbox): readonly Site[] {
  return [
    { name: "backpack", exchange, faults, onAnswer },
    ...(aster === undefined
      ? []
      : [
          { ...aster.futures, name: "aster-futures" },
          { ...aster.spot, name: "aster-spot" },
        ]),
  ];
}

/** Ends the watchdogs that still look after bots of this ground: their venues are about to be gone. */
function endWatchdogs(folder: string): void {
  const bots = join(folder, "state", "bots");
  for (const name of existsSync(bots) ? readdirSync(bots) : []) {
    const file = join(bots, name, "bot.json");
    const record = existsSync(file) ? objectIn(readFileSync(file, "utf8")) : undefined;
    const pid = numberOf(objectOf(record?.["watchdog"])?.["pid"]);
    try {
      if (pid !== undefined) process.kill(pid, "SIGKILL");
    } catch {
      // it has ended by itself
    }
  }
}

/** What Node has compiled once, for all processes of this torture. */
const compiled = join(tmpdir(), `bp-compiled-${process.pid}`);
process.once("exit", () => rmSync(compiled, { recursive: true, force: true }));

/** The keys that are at work, in the environment too, so that a bot which wrote one down would be found out. */
function keysOf(holders: readonly Holder[], folder: string): Pick<Ground, "env" | "secrets"> {
  const { PATH = "", TMPDIR = tmpdir() } = process.env;
  const env: Record<string, string> = {
    PATH,
    TMPDIR,
    LANG: "C",
    BP_DASHBOARD: "off",
    HOME: join(folder, "home"),
    BP_STATE: join(folder, "state"),
    NODE_COMPILE_CACHE: compiled,
  };
  const secrets = new Set<string>();
  for (const { venue, name } of holders) {
    const { key, secret } = variablesOf(venue);
    const { hmac, agent } = asterKeys(name);
    const own = testKeys(name);
    const pair = exchangeOf(venue) === "backpack" ? { key: own.apiKey, secret: own.secret } : hmac;
    env[key[0] ?? ""] = pair.key;
    env[secret[0] ?? ""] = pair.secret;
    for (const each of exchangeOf(venue) === "backpack" ? [own.secret] : [hmac.key, hmac.secret, agent.privateKey])
      secrets.add(each.replace(/^0x/, ""));
  }
  return { env, secrets: [...secrets] };
}

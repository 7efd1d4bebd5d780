// Which stage a configuration asks for. Each is loaded only when it is asked for.
import { BpError, exchangeOf, type VenueId } from "@bp/core";
import { type AccountConfig, type BotConfig, proxyOf, secretOf } from "../config/index.ts";
import type { Door, DoorKeys } from "./door.ts";
import { proxiesFrom } from "./proxy.ts";
import type { Stage } from "./stage.ts";

/** What a simulated account begins with. */
const purse = { USDC: "100000", SOL: "500", BTC: "2", ETH: "30" } as const;
/** The same where Aster is there too. */
const widePurse = { ...purse, USDT: "100000", ASTER: "50000" } as const;
/** Accounts of a sandbox, for the first account at an exchange, the second and the third. */
const names = ["alice", "bob", "carol"] as const;

/**
 * Sets the stage.
 *
 * @throws BpError `config/*` for keys that are missing and options that do not go together
 */
export async function chooseStage(config: BotConfig): Promise<Stage> {
  const { place, accounts } = config;
  const { seed, speed, market } = config.sandbox;
  const venues = Object.entries(accounts);
  if (place === "memory") {
    const { memoryStage } = await import("./memory.ts");
    return memoryStage({ seed, accounts: sandboxNames(accounts), balances: purseFor(accounts) });
  }
  if (place === "sandbox" && venues.every(([, { restUrl }]) => restUrl === undefined)) {
    const { sandboxStage } = await import("./sandbox.ts");
    return sandboxStage({ seed, speed, accounts: sandboxNames(accounts), market });
  }
  const unsaid = venues.filter(([, { restUrl, wsUrl }]) => restUrl === undefined || wsUrl === undefined);
  const [first] = unsaid;
  if (place === "sandbox" && first !== undefined)
    throw new BpError("config/conflict", {
      what: `accounts.${first[0]} has no address, but another account names a sandbox in another process`,
      hint: "give restUrl and wsUrl to all accounts, or to none",
    });
  const { wireStage } = await import("./wire.ts");
  const where = venues.map(([id, { restUrl }]) => restUrl ?? whereOf(id)).join(" and ");
  if (place === "live")
    return wireStage({
      place,
      doors: venues.map(([id, account]) => ({ ...doorOf(id, account), keys: keysOf(account) })),
      seed: undefined,
      speed: 1,
      lasts: true,
      about: `live on ${where}`,
    });
  if (place === "sandbox") {
    const { asterKeys, testKeys } = await import("@bp/sandbox");
    const { Secret } = await import("@bp/signing");
    const logins = sandboxNames(accounts);
    /** The public test keys, unless others were given for it: nothing that calls itself a sandbox is shown a signature of real ones. */
    const keysAt = (id: VenueId, account: AccountConfig): DoorKeys => {
      const given = keysOf(account);
      if (given !== undefined) return given;
      const name = logins.get(id) ?? names[0];
      if (exchangeOf(id) === "backpack") {
        const { apiKey, secret } = testKeys(name);
        return { apiKey, secret: Secret.of(secret) };
      }
      const { user, signer, privateKey } = asterKeys(name).agent;
      return { user, signer, privateKey: Secret.of(privateKey) };
    };
    return wireStage({
      place,
      doors: venues.map(([id, account]) => ({ ...doorOf(id, account), keys: keysAt(id, account) })),
      seed: undefined,
      speed,
      lasts: true,
      about: `sandbox exchange at ${where} (another process)`,
    });
  }
  const { paperVenue } = await import("@bp/sim");
  const leverage = Object.values(config.prepare.leverage ?? {});
  return wireStage({
    place,
    doors: venues.map(([id, account]) => doorOf(id, account)),
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

const purseFor = (accounts: BotConfig["accounts"]) =>
  Object.keys(accounts).some((id) => exchangeOf(id) !== "backpack") ? widePurse : purse;

/** Who is who on a sandbox: the first account at an exchange is alice, the second bob, the third carol. */
function sandboxNames(accounts: BotConfig["accounts"]): ReadonlyMap<VenueId, string> {
  const count = new Map<string, number>();
  return new Map(
    Object.entries(accounts).map(([id, { sandboxAccount }]) => {
      const nth = count.get(exchangeOf(id)) ?? 0;
      count.set(exchangeOf(id), nth + 1);
      return [id, sandboxAccount ?? names[nth] ?? `account ${nth + 1}`];
    }),
  );
}

/** @throws BpError `config/invalid` for a proxy that cannot be */
function doorOf(id: VenueId, account: AccountConfig): Door {
  const { restUrl: rest, wsUrl: ws, windowMs } = account;
  return {
    id,
    rest,
    ws,
    windowMs,
    proxy: proxiesFrom(process.env, { wsProxy: proxyOf(account), rest, ws }, exchangeOf(id)),
  };
}

/** @throws BpError `config/invalid` where a secret is not */
function keysOf({ key, secret, agent }: AccountConfig): DoorKeys | undefined {
  if (agent !== undefined) return { user: agent.user, signer: agent.signer, privateKey: secretOf(agent.privateKey) };
  if (key === undefined || secret === undefined) return undefined;
  return { apiKey: secretOf(key).reveal(), secret: secretOf(secret) };
}

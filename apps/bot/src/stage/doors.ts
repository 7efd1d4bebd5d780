// The ways into the accounts of a configuration: addresses, proxies and keys, the same for a run, for the menu and for doctor.
import { BpError, exchangeOf, type VenueId } from "@bp/core";
import { type AccountConfig, type BotConfig, proxyOf, secretOf } from "../config/index.ts";
import type { Door, DoorKeys } from "./door.ts";
import { proxiesFrom } from "./proxy.ts";

type Whereabouts = Pick<BotConfig, "place" | "accounts">;

/** Accounts of a sandbox, for the first account at an exchange, the second and the third. */
const names = ["alice", "bob", "carol"] as const;

/** Whether the exchanges are in the bot's own process: there is no door then. */
export function isHere({ place, accounts }: Whereabouts): boolean {
  const isUnsaid = Object.values(accounts).every(({ restUrl }) => restUrl === undefined);
  return place === "memory" || (place === "sandbox" && isUnsaid);
}

/**
 * A door for each account, in the order of the configuration; without keys on paper. Nothing is sent yet.
 *
 * @throws BpError `config/conflict` for a sandbox in another process whose address is not known, `config/*` for keys that are
 *   not where they should be and a proxy that cannot be
 */
export async function doorsOf({ place, accounts }: Whereabouts): Promise<readonly Door[]> {
  const venues = Object.entries(accounts);
  if (place === "live") return venues.map(([id, account]) => ({ ...doorOf(id, account), keys: keysOf(account) }));
  if (place === "paper") return venues.map(([id, account]) => doorOf(id, account));
  const [unsaid] = venues.filter(([, { restUrl, wsUrl }]) => restUrl === undefined || wsUrl === undefined);
  if (unsaid !== undefined)
    throw new BpError("config/conflict", {
      what: `accounts.${unsaid[0]} has no address, but another account names a sandbox in another process`,
      hint: "give restUrl and wsUrl to all accounts, or to none",
    });
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
  return venues.map(([id, account]) => ({ ...doorOf(id, account), keys: keysAt(id, account) }));
}

/** Who is who on a sandbox: the first account at an exchange is alice, the second bob, the third carol. */
export function sandboxNames(accounts: BotConfig["accounts"]): ReadonlyMap<VenueId, string> {
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

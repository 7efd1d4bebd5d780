// Whether an account's keys can be what they should be, found out before anything is sent.
import { isBpError, type VenueId } from "@bp/core";
import { agentKey, ed25519Key } from "@bp/signing";
import type { AccountConfig, SecretRef } from "./botConfig.ts";
import { conflict, invalid, unseen } from "./complaint.ts";
import type { KeyNames } from "./draft.ts";
import { productOf } from "./hosts.ts";
import { placeOf, secretOf } from "./secrets.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** What samples have where a key belongs: `your_bpx_api_key_here`, `<base64>`, 你的API密钥. */
export function isPlaceholder(text: string): boolean {
  return /^<.*>$|^\[.*\]$|^\$?\{.*\}$|\byour[_\- ]|^your|_here$|^(x{3,}|\*+|\.{3,}|…)$|^(change|replace)[_\- ]?(me|this)|^(placeholder|todo|none|null|example)$|^(api|public|private|secret)[_\- ]?(api[_\- ]?)?key$|[你您填写替换]/i.test(
    text.trim(),
  );
}

/**
 * Checks the keys of all accounts as far as that goes without the venue.
 *
 * @throws BpError `config/invalid` naming the key that is missing, a placeholder, malformed or of another pair;
 *   `config/conflict` for one key in two accounts
 */
export function checkKeys(
  accounts: Readonly<Record<VenueId, AccountConfig>>,
  names: Readonly<Record<VenueId, KeyNames>>,
  environment: Environment,
): void {
  for (const [venue, account] of Object.entries(accounts)) {
    const { agent } = account;
    if (agent !== undefined) checkAgent(agent, environment);
    else checkPair(venue, account, names[venue], environment);
  }
}

/**
 * Checks the keys that are given where nothing real is traded: a mistake in them is one wherever the run is. What is missing, a
 * placeholder or kept where its owner would be asked is left alone.
 *
 * @throws BpError `config/invalid` as above
 */
export function checkGiven(accounts: Readonly<Record<VenueId, AccountConfig>>, environment: Environment): void {
  for (const [venue, { key, secret, agent }] of Object.entries(accounts)) {
    if (agent !== undefined) {
      if (given(agent.privateKey, environment) !== undefined) checkAgent(agent, environment);
    } else checkHalves(venue, given(key, environment), given(secret, environment));
  }
}

/**
 * Whether two accounts have the same key: then they are one account.
 *
 * @throws BpError `config/conflict`
 */
export function checkDifferent(accounts: Readonly<Record<VenueId, AccountConfig>>, environment: Environment): void {
  const seen = new Map<string, string>();
  for (const [venue, { key, agent }] of Object.entries(accounts)) {
    const ref = agent?.privateKey ?? key;
    if (ref === undefined) continue;
    // Several agents may trade for one user. What stands in a keyring is not fetched for this: the same entry is the same key.
    const text = agent?.user ?? agent?.signer ?? ("keyring" in ref ? ref.keyring : peek(ref, environment));
    if (text === undefined || isPlaceholder(text)) continue;
    const mark = `${productOf(venue) ?? venue} ${agent === undefined ? text : text.toLowerCase()}`; // futures and spot share a login
    const other = seen.get(mark);
    if (other !== undefined)
      throw conflict(`${other} and ${placeOf(ref)} hold the same key`, "two accounts need two different pairs of keys");
    seen.set(mark, placeOf(ref));
  }
}

/** The text behind a reference, where there is one to be had without asking the person. */
export function peek(ref: SecretRef, environment: Environment): string | undefined {
  if ("keyring" in ref) return undefined; // its owner may be asked: only when it is needed
  try {
    return secretOf(ref, environment).reveal();
  } catch {
    return undefined; // whether that matters is known where the key is needed
  }
}

/** The variables that hold an account's pair, the first ones being those that we speak of. */
export function variablesOf(venue: VenueId): { readonly key: readonly string[]; readonly secret: readonly string[] } {
  const second = /-(\d+)$/.exec(venue)?.[1] ?? "";
  return productOf(venue) === "backpack"
    ? {
        key: [`BACKPACK_KEY${second}`, `BACKPACK_API_KEY${second}`],
        secret: [`BACKPACK_SECRET${second}`, `BACKPACK_PRIVATE_KEY${second}`],
      }
    : {
        key: [`ASTER_API_KEY${second}`, `ASTER_KEY${second}`],
        secret: [`ASTER_SECRET_KEY${second}`, `ASTER_SECRET${second}`],
      };
}

function checkPair(
  venue: VenueId,
  { key, secret }: AccountConfig,
  names: KeyNames | undefined,
  environment: Environment,
): void {
  if (key === undefined || secret === undefined) {
    const { key: keys, secret: secrets } = variablesOf(venue);
    const [keyName, secretName] = [keys[0] ?? "", secrets[0] ?? ""];
    const missing = [
      key === undefined ? (names?.key ?? keyName) : "",
      secret === undefined ? (names?.secret ?? secretName) : "",
    ];
    throw invalid(
      missing.filter((name) => name !== "").join(" and "),
      "nothing",
      `the API key pair of ${venue}`,
      `export ${keyName}=… ${secretName}=…, or trade with --sandbox, which needs no keys`,
    );
  }
  checkHalves(
    venue,
    { place: placeOf(key), text: textOf(key, environment) },
    { place: placeOf(secret), text: textOf(secret, environment) },
  );
}

/** Half of a pair, and where it is kept. */
interface Half {
  readonly place: string;
  readonly text: string;
}

/** A half that somebody gave; `undefined` for nothing, a placeholder, and what is only asked for when it is needed. */
function given(ref: SecretRef | undefined, environment: Environment): Half | undefined {
  const text = ref === undefined ? undefined : peek(ref, environment)?.trim();
  if (ref === undefined || text === undefined || text === "" || isPlaceholder(text)) return undefined;
  return { place: placeOf(ref), text };
}

/** Stands in for the half that is missing, so that the other one can be looked at. */
const anyHalf = `${"A".repeat(43)}=`;

/** @throws BpError `config/invalid` for a half that is malformed, two that are no pair */
function checkHalves(venue: VenueId, key: Half | undefined, secret: Half | undefined): void {
  if (productOf(venue) !== "backpack") {
    for (const half of [key, secret])
      if (half !== undefined && (/\s/.test(half.text) || half.text.length < 16))
        throw invalid(half.place, unseen, `a key as ${venue} gives it`);
    return;
  }
  try {
    ed25519Key(key?.text ?? anyHalf, secret?.text ?? anyHalf);
  } catch (error) {
    if (isBpError(error, "signing/bad-key")) {
      const [half, role] = error.context.which === "API key" ? [key, "API key"] : [secret, "secret"];
      throw invalid(
        half?.place ?? "",
        `${role}: ${error.context.why.split(";")[0] ?? ""}`,
        `the ${role}: base64 of 32 bytes`,
      );
    }
    if (!isBpError(error, "signing/key-mismatch")) throw error;
    if (key === undefined || secret === undefined) return; // there is no pair to fit
    const swapped = areSwapped(secret.text, key.text);
    throw invalid(
      `${key.place} and ${secret.place}`,
      `a secret that does not belong to the API key (${swapped ? "the two are swapped" : "of another pair"})`,
      "the two halves of one pair",
      swapped ? "exchange them" : "make a new pair at the venue if you no longer have the other half",
    );
  }
}

function areSwapped(apiKey: string, secret: string): boolean {
  try {
    ed25519Key(apiKey, secret);
    return true;
  } catch {
    return false; // then they are of two pairs
  }
}

function checkAgent(agent: NonNullable<AccountConfig["agent"]>, environment: Environment): void {
  const { privateKey, user, signer } = agent;
  textOf(privateKey, environment);
  const parts = { signer, privateKey: secretOf(privateKey, environment), ...(user === undefined ? {} : { user }) };
  try {
    agentKey({ ...parts, chainId: 1666 });
  } catch (error) {
    if (!isBpError(error)) throw error;
    const why = isBpError(error, "signing/bad-key") ? error.context.why : "a private key that is not the signer's";
    throw invalid(placeOf(privateKey), why, "the agent's address and its private key, 64 hexadecimal digits");
  }
}

/** @throws BpError `config/invalid` for nothing, and for what a sample has there */
function textOf(ref: SecretRef, environment: Environment): string {
  const text = secretOf(ref, environment).reveal();
  if (text.trim() === "") throw invalid(placeOf(ref), "nothing", "a key");
  if (isPlaceholder(text))
    throw invalid(placeOf(ref), "the placeholder of the sample", "your own key: it is not configured yet");
  return text;
}

// The accounts of a configuration: where each is, and its keys, by flag, environment and file.
import type { VenueId } from "@bp/core";
import type { AccountConfig, BotConfig } from "./botConfig.ts";
import { conflict, invalid } from "./complaint.ts";
import type { Draft } from "./draft.ts";
import type { Finding } from "./finding.ts";
import { addressOf, isTest, productAt, productOf } from "./hosts.ts";
import { checkDifferent, checkGiven, checkKeys, isPlaceholder, peek, variablesOf } from "./keys.ts";
import type { Said } from "./said.ts";
import { keep, placeOf, proxyFrom } from "./secrets.ts";

type Environment = Readonly<Record<string, string | undefined>>;
type Accounts = Readonly<Record<VenueId, AccountConfig>>;

/**
 * Puts the accounts together.
 *
 * @param findings - what was found is added
 * @param keys - `left`: those of an account where nothing real is traded are not looked at
 * @throws BpError `config/*`
 */
export function accountsOf(
  draft: Draft,
  said: Said,
  place: BotConfig["place"],
  environment: Environment,
  findings: Finding[],
  keys: "checked" | "left" = "checked",
): Accounts {
  const { value } = said;
  const allowed = [...(draft.allowHosts ?? []), ...(value.allowHost ?? [])];
  const venues = Object.keys(draft.accounts);
  const products = new Set(venues.map(productOf));
  if ((value.rest === undefined) !== (value.ws === undefined))
    throw conflict("--rest and --ws belong together", "give both, or neither");
  if (value.rest !== undefined && products.size > 1)
    throw conflict(
      `--rest and --ws with accounts at ${venues.join(" and ")}`,
      "name the addresses in a file, as restUrl and wsUrl of each account",
    );
  if ((value.apiKey ?? value.secretKey) !== undefined && venues.length > 1)
    throw conflict(
      `--api-key and --secret-key with accounts at ${venues.join(" and ")}`,
      "keep the keys in the environment",
    );
  for (const name of ["apiKey", "secretKey"] as const)
    if (value[name] !== undefined) tellOfClearKeys(name, said, findings);

  if ((value.apiKey === undefined) !== (value.secretKey === undefined) && place !== "live")
    throw invalid(value.apiKey === undefined ? "--api-key" : "--secret-key", "nothing", "both halves of the pair");
  const accounts: Record<VenueId, AccountConfig> = {};
  for (const [at, [venue, given]] of Object.entries(draft.accounts).entries()) {
    const to = `accounts.${venue}`;
    const account = withKeys(venue, given, draft, said, environment, findings);
    const urls: { restUrl?: string; wsUrl?: string } = {};
    for (const address of draft.addresses?.filter((each) => each.venue === venue) ?? []) {
      const url = addressOf(address, place, allowed);
      if (url !== undefined) urls[address.kind === "rest" ? "restUrl" : "wsUrl"] = url;
    }
    for (const [kind, key] of [
      ["rest", "restUrl"],
      ["ws", "wsUrl"],
    ] as const) {
      const url = value[kind];
      if (url === undefined) continue;
      const name = said.nameOf(kind);
      if (place !== "live" && place !== "paper" && productAt(url) !== undefined)
        throw conflict(
          `${name} is the venue itself, and this is no live run`,
          `say --live to trade there, or leave ${name} out`,
        );
      const address = addressOf({ name, venue, kind, url }, place === "live" ? place : "paper", allowed);
      if (address === undefined) delete urls[key];
      else urls[key] = address;
      findings.push(said.finding(kind, `${to}.${key}`));
    }
    if (place === "live" && isTest(urls.wsUrl) && !isTest(urls.restUrl))
      throw conflict(
        `${venue}: wsUrl is no real market, but orders would go to a real one`,
        "name restUrl and wsUrl of the same exchange, or neither",
      );
    if (value.wsProxy !== undefined) findings.push(said.finding("wsProxy", `${to}.proxy`));
    if (value.account !== undefined && at === 0) findings.push(said.finding("account", `${to}.sandboxAccount`));
    const { proxy, proxySecret, ...rest } = account;
    const isHere = place === "memory" || (place === "sandbox" && urls.restUrl === undefined);
    const way = { ...(proxy === undefined ? {} : { proxy }), ...(proxySecret === undefined ? {} : { proxySecret }) };
    accounts[venue] = {
      ...rest,
      ...urls,
      ...(isHere || value.wsProxy !== undefined ? {} : way),
      ...(isHere || value.wsProxy === undefined ? {} : proxyFrom(said.nameOf("wsProxy"), value.wsProxy)),
      ...(value.account === undefined || at > 0 ? {} : { sandboxAccount: value.account }),
    };
  }
  checkDifferent(accounts, environment);
  if (place === "live") {
    checkKeys(accounts, draft.keyNames ?? {}, environment);
    return accounts;
  }
  if (keys === "checked") checkGiven(accounts, environment);
  return withoutKeys(accounts, said, environment, findings);
}

/** Keys of flags over those of the environment over those of the file. */
function withKeys(
  venue: VenueId,
  account: AccountConfig,
  draft: Draft,
  said: Said,
  environment: Environment,
  findings: Finding[],
): AccountConfig {
  if (account.agent !== undefined) return account;
  const legacy = draft.system === "maker" ? { key: ["API_KEY"], secret: ["SECRET_KEY"] } : { key: [], secret: [] };
  const variables = variablesOf(venue);
  const set = (names: readonly string[]) => names.find((name) => (environment[name] ?? "") !== "");
  const inEnvironment = {
    key: set([...variables.key, ...legacy.key]),
    secret: set([...variables.secret, ...legacy.secret]),
  };
  const both = inEnvironment.key !== undefined && inEnvironment.secret !== undefined;
  const written = { ...account };
  for (const [half, flag] of [
    ["key", "apiKey"],
    ["secret", "secretKey"],
  ] as const) {
    const typed = said.value[flag];
    const name = inEnvironment[half];
    const own = account[half];
    if (typed !== undefined) written[half] = keep(said.nameOf(flag), typed);
    else if (name !== undefined && (own === undefined || (both && "given" in own))) {
      written[half] = { env: name };
      const why = own === undefined ? undefined : `the environment wins over ${placeOf(own)}`;
      const to = `accounts.${venue}.${half}`;
      const told = why === undefined ? {} : { why, tell: true };
      findings.push({ key: name, from: "environment", outcome: "mapped", to, shown: "[secret]", ...told });
    }
  }
  return written;
}

function tellOfClearKeys(name: "apiKey" | "secretKey", said: Said, findings: Finding[]): void {
  const where =
    said.fromOf(name) === "flag"
      ? "keys on the command line can be read by every program on this machine"
      : "keys stand in the file, where a copy or a commit takes them along";
  findings.push({ ...said.finding(name, ""), why: `${where}: use BACKPACK_KEY and BACKPACK_SECRET`, tell: true });
}

/** Where nothing real is traded no real key is shown to anybody; those of flags are meant for a sandbox elsewhere. */
function withoutKeys(accounts: Accounts, said: Said, environment: Environment, findings: Finding[]): Accounts {
  return Object.fromEntries(
    Object.entries(accounts).map(([venue, account]) => {
      const { key, secret, agent: _, ...rest } = account;
      for (const ref of [key, secret])
        if (ref !== undefined && isPlaceholder(peek(ref, environment) ?? ""))
          findings.push({
            key: placeOf(ref),
            from: "env" in ref ? "environment" : "file",
            outcome: "ignored",
            to: "",
            shown: "[secret]",
            why: "the placeholder of the sample; keys are needed with --live alone",
          });
      const typed = said.value.apiKey !== undefined && said.value.secretKey !== undefined;
      return [venue, typed ? { ...rest, key, secret } : rest];
    }),
  );
}

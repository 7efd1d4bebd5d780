// A draft, what was said on the command line and the environment, put together and checked: the configuration.
import { accessSync, constants } from "node:fs";
import { dirname } from "node:path";
import type { VenueId } from "@bp/core";
import { languageOf } from "../language.ts";
import { fromHere } from "../paths.ts";
import type { AccountConfig, BotConfig, Preparation } from "./botConfig.ts";
import { conflict, invalid, shown } from "./complaint.ts";
import type { Draft } from "./draft.ts";
import { type Finding, noticeOf } from "./finding.ts";
import type { FlagName } from "./flags.ts";
import { addressOf, isTest, productAt, productOf } from "./hosts.ts";
import { checkDifferent, checkKeys, isPlaceholder, peek, variablesOf } from "./keys.ts";
import { checkParams } from "./params.ts";
import type { Said } from "./said.ts";
import { keep, placeOf, proxyFrom } from "./secrets.ts";

type Environment = Readonly<Record<string, string | undefined>>;
type Accounts = Readonly<Record<VenueId, AccountConfig>>;

/** What is put together. */
export interface Parts {
  readonly draft: Draft;
  readonly findings: readonly Finding[];
  readonly said: Said;
  readonly file: string | undefined;
  readonly environment: Environment;
}

/** A configuration with the history of its values. */
export interface Reading {
  readonly config: BotConfig;
  readonly findings: readonly Finding[];
  /** What the file said, before the command line and the place changed it. */
  readonly draft: Draft;
}

/** The one place to trade that was said; `undefined`: none. @throws BpError `config/conflict` for several */
export function placeSaid({ value }: Said): BotConfig["place"] | undefined {
  const places = (["sandbox", "paper", "live", "memory"] as const).filter((each) => value[each] === true);
  if (places.length > 1) throw conflict(`--${places.join(" and --")} together`, "choose one place to trade");
  return places[0];
}

/** Puts it together. @throws BpError `config/*` */
export function assemble({ draft, findings: found, said, file, environment }: Parts): Reading {
  const { value } = said;
  const findings = [...found];
  const flag = (name: FlagName, to: string) => {
    if (value[name] !== undefined) findings.push(said.finding(name, to));
  };
  const place = placeSaid(said) ?? draft.place ?? "sandbox";
  if (placeSaid(said) !== undefined) findings.push(said.finding(place, "place"));
  if (place === "live" && value.live !== true)
    throw conflict(
      `${file ?? ""}: run.place is live`,
      "say --live on the command line too: real money is never traded without it",
    );
  if (place === "live" && draft.notLive !== undefined) throw conflict(draft.notLive.what, draft.notLive.hint);
  if (place === "live" && value.speed !== undefined && value.speed !== 1)
    throw conflict(
      `--live with ${said.nameOf("speed")} ${value.speed}`,
      `a real market keeps its own time: leave ${said.nameOf("speed")} out`,
    );
  if (place === "memory" && (value.market ?? draft.sandbox?.market) !== undefined)
    throw conflict(
      "--memory with --market",
      "a recording is played over sockets: leave --memory out, and say --speed 100 to be quick",
    );
  if (value.summary !== undefined) checkFolder(said.nameOf("summary"), value.summary);
  if (value.enableDb === true && value.disableDb === true)
    findings.push({ ...said.finding("disableDb", "journal"), why: "--disable-db wins over --enable-db", tell: true });
  const names: readonly (readonly [FlagName, string])[] = [
    ["duration", "durationSeconds"],
    ["existing", "existing"],
    ["allowNegativeEdge", "allowNegativeEdge"],
    ["yes", "yes"],
    ["seed", "sandbox.seed"],
    ["speed", "sandbox.speed"],
    ["market", "sandbox.market"],
    ["journal", "journal"],
    ["disableDb", "journal"],
    ["enableDb", "database"],
    ["resume", "resume"],
    ["json", "json"],
    ["summary", "summary"],
    ["lang", "lang"],
    ["dailyLoss", "limits.dailyLoss"],
    ["maxDrawdown", "limits.maxDrawdown"],
  ];
  for (const [name, to] of names) flag(name, to);

  const accounts = accountsOf(draft, said, place, environment, findings);
  draft.strategies.forEach((strategy, at) => {
    const own = (path: readonly string[]) => ["strategies", String(at), ...path].join(".");
    const nameOf = (path: readonly string[]) => nameIn(findings, own(["params", ...path]), file);
    checkParams(strategy, nameIn(findings, own(["use"]), file), nameOf);
  });
  const { sellOff, ...preparation } = draft.prepare ?? {};
  const config: BotConfig = {
    system: draft.system,
    file,
    place,
    accounts,
    strategies: draft.strategies,
    limits: {
      ...draft.limits,
      ...(value.dailyLoss === undefined ? {} : { dailyLoss: String(value.dailyLoss) }),
      ...(value.maxDrawdown === undefined ? {} : { maxDrawdown: String(value.maxDrawdown) }),
    },
    prepare: { ...preparation, ...sellOffOf(sellOff, said, findings) },
    existing: value.existing ?? draft.existing,
    allowNegativeEdge: value.allowNegativeEdge ?? draft.allowNegativeEdge ?? false,
    yes: value.yes ?? false,
    durationSeconds: value.duration ?? draft.durationSeconds,
    sandbox: {
      seed: value.seed ?? draft.sandbox?.seed ?? 1,
      speed: place === "live" ? 1 : (value.speed ?? draft.sandbox?.speed ?? 1), // patience is multiplied by it
      market: value.market ?? draft.sandbox?.market,
    },
    journal: value.disableDb === true ? ":memory:" : (value.journal ?? draft.journal ?? "runs/journal.sqlite"),
    resume: value.resume ?? draft.resume ?? true,
    database: value.disableDb !== true && (value.enableDb ?? draft.database ?? true),
    json: value.json ?? draft.json ?? false,
    summary: value.summary ?? draft.summary,
    lang: languageOf(value.lang ?? draft.lang),
    logs: draft.logs,
    screenSeconds: draft.screenSeconds ?? 10,
    notices: [],
  };
  const notices = findings.map(noticeOf).filter((each) => each !== undefined);
  return { config: { ...config, notices: [...new Set(notices)] }, findings, draft };
}

/** How the value at a path of the configuration is called by whoever wrote it. */
function nameIn(findings: readonly Finding[], to: string, file: string | undefined): string {
  const found = findings.findLast(
    (each) => each.to !== undefined && each.to !== "" && (to === each.to || to.startsWith(`${each.to}.`)),
  );
  if (found === undefined) return file === undefined ? to : `${file}: ${to}`;
  const key =
    to === found.to || found.key.startsWith("--") ? found.key : `${found.key}${to.slice(found.to?.length ?? 0)}`;
  return found.from === "file" && file !== undefined ? `${file}: ${key}` : key;
}

function accountsOf(
  draft: Draft,
  said: Said,
  place: BotConfig["place"],
  environment: Environment,
  findings: Finding[],
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

/** What is sold of the person's own coins: nothing that was not named. */
function sellOffOf(wish: Preparation["sellOff"], said: Said, findings: Finding[]): Pick<Preparation, "sellOff"> {
  const consent = said.value.consent ?? wish?.consent ?? [];
  if (wish === undefined) {
    if (said.value.consent !== undefined)
      findings.push({ ...said.finding("consent", ""), outcome: "ignored", why: "nothing asks to sell other coins" });
    return {};
  }
  if (said.value.consent !== undefined) findings.push(said.finding("consent", "prepare.sellOff.consent"));
  const asked = findings.find(({ to }) => to === "prepare.sellOff");
  if (consent.length === 0 && asked !== undefined)
    findings.push({
      ...asked,
      outcome: "refused",
      why: "your own coins are sold only when you name them: --consent SOL,ETH",
    });
  return consent.length === 0 ? {} : { sellOff: { ...wish, consent: consent.map((each) => each.toUpperCase()) } };
}

/** A file that is written at the end is no use if its folder turns out to be missing then. */
function checkFolder(path: string, file: string): void {
  const folder = dirname(fromHere(file));
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw invalid(path, shown(file), `a file in a folder that can be written; ${folder} cannot`);
  }
}

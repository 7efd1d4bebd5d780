// A draft, what was said on the command line and the environment, put together and checked: the configuration.
import { accessSync, constants } from "node:fs";
import { dirname } from "node:path";
import { languageOf } from "../language.ts";
import { fromHere, usualJournal } from "../paths.ts";
import { accountsOf } from "./accounts.ts";
import type { BotConfig, Preparation } from "./botConfig.ts";
import { conflict, invalid, shown } from "./complaint.ts";
import type { Draft } from "./draft.ts";
import { type Finding, noticeOf } from "./finding.ts";
import type { FlagName } from "./flags.ts";
import { checkedLogs } from "./logs.ts";
import { checkParams } from "./params.ts";
import type { Said } from "./said.ts";
import { keep } from "./secrets.ts";
import { sourceAt, sourcesOf } from "./source.ts";

/** What is put together. */
export interface Parts {
  readonly draft: Draft;
  readonly findings: readonly Finding[];
  readonly said: Said;
  readonly file: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** See `ReadOptions`. */
  readonly keys: "checked" | "left" | undefined;
}

/** A configuration with the history of its values. */
export interface Reading {
  readonly config: BotConfig;
  readonly findings: readonly Finding[];
  /** What the file said, before the command line and the place changed it. */
  readonly draft: Draft;
}

/** Where a run may take place. */
export const places: readonly BotConfig["place"][] = ["sandbox", "paper", "live", "memory"];

/** The one place to trade that was said; `undefined`: none. @throws BpError `config/conflict` for several */
export function placeSaid({ value }: Said): BotConfig["place"] | undefined {
  const said = places.filter((each) => value[each] === true);
  if (said.length > 1) throw conflict(`--${said.join(" and --")} together`, "choose one place to trade");
  return said[0];
}

/** Puts it together. @throws BpError `config/*` */
export function assemble({ draft, findings: found, said, file, environment, keys }: Parts): Reading {
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
    findings.push({ ...said.finding("disableDb", "journal"), why: "--disable-db wins over --enable-db", tell: true }); // S2.39
  const names: readonly (readonly [FlagName, string])[] = [
    ["duration", "durationSeconds"],
    ["existing", "existing"],
    ["allowNegativeEdge", "allowNegativeEdge"],
    ["yes", "yes"],
    ["seed", "sandbox.seed"],
    ["speed", "sandbox.speed"],
    ["market", "sandbox.market"],
    ["journal", "journal"],
    ["store", "store"],
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

  const accounts = accountsOf(draft, said, place, environment, findings, keys);
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
    allowWithdrawKey: value.allowWithdrawKey ?? false,
    yes: value.yes ?? false,
    durationSeconds: value.duration ?? draft.durationSeconds,
    sandbox: {
      seed: value.seed ?? draft.sandbox?.seed ?? 1,
      speed: place === "live" ? 1 : (value.speed ?? draft.sandbox?.speed ?? 1), // patience is multiplied by it
      market: value.market ?? draft.sandbox?.market,
    },
    journal: value.disableDb === true ? ":memory:" : (value.journal ?? draft.journal ?? usualJournal),
    store: storeIn(draft, said, environment),
    journalSlowMs: draft.journalSlowMs,
    journalSync: draft.journalSync,
    resume: value.resume ?? draft.resume ?? true,
    database: value.disableDb !== true && (value.enableDb ?? draft.database ?? true),
    json: value.json ?? draft.json ?? false,
    summary: value.summary ?? draft.summary,
    killFile: draft.killFile,
    lang: languageOf(value.lang ?? draft.lang),
    logs: checkedLogs(draft.logs, (to) => nameIn(findings, to, file)),
    screenSeconds: draft.screenSeconds ?? 10,
    notices: [],
  };
  const notices = findings.map(noticeOf).filter((each) => each !== undefined);
  const sources = sourcesOf(findings, file);
  return { config: { ...config, notices: [...new Set(notices)], sources }, findings, draft };
}

/** How the value at a path of the configuration is called by whoever wrote it. */
function nameIn(findings: readonly Finding[], to: string, file: string | undefined): string {
  return sourceAt({ sources: sourcesOf(findings, file) }, to)?.name ?? (file === undefined ? to : `${file}: ${to}`);
}

/** Where the address of the store is: flags win over the environment, that over the file. */
function storeIn(draft: Draft, said: Said, environment: Parts["environment"]): BotConfig["store"] {
  if (said.value.store !== undefined) return keep(said.nameOf("store"), said.value.store);
  return (environment["BP_STORE"] ?? "").trim() === "" ? draft.store : { env: "BP_STORE" };
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

// The one entry: a file of any known kind, flags and environment become a configuration.
import { existsSync } from "node:fs";
import { BpError } from "@bp/core";
import { fromHere } from "../paths.ts";
import { assemble, placeSaid, type Reading } from "./assemble.ts";
import type { BotConfig } from "./botConfig.ts";
import { conflict, didYouMean, invalid, keyShown } from "./complaint.ts";
import type { Draft } from "./draft.ts";
import type { Finding } from "./finding.ts";
import { camelOf, flagOf, isMakers } from "./flags.ts";
import { type Content, load } from "./format/load.ts";
import { readOwn } from "./own/read.ts";
import { type Layer, type Reader, readerOf } from "./reader.ts";
import { type Format, formatOf, grouped } from "./recognise.ts";
import { type Said, saidIn } from "./said.ts";
import { readGrid } from "./system/grid.ts";
import { readAsterLoop, readBackpackLoop, readHedge } from "./system/hedge.ts";
import { readLadder } from "./system/ladder.ts";
import { makerVariables, withVariables } from "./system/maker.ts";
import { makerFromFlags } from "./system/makerFlags.ts";
import { readSingle, singleVariables } from "./system/single.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** What a configuration is read from. */
export interface ReadOptions {
  /** As the person named it; `undefined`: flags alone, or what `ENV` names. */
  readonly file?: string | undefined;
  /** What the file holds, where it was read already: then `file` is its name in complaints alone. */
  readonly tree?: Readonly<Record<string, unknown>> | undefined;
  /** As the command line gives them, keys in camelCase, without defaults. */
  readonly flags?: Readonly<Record<string, unknown>> | undefined;
  /** Default: that of the process. */
  readonly env?: Environment | undefined;
  /**
   * `left`: keys are not looked at where nothing real is traded, for a look at what else there is. Default: those that are
   * given must be what they should be, wherever the run is.
   */
  readonly keys?: "checked" | "left" | undefined;
}

interface Drafted {
  readonly draft: Draft;
  readonly findings: readonly Finding[];
}

/**
 * Reads a configuration. Flags win over the environment, that over the file, that over defaults. Nothing is sent or written.
 *
 * @throws BpError `config/*` naming file and key, what was found (never a secret), what is allowed and what to do
 */
export async function readBotConfig(options: ReadOptions): Promise<BotConfig> {
  return (await explainBotConfig(options)).config;
}

/** The same, with where each value came from and what became of each key. @throws BpError `config/*` */
export async function explainBotConfig(options: ReadOptions): Promise<Reading> {
  const { flags = {}, env: environment = process.env, keys } = options;
  const file = options.file ?? fileOf(flags, environment);
  if (file === undefined) {
    const said = saidIn(flags);
    if (isSinglesEnvironment(flags, environment)) {
      const read = readerOf(undefined, [layerOf(environment)]);
      return assemble({ draft: readSingle(read), findings: read.findings(), said, file, environment, keys });
    }
    return assemble({ ...plainMaker(said, environment), said, file, environment, keys });
  }
  const content: Content = options.tree === undefined ? await load(file) : { kind: "tree", tree: options.tree };
  const format = formatOf(content);
  if (content.kind === "tree" && format === "flags") {
    const flat = Object.fromEntries(Object.entries(content.tree).map(([key, value]) => [camelOf(key), value]));
    const said = saidIn(flags, { file, keys: flat });
    return assemble({ ...plainMaker(said, environment), said, file, environment, keys });
  }
  const said = saidIn(flags);
  return assemble({ ...drafted(content, format, file, said, environment), said, file, environment, keys });
}

function drafted(content: Content, format: Format, file: string, said: Said, environment: Environment): Drafted {
  if (content.kind === "variables") {
    const layers = [layerOf(environment), { from: "file", tree: content.variables }] as const;
    const read = readerOf(file, layers);
    if (format === "single")
      return withoutMakers(said, file, "S0's", { draft: readSingle(read), findings: read.findings() });
    if (format === "maker") return importedMaker(said, file, read, layers);
    throw unknown(file, Object.keys(content.variables), [...singleVariables, ...makerVariables]);
  }
  const { tree } = content;
  if (format === "own") return withoutMakers(said, file, "our own", readOwn(tree, file));
  const read = readerOf(file, [{ from: "file", tree: format === "grid" ? grouped(tree) : tree }]);
  const reader = readers[format];
  if (reader === undefined)
    throw unknown(file, Object.keys(tree), [
      "strategies",
      "accounts",
      "run",
      "symbol",
      "trading",
      "trading_settings",
      "bp",
      "aster",
      "trade",
    ]);
  return withoutMakers(said, file, reader.whose, { draft: reader.read(read), findings: read.findings() });
}

const readers: Readonly<Partial<Record<Format, { readonly whose: string; read(reader: Reader): Draft }>>> = {
  ladder: { whose: "S1's", read: readLadder },
  hedge: { whose: "S3's", read: readHedge },
  "backpack-loop": { whose: "S3's", read: readBackpackLoop },
  "aster-loop": { whose: "S3's", read: readAsterLoop },
  grid: { whose: "S4's", read: readGrid },
};

function importedMaker(said: Said, file: string, read: Reader, layers: readonly Layer[]): Drafted {
  if (said.value.symbol === undefined)
    throw invalid(
      "--symbol",
      "nothing",
      "a market, for example SOL_USDC",
      `${file} holds keys and switches alone: add S2's flags, for example --symbol SOL_USDC --spread 0.5`,
    );
  const maker = makerFromFlags(said, { imported: true, place: placeSaid(said) ?? "sandbox" });
  const draft = withVariables(maker.draft, read, file, layers);
  return { draft, findings: [...maker.findings, ...read.findings()] };
}

/** The maker of flags alone; of S2's environment its switch of the database is heard. */
function plainMaker(said: Said, environment: Environment): Drafted {
  const { draft, findings } = makerFromFlags(said, { imported: false, place: placeSaid(said) ?? "sandbox" });
  if ((environment["ENABLE_DATABASE"] ?? "").trim() === "") return { draft, findings };
  const read = readerOf(undefined, [layerOf(environment)]);
  const database = read.yes("ENABLE_DATABASE", { to: "database" });
  return { draft: { ...draft, database }, findings: [...findings, ...read.findings()] };
}

/** @throws BpError `config/conflict` for flags that say what another format has said */
function withoutMakers(said: Said, file: string, whose: string, found: Drafted): Drafted {
  const name = Object.keys(said.value).find((each) => isMakers(each));
  if (name === undefined) return found;
  throw conflict(
    `${flagOf(name)} with ${file}, which is a file of ${whose} format`,
    "say it in the file, or leave the file out",
  );
}

function unknown(file: string, keys: readonly string[], known: readonly string[]): Error {
  const [first = ""] = keys;
  const some = keys.slice(0, 50); // a file of others may have any number
  const near = some.map((key) => didYouMean(key, known)).find((each) => each !== undefined);
  return invalid(
    `${file}: ${keyShown(first)}`,
    keys.length === 0 ? "no keys" : "an unknown key",
    "our own format (strategies, accounts, run), flags without their dashes (symbol, spread), or a file of S0 to S4",
    near ?? "bot config schema prints ours",
  );
}

/**
 * A file that is meant although it was not named: S0's by `ENV`, S2's `.env` where keys are needed.
 *
 * @throws BpError `config/unreadable` where `ENV` names one that is not there. An `ENV` that is a path is the start file of a
 *   POSIX shell and names none.
 */
function fileOf(flags: Readonly<Record<string, unknown>>, environment: Environment): string | undefined {
  const makers = Object.keys(flags).some((each) => isMakers(each));
  const { ENV } = environment;
  if (!makers && ENV !== undefined && /^[\w-]+$/.test(ENV)) {
    const file = `config/.env.${ENV}`;
    if (existsSync(fromHere(file))) return file;
    // Something else than S0 may have set ENV. Still: who has a file in mind must not get the demo instead, and for everybody
    // else a market, a recording or a file says what is wanted.
    if (flags["market"] === undefined && !isSinglesEnvironment(flags, environment))
      throw new BpError("config/unreadable", {
        file,
        why: `ENV is ${ENV} and there is no such file, and no TRADING_MODE or TRADING_SYMBOL in the environment; make it, name a file or a market (--symbol), or unset ENV`,
      });
  }
  const isLive = flags["live"] === true && flags["symbol"] !== undefined && flags["apiKey"] === undefined;
  const named = ["BACKPACK_KEY", "ASTER_API_KEY", "ASTER_KEY", "API_KEY"].some(
    (name) => (environment[name] ?? "") !== "",
  );
  return isLive && !named && existsSync(fromHere(".env")) ? ".env" : undefined;
}

/** Whether S0 is configured by the environment alone. */
function isSinglesEnvironment(flags: Readonly<Record<string, unknown>>, environment: Environment): boolean {
  if (Object.keys(flags).some((each) => isMakers(each) || each === "market")) return false;
  return environment["TRADING_MODE"] !== undefined || environment["TRADING_SYMBOL"] !== undefined;
}

const layerOf = (environment: Environment): Layer => ({ from: "environment", tree: environment });

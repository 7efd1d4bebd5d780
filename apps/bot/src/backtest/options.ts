// What is said about a backtest on the command line: data, models, money.

import { type CandlePath, type LatencyModel, type Models, usualModels } from "@bp/backtest";
import { BpError, isBpError } from "@bp/core";
import { queueNamed } from "@bp/sim";
import { invalid, wordOf } from "../config/complaint.ts";
import { momentOf } from "../data/values.ts";

/** Checked options of a backtest, beside those of any configuration. */
export interface BacktestFlags {
  readonly files: readonly string[];
  /** Recorded symbol -> market of ours. */
  readonly casts: ReadonlyMap<string, string>;
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** By asset; what is named here replaces the usual purse. */
  readonly balances: Readonly<Record<string, string>> | undefined;
  readonly models: Models;
  readonly seed: number;
  readonly onExit: "stop" | "flatten";
}

/** The names of these options, as commander keeps them: all others are the configuration's. */
export const backtestFlagNames = [
  "data",
  "as",
  "from",
  "to",
  "balance",
  "queueModel",
  "latency",
  "feed",
  "makerFee",
  "takerFee",
  "candles",
  "volumeShare",
  "onExit",
] as const;

const paths: readonly CandlePath[] = ["pessimistic", "high-first", "low-first", "nearest-first"];

/**
 * Reads them.
 *
 * @param flags - as the command line gives them
 * @throws BpError `config/invalid` naming the option, what was found and what is allowed
 */
export function backtestFlags(flags: Readonly<Record<string, unknown>>): BacktestFlags {
  const files = list(flags["data"]);
  if (files.length === 0)
    throw invalid("--data", "nothing", "recordings or candles, for example --data klines.csv.gz", "bot data --help");
  const from = momentOf("--from", flags["from"], Date.now());
  const to = momentOf("--to", flags["to"], Date.now());
  if (from !== undefined && to !== undefined && from >= to)
    throw invalid("--to", String(flags["to"]), "a moment after --from");
  const { onExit } = flags;
  if (onExit !== undefined && onExit !== "stop" && onExit !== "flatten")
    throw invalid("--on-exit", JSON.stringify(onExit), "stop or flatten");
  return {
    files,
    casts: castsOf(list(flags["as"])),
    from,
    to,
    balances: balancesOf(list(flags["balance"])),
    models: modelsOf(flags),
    seed: seedOf(flags["seed"]),
    onExit: onExit ?? "stop",
  };
}

const list = (value: unknown): readonly string[] =>
  value === undefined
    ? []
    : [value]
        .flat()
        .map(String)
        .filter((each) => each !== "");

/** A seed. @param name - of the option @throws BpError `config/invalid` */
export function seedOf(value: unknown, name = "--seed"): number {
  if (value === undefined) return 1;
  const seed = Number(value);
  if (Number.isInteger(seed) && seed >= 0 && seed <= 4_294_967_295) return seed;
  throw invalid(name, JSON.stringify(value), "a whole number from 0 to 4294967295");
}

function castsOf(given: readonly string[]): ReadonlyMap<string, string> {
  const casts = new Map<string, string>();
  for (const each of given.flatMap((text) => text.split(","))) {
    const [, symbol, market] = /^([^=]+)=([^=:]+:[^=:]+)$/.exec(each.trim()) ?? [];
    if (symbol === undefined || market === undefined)
      throw invalid("--as", JSON.stringify(each), "RECORDED=venue:SYMBOL, for example BTCUSDT=backpack:BTC_USDC_PERP");
    casts.set(symbol, market);
  }
  return casts;
}

function balancesOf(given: readonly string[]): Readonly<Record<string, string>> | undefined {
  if (given.length === 0) return undefined;
  return Object.fromEntries(
    given
      .flatMap((text) => text.split(","))
      .map((each) => {
        const [, asset, amount] = /^([A-Za-z0-9]+)=(\d+(?:\.\d+)?)$/.exec(each.trim()) ?? [];
        if (asset === undefined || amount === undefined)
          throw invalid("--balance", JSON.stringify(each), "ASSET=AMOUNT, for example USDC=10000");
        return [asset.toUpperCase(), amount];
      }),
  );
}

function modelsOf(flags: Readonly<Record<string, unknown>>): Models {
  const { queueModel, feed, candles, volumeShare } = flags;
  const queue = queueModelOf(queueModel ?? usualModels.queue);
  if (feed !== undefined && feed !== "recorded" && feed !== "latency")
    throw invalid("--feed", JSON.stringify(feed), "recorded or latency");
  const path = paths.find((each) => each === (candles ?? usualModels.candles.path));
  if (path === undefined) throw invalid("--candles", JSON.stringify(candles), `one of ${paths.join(", ")}`);
  const share = Number(volumeShare ?? usualModels.candles.volumeShare);
  if (!(share > 0 && share <= 1))
    throw invalid("--volume-share", JSON.stringify(volumeShare), "a fraction above 0, at most 1");
  const fees = feesOf(flags["makerFee"], flags["takerFee"]);
  return {
    queue,
    latency: latencyModel(flags["latency"]),
    feed: feed ?? usualModels.feed,
    candles: { path, volumeShare: share },
    ...(fees === undefined ? {} : { fees }),
  };
}

/** The name of a queue model. @throws BpError `config/invalid` naming the option, with the names that there are */
export function queueModelOf(value: unknown): string {
  const name = wordOf(value);
  try {
    queueNamed(name);
  } catch (error) {
    if (!isBpError(error, "config/invalid")) throw error;
    throw invalid("--queue-model", JSON.stringify(value), `${error.context.expected}, for example share:2`);
  }
  return name;
}

function latencyModel(value: unknown): LatencyModel {
  if (value === undefined) return usualModels.latency;
  const text = wordOf(value);
  const constant = /^(\d+(?:\.\d+)?)(?:\/(\d+(?:\.\d+)?))?$/.exec(text);
  if (constant !== null) {
    const upMs = Number(constant[1]);
    return { kind: "constant", upMs, downMs: constant[2] === undefined ? upMs : Number(constant[2]) };
  }
  const drawn = /^(\d+(?:\.\d+)?)\+(\d+(?:\.\d+)?)$/.exec(text);
  if (drawn !== null) return { kind: "drawn", floorMs: Number(drawn[1]), meanMs: Number(drawn[2]) };
  throw invalid(
    "--latency",
    JSON.stringify(value),
    "ms each way (20), there and back (15/8), or a floor and a mean above it (20+15)",
  );
}

function feesOf(maker: unknown, taker: unknown): Models["fees"] {
  if (maker === undefined && taker === undefined) return undefined;
  if (maker === undefined || taker === undefined)
    throw new BpError("config/conflict", {
      what: "one fee of two",
      hint: "say both --maker-fee and --taker-fee, in percent",
    });
  return { maker: fraction("--maker-fee", maker), taker: fraction("--taker-fee", taker) };
}

/** Percent as a fraction, exactly. */
function fraction(name: string, value: unknown): string {
  const text = String(value).replace(/%$/, "");
  const [, sign = "", digits = "", rest = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (digits === "" || Number(digits) > 10)
    throw invalid(name, JSON.stringify(value), "percent of the notional, for example 0.02; a rebate is below 0");
  const all = `${digits.padStart(3, "0")}${rest}`;
  const point = all.length - rest.length - 2;
  return `${sign}${all.slice(0, point).replace(/^0+(?=\d)/, "")}.${all.slice(point)}`;
}

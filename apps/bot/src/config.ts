// What a person wants of `bot start`: flags over environment over file over defaults, checked, every complaint by its name.
import { accessSync, constants, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { BpError } from "@bp/core";
import * as z from "zod";
import { languageOf } from "./language.ts";
import { fromHere } from "./paths.ts";

const text = z.union([z.string(), z.number()]).transform(String);
const isPlain = (value: string) => /^-?\d+(\.\d+)?$/.test(value);
const number = (check: (value: number) => boolean, expected: string) =>
  text.refine((value) => isPlain(value) && check(Number(value)), { error: expected }).transform(Number);
const positive = number((value) => value > 0, "a number above 0");
const whole = (low: number, high: number) =>
  number((value) => Number.isInteger(value) && value >= low && value <= high, `a whole number from ${low} to ${high}`);
const amount = text.refine(isPlain, { error: "a plain decimal such as 0.5" });
const address = (protocols: string, ...schemes: readonly string[]) =>
  z.string().refine((value) => schemes.includes(URL.parse(value)?.protocol ?? ""), {
    error: `an address that begins with ${protocols}`,
  });

/** All keys, in the words of the flags without their dashes: `--max-orders` is `maxOrders` in a file. */
const schema = z.strictObject({
  sandbox: z.boolean().optional(),
  paper: z.boolean().optional(),
  live: z.boolean().optional(),
  memory: z.boolean().optional(),
  yes: z.boolean().optional(),
  rest: address("http:// or https://", "http:", "https:").optional(),
  ws: address("ws:// or wss://", "ws:", "wss:").optional(),
  wsProxy: address("http://", "http:").optional(),
  account: z.string().optional(),
  exchange: z.enum(["backpack"]).optional(),
  marketType: z.enum(["spot", "perp"]).optional(),
  symbol: z.string().min(1).optional(),
  spread: amount.optional(),
  quantity: amount.optional(),
  maxOrders: whole(1, 100).optional(),
  interval: positive.optional(),
  duration: positive.optional(),
  targetPosition: amount.optional(),
  maxPosition: amount.optional(),
  positionThreshold: amount.optional(),
  inventorySkew: amount.optional(),
  stopLoss: amount.optional(),
  takeProfit: amount.optional(),
  coolDown: number((value) => value >= 0, "a number of seconds, 0 or more").optional(),
  fair: z.enum(["mid", "microprice"]).optional(),
  enableRebalance: z.boolean().optional(),
  disableRebalance: z.boolean().optional(),
  baseAssetTarget: number((value) => value >= 0 && value <= 100, "a percentage from 0 to 100").optional(),
  rebalanceThreshold: positive.optional(),
  dailyLoss: positive.optional(),
  maxDrawdown: positive.optional(),
  allowNegativeEdge: z.boolean().optional(),
  existing: z.enum(["refuse", "adopt", "ignore"]).optional(),
  market: z.string().optional(),
  seed: whole(0, 4_294_967_295).optional(),
  speed: number((value) => value > 0 && value <= 1_000, "a number above 0, at most 1000").optional(),
  json: z.boolean().optional(),
  summary: z.string().optional(),
  journal: z.string().optional(),
  resume: z.boolean().optional(),
  lang: z.enum(["en", "zh"]).optional(),
  enableDb: z.boolean().optional(),
  disableDb: z.boolean().optional(),
  apiKey: z.string().optional(),
  secretKey: z.string().optional(),
});

type Given = z.output<typeof schema>;

/** A checked configuration of `bot start`. */
export interface StartConfig {
  readonly place: "sandbox" | "paper" | "live" | "memory";
  /** Started without saying what to trade: the demo. */
  readonly demo: boolean;
  readonly given: Given;
  /** `undefined`: the market of the recording that is played. */
  readonly symbol: string | undefined;
  /** Parameters of the maker in its own words, without the instrument. */
  readonly maker: Readonly<Record<string, unknown>>;
  /** Seconds of the clock; `undefined`: until it is stopped. */
  readonly durationSeconds: number | undefined;
  readonly intervalSeconds: number;
  readonly seed: number;
  readonly speed: number;
  readonly lang: "en" | "zh";
  /** What a person should know about how this was read. */
  readonly notices: readonly string[];
}

/** What the demo trades: near enough to the touch that something happens, wide enough that it can earn. */
const demo = {
  symbol: "SOL_USDC_PERP",
  spread: "0.24",
  quantity: "0.5",
  maxOrders: 3,
  interval: 3,
  maxPosition: "6",
  positionThreshold: "5",
  inventorySkew: "0.5",
  stopLoss: "25",
  takeProfit: "50",
} as const;

/** What it trades on a recording, which may be of any market: sized by the funds, and without moving them about first. */
const recorded = { spread: "0.2", maxOrders: 3, interval: 5, disableRebalance: true } as const;

/** What limits and leans a position: a wallet of coins has none of it. */
const perpOnly = [
  "targetPosition",
  "maxPosition",
  "positionThreshold",
  "inventorySkew",
  "stopLoss",
  "takeProfit",
  "coolDown",
] as const;

/**
 * Reads the configuration.
 *
 * @param file - YAML or JSON, or `undefined`
 * @param flags - as the command line gives them, keys in camelCase
 * @throws BpError `config/*`, with the key, what was found, what is allowed
 */
export async function readConfig(
  file: string | undefined,
  flags: Readonly<Record<string, unknown>>,
): Promise<StartConfig> {
  const fromFile = file === undefined ? {} : check(await readFile(file), (key) => `${file}: ${key}`);
  const fromFlags = check(flags, flagOf);
  const given: Given = { ...fromFile, ...fromFlags };
  const notices: string[] = [];

  const places = (["sandbox", "paper", "live", "memory"] as const).filter((each) => given[each] === true);
  if (places.length > 1)
    throw new BpError("config/conflict", {
      what: `--${places.join(" and --")} together`,
      hint: "choose one place to trade",
    });
  const place = places[0] ?? "sandbox";
  if (place === "memory" && given.market !== undefined)
    throw new BpError("config/conflict", {
      what: "--memory with --market",
      hint: "a recording is played over sockets: leave --memory out, and say --speed 100 to be quick",
    });
  if (given.summary !== undefined) checkFolder("--summary", given.summary);
  const isDemo = given.symbol === undefined;
  if (isDemo && (place === "live" || place === "paper"))
    throw new BpError("config/invalid", {
      path: "--symbol",
      found: "nothing",
      expected: "a market, for example SOL_USDC_PERP",
    });
  if (!isDemo && given.spread === undefined)
    throw new BpError("config/invalid", {
      path: "--spread",
      found: "nothing",
      expected: "the full width in percent, for example 0.5",
    });
  const wish: Given = isDemo ? { ...(given.market === undefined ? demo : recorded), ...given } : given;

  const { symbol } = wish;
  const perp = symbol?.endsWith("_PERP") === true;
  const marketType = perp ? "perp" : "spot";
  if (wish.marketType !== undefined && wish.marketType !== marketType && symbol !== undefined)
    throw new BpError("config/conflict", {
      what: `--market-type ${wish.marketType} with --symbol ${symbol}`,
      hint: perp ? "say --market-type perp" : `did you mean ${symbol}_PERP, or --market-type spot?`,
    });
  if (wish.enableRebalance === true && wish.disableRebalance === true)
    throw new BpError("config/conflict", {
      what: "--enable-rebalance and --disable-rebalance together",
      hint: "choose one",
    });
  if (marketType === "perp" && (wish.enableRebalance === true || wish.baseAssetTarget !== undefined))
    notices.push("rebalancing is for spot markets: ignored on a perpetual");
  const idle = perpOnly.filter((key) => wish[key] !== undefined).map(flagOf);
  if (marketType === "spot" && symbol !== undefined && idle.length > 0)
    notices.push(`ignored on a spot market: ${idle.join(", ")}`);
  if (marketType === "perp" && wish.targetPosition === undefined && !isDemo)
    notices.push("--target-position left out: 0");
  if (fromFlags.apiKey !== undefined || fromFlags.secretKey !== undefined)
    notices.push(
      "keys on the command line can be read by every program on this machine: use BACKPACK_KEY and BACKPACK_SECRET",
    );
  if (fromFile.apiKey !== undefined || fromFile.secretKey !== undefined)
    notices.push(
      `keys stand in ${file}, where a copy or a commit takes them along: use BACKPACK_KEY and BACKPACK_SECRET`,
    );
  if (wish.enableDb === true && wish.disableDb === true) notices.push("--disable-db wins over --enable-db");

  const intervalSeconds = wish.interval ?? 60;
  return {
    place,
    demo: isDemo,
    given: wish,
    symbol,
    maker: maker(wish, marketType, intervalSeconds),
    durationSeconds: wish.duration ?? (isDemo ? undefined : 3_600),
    intervalSeconds,
    seed: wish.seed ?? 1,
    speed: wish.speed ?? 1,
    lang: languageOf(wish.lang),
    notices,
  };
}

function maker(wish: Given, marketType: "spot" | "perp", intervalSeconds: number): Readonly<Record<string, unknown>> {
  const spot = marketType === "spot";
  const all = {
    spreadPct: wish.spread,
    quantity: wish.quantity,
    maxOrders: wish.maxOrders,
    intervalMs: Math.max(1, Math.round(intervalSeconds * 1_000)),
    targetPosition: wish.targetPosition,
    maxPosition: wish.maxPosition,
    positionThreshold: wish.positionThreshold,
    inventorySkew: wish.inventorySkew,
    stopLoss: wish.stopLoss,
    takeProfit: wish.takeProfit,
    coolDownMs: wish.coolDown === undefined ? undefined : Math.round(wish.coolDown * 1_000),
    fair: wish.fair,
    rebalance: spot
      ? {
          enabled: wish.disableRebalance !== true,
          ...(wish.baseAssetTarget === undefined ? {} : { baseTargetPct: wish.baseAssetTarget }),
          ...(wish.rebalanceThreshold === undefined ? {} : { thresholdPct: wish.rebalanceThreshold }),
        }
      : { enabled: false },
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** A file that is written at the end is no use if its folder turns out to be missing then. */
function checkFolder(path: string, file: string): void {
  const folder = dirname(fromHere(file));
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new BpError("config/invalid", {
      path,
      found: JSON.stringify(file),
      expected: `a file in a folder that can be written; ${folder} cannot`,
    });
  }
}

async function readFile(file: string): Promise<Record<string, unknown>> {
  const { parse } = await import("yaml"); // 10 MB of memory that a run without a file need not carry
  let content: string;
  try {
    content = readFileSync(fromHere(file), "utf8");
  } catch (error) {
    throw new BpError("config/unreadable", { file, why: why(error) }, { cause: error });
  }
  let read: unknown;
  try {
    read = parse(content);
  } catch (error) {
    throw new BpError(
      "config/unreadable",
      { file, why: `it is neither YAML nor JSON: ${why(error).split("\n")[0] ?? ""}` },
      { cause: error },
    );
  }
  if (typeof read !== "object" || read === null || Array.isArray(read))
    throw new BpError("config/unreadable", { file, why: "it holds no keys and values" });
  return Object.fromEntries(Object.entries(read).map(([key, value]) => [camel(key), value]));
}

const flagOf = (key: string) => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
const camel = (key: string) => key.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
const why = (error: unknown) => (error instanceof Error ? error.message : String(error));

function check(input: Readonly<Record<string, unknown>>, name: (key: string) => string): Given {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue === undefined) throw result.error;
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0] ?? "";
    const near = Object.keys(schema.shape).filter((known) => similar(known, key));
    throw new BpError("config/invalid", {
      path: name(key),
      found: "an unknown key",
      expected: "one that --help shows",
      ...(near.length > 0 ? { hint: `did you mean ${near.join(" or ")}?` } : {}),
    });
  }
  const key = String(issue.path[0] ?? "");
  const secret = key === "apiKey" || key === "secretKey" || key === "wsProxy";
  const found = secret ? "a value that is not shown" : JSON.stringify(input[key]);
  throw new BpError("config/invalid", { path: name(key), found, expected: issue.message });
}

/** Whether two names differ by little: the same letters at the start, or one inside the other. */
function similar(known: string, found: string): boolean {
  const a = known.toLowerCase();
  const b = found.toLowerCase();
  return b.length > 2 && (a.includes(b) || b.includes(a) || a.slice(0, 5) === b.slice(0, 5));
}

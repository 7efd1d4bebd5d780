// The flags of `bot start`, all of S2's among them, checked; the same words serve as keys of a flat file.
import * as z from "zod";
import { didYouMean, invalid, keyShown, nearest, shown, unseen, wordOf } from "./complaint.ts";

const text = z.union([z.string(), z.number()]).transform(String);
const isPlain = (value: string) => /^-?\d+(\.\d+)?$/.test(value);
const number = (check: (value: number) => boolean, expected: string) =>
  text.refine((value) => isPlain(value) && check(Number(value)), { error: expected }).transform(Number);
const positive = number((value) => value > 0, "a number above 0");
const whole = (low: number, high: number) =>
  number((value) => Number.isInteger(value) && value >= low && value <= high, `a whole number from ${low} to ${high}`);
const amount = text.refine(isPlain, { error: "a plain decimal such as 0.5" });
const address = (protocols: string, ...schemes: readonly string[]) =>
  z.string().refine((value) => !/\s/.test(value) && schemes.includes(URL.parse(value)?.protocol ?? ""), {
    error: `an address that begins with ${protocols}`,
  });
const names = z.union([z.string(), z.array(z.string())]).transform((value) =>
  [value]
    .flat()
    .flatMap((each) => each.split(","))
    .map((each) => each.trim())
    .filter((each) => each !== ""),
);

/** What the maker alone understands. */
const makerFlags = {
  exchange: z.enum(["backpack", "aster"]).optional(),
  marketType: z.enum(["spot", "perp"]).optional(),
  symbol: z.string().min(1).optional(),
  spread: amount.optional(),
  quantity: amount.optional(),
  maxOrders: whole(1, 100).optional(),
  interval: positive.optional(),
  targetPosition: amount.optional(),
  maxPosition: amount.optional(),
  positionThreshold: amount.optional(),
  inventorySkew: amount.optional(),
  stopLoss: amount.optional(),
  takeProfit: amount.optional(),
  coolDown: number((value) => value >= 0, "a number of seconds, 0 or more").optional(),
  fair: z.string().optional(),
  enableRebalance: z.boolean().optional(),
  disableRebalance: z.boolean().optional(),
  baseAssetTarget: number((value) => value >= 0 && value <= 100, "a percentage from 0 to 100").optional(),
  rebalanceThreshold: positive.optional(),
};

/** All keys, in the words of the flags without their dashes: `--max-orders` is `maxOrders` in a file. */
const schema = z.strictObject({
  ...makerFlags,
  sandbox: z.boolean().optional(),
  paper: z.boolean().optional(),
  live: z.boolean().optional(),
  memory: z.boolean().optional(),
  yes: z.boolean().optional(),
  rest: address("http:// or https://", "http:", "https:").optional(),
  ws: address("ws:// or wss://", "ws:", "wss:").optional(),
  wsProxy: address("http://", "http:").optional(),
  allowHost: names.optional(),
  account: z.string().optional(),
  duration: positive.optional(),
  dailyLoss: positive.optional(),
  maxDrawdown: positive.optional(),
  allowNegativeEdge: z.boolean().optional(),
  allowWithdrawKey: z.boolean().optional(),
  existing: z.enum(["refuse", "adopt", "ignore", "flatten"]).optional(),
  consent: names.optional(),
  market: z.string().optional(),
  seed: whole(0, 4_294_967_295).optional(),
  speed: number((value) => value > 0 && value <= 1_000, "a number above 0, at most 1000").optional(),
  json: z.boolean().optional(),
  summary: z.string().optional(),
  journal: z.string().optional(),
  store: z.string().optional(),
  resume: z.boolean().optional(),
  lang: z.enum(["en", "zh"]).optional(),
  enableDb: z.boolean().optional(),
  disableDb: z.boolean().optional(),
  apiKey: z.string().optional(),
  secretKey: z.string().optional(),
});

/** Checked flags. */
export type Flags = z.output<typeof schema>;
/** The name of a flag, without dashes. */
export type FlagName = keyof Flags;

/** Whether a flag is the maker's: what to trade and how. The rest is of any run. */
export const isMakers = (name: string): boolean => Object.hasOwn(makerFlags, name);

/** Whether a key of a file is a flag without its dashes. */
export const isFlag = (name: string): boolean => Object.hasOwn(schema.shape, name);

/** As it is typed: `maxOrders` is `--max-orders`. */
export const flagOf = (name: string): string =>
  name === "resume" ? "--no-resume" : `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** As it is kept: `max-orders` is `maxOrders`. */
export const camelOf = (name: string): string =>
  name.replace(/^-+/, "").replace(/[-_]([a-z])/g, (_, letter: string) => letter.toUpperCase());

const hidden: ReadonlySet<string> = new Set(["apiKey", "secretKey", "wsProxy", "store"]);

/** Whether the value of a flag is kept from view. */
export const isHidden = (name: string): boolean => hidden.has(name);

/**
 * Checks flags, or a file that speaks their words.
 *
 * @param nameOf - how a key is called in complaints
 * @throws BpError `config/invalid` for the first that cannot be
 */
export function checkFlags(input: Readonly<Record<string, unknown>>, nameOf: (key: string) => string): Flags {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue === undefined) throw result.error;
  const known = Object.keys(schema.shape);
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0] ?? "";
    throw invalid(nameOf(keyShown(key)), "an unknown key", "one that --help shows", didYouMean(key, known));
  }
  const key = String(issue.path[0] ?? "");
  const found = isHidden(key) ? unseen : shown(input[key]);
  const near = issue.code === "invalid_value" ? nearest(wordOf(input[key]), issue.values.map(String)) : [];
  const expected = issue.code === "invalid_value" ? `one of ${issue.values.join(", ")}` : issue.message;
  throw invalid(nameOf(key), found, expected, near.length === 0 ? undefined : `did you mean ${near.join(" or ")}?`);
}

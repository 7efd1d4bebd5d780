// Our own format: one file for all strategies. Also published as JSON Schema, for editors.
import * as z from "zod";
import { sweepSchema } from "../../sweep/schema.ts";

const decimal = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((text) => /^\d+(\.\d+)?$/.test(text), { error: "a plain decimal such as 0.5" })
  .describe("a decimal, as text or as a plain number");
const instrument = z
  .string()
  .regex(/^[a-z][a-z0-9-]*:[^:\s]+$/, { error: "venue:symbol, for example backpack:SOL_USDC_PERP" })
  .describe("venue:symbol, as the venue spells it");
const url = (schemes: string) => z.string().describe(`an address, ${schemes}`);

const variable = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/, { error: "the name of a variable, for example BACKPACK_SECRET" });
const secretRef = z
  .union([
    z.strictObject({ env: variable.describe("name of an environment variable") }),
    z.strictObject({ file: z.string().min(1).describe("a file that only its owner may read (chmod 600)") }),
    z.strictObject({
      keyring: z
        .string()
        .regex(/^[\w.@-]{1,60}$/)
        .describe("account of an entry of the service bp-bot in the system's keyring"),
    }),
  ])
  .describe("where the secret is; never the secret itself");

const account = z
  .strictObject({
    key: secretRef.optional().describe("API key; left out: the environment (BACKPACK_KEY, ASTER_API_KEY)"),
    secret: secretRef.optional().describe("API secret; left out: the environment (BACKPACK_SECRET, ASTER_SECRET_KEY)"),
    agent: z
      .strictObject({
        user: z.string().optional().describe("address of the main wallet"),
        signer: z.string().describe("address of the agent"),
        privateKey: secretRef,
      })
      .optional()
      .describe("Aster V3: an agent instead of key and secret"),
    restUrl: url("https://").optional(),
    wsUrl: url("wss://").optional(),
    proxy: z
      .union([z.string(), secretRef])
      .optional()
      .describe("http://host:port, or where an address with a password is kept"),
    windowMs: z.int().min(1).max(60_000).optional().describe("how long a signed request is good, ms"),
    sandboxAccount: z.string().min(1).optional().describe("name of a test account of the sandbox"),
  })
  .describe("one account at one venue");

const strategy = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,30}$/i, { error: "letters, digits and dashes" })
    .optional()
    .describe("unique in the run; default: the strategy's own name"),
  use: z.string().describe("a strategy: single, dual-hedge, ladder, maker, hedge, grid, sell-off"),
  params: z.record(z.string(), z.unknown()).default({}).describe("in the words of the strategy"),
});

const above0 = decimal.refine((text) => /[1-9]/.test(text), { error: "above 0" });
const percent = above0.describe("in percent: 5 is 5 %");
const wait = z.int().min(1);
const byMarket = <T extends z.ZodType>(value: T) => z.union([value, z.record(instrument, value)]);

const limits = z
  .strictObject({
    maxPosition: byMarket(decimal)
      .optional()
      .describe("base, of each market or by market; the worst case of position and orders on each side"),
    maxOpenOrders: z.int().min(1).optional(),
    priceBand: z.number().gt(0).lt(1).optional().describe("a fraction around the middle in which prices may lie"),
    staleMs: z.int().min(1).optional().describe("a book older than this is not traded on"),
    rate: z
      .strictObject({ orders: z.int().min(1), windowMs: z.int().min(1) })
      .optional()
      .describe("orders in a time"),
    maxOrderNotional: above0.optional().describe("quote; the most that one order may be worth"),
    maxNotional: above0.optional().describe("quote; the most that everything together may be worth in the worst case"),
    maxLossPct: percent.optional().describe("percent of the equity at the start; halts when so much is lost"),
    maxLoss: above0.optional().describe("quote; halts when so much is lost since the start"),
    dailyLoss: decimal.optional().describe("quote; halts when the day has lost this much"),
    dailyLimit: above0.optional().describe("quote; a day that has realized such a loss begins nothing new"),
    maxDrawdown: decimal.optional().describe("quote; halts this far below the best profit"),
    maxUnexplained: above0
      .optional()
      .describe("quote; halts when a balance has changed by more than nothing explains: a deposit is no explanation"),
    sizeFactors: z
      .array(
        z.strictObject({
          name: z.string().min(1),
          downPct: percent,
          factor: decimal.refine((text) => Number(text) <= 1, { error: "0 to 1" }),
        }),
      )
      .optional()
      .describe("so far below the highest equity, in percent, new orders are this share of their size"),
    pairs: z
      .array(z.tuple([instrument, instrument]))
      .optional()
      .describe("markets that hedge each other"),
    maxNakedMs: wait.optional().describe("a pair that is unhedged for longer is not added to"),
    nakedHaltMs: wait.optional().describe("a pair that is unhedged for longer halts; beside maxNakedMs"),
    maxNakedBase: decimal.optional().describe("base; so much unhedged does not count"),
    maxNakedNotional: decimal.optional().describe("quote; so much unhedged does not count"),
    fundingWindowMs: wait.optional().describe("so long before funding is paid nothing new is begun"),
    leverage: byMarket(z.number().gt(0)).optional().describe("what is set at the venue, for counting margin"),
    minMarginRatio: z.number().gt(0).optional().describe("equity over initial margin at least"),
    maxLeverage: z.number().gt(0).optional().describe("what perpetuals are worth over the equity at most"),
    liquidationPct: z.number().gt(0).optional().describe("nearer to liquidation, in percent, nothing adds"),
    liquidationHaltPct: z.number().gt(0).optional().describe("nearer than this it halts; beside liquidationPct"),
  })
  .describe("what no strategy may do, whatever it wishes");

const prepare = z
  .strictObject({
    leverage: z.record(instrument, z.int().min(1).max(200)).optional().describe("set before the first order"),
    allowLeverageForAll: z.boolean().optional().describe("also when positions in other markets are touched"),
    clearOrders: z.array(instrument).optional().describe("markets whose resting orders are all cancelled, yours too"),
    sellOff: z
      .strictObject({
        venue: z.string(),
        minValue: decimal,
        consent: z.array(z.string()).default([]).describe("the coins that may be sold"),
      })
      .optional()
      .describe("sells coins of yours before the start"),
  })
  .describe("what is done to the accounts before the first order");

const run = z
  .strictObject({
    place: z.enum(["sandbox", "paper", "live", "memory"]).optional().describe("live needs --live too"),
    duration: z.number().gt(0).optional().describe("seconds; left out: until it is stopped"),
    existing: z
      .enum(["refuse", "adopt", "ignore", "flatten"])
      .optional()
      .describe("a position at the start that is not ours"),
    allowNegativeEdge: z.boolean().optional().describe("trade although it must lose after fees"),
    journal: z.string().min(1).optional(),
    store: secretRef.optional().describe("a PostgreSQL database for a copy of the journal: where its address is kept"),
    journalSync: z
      .enum(["normal", "full"])
      .optional()
      .describe("full: each order waits until the journal is on the disk, so that it also survives a power cut"),
    journalSlow: z
      .number()
      .min(0.05)
      .max(60)
      .optional()
      .describe("a write to the journal that takes longer stops quoting, seconds; default: 2"),
    resume: z.boolean().optional().describe("go on with a run that was cut off; default: true"),
    database: z.boolean().optional().describe("show totals of earlier runs too; default: true"),
    summary: z.string().min(1).optional().describe("write the summary of the run into this file"),
    killFile: z.string().min(1).optional().describe("a file whose presence kills: see docs/watchdog.md"),
    lang: z.enum(["en", "zh"]).optional(),
    screen: z.number().gt(0).optional().describe("how often the screen is shown, seconds"),
    json: z.boolean().optional(),
    seed: z.int().min(0).max(4_294_967_295).optional().describe("of the sandbox's market"),
    speed: z.number().gt(0).max(1_000).optional().describe("seconds of the sandbox's market in a second"),
    market: z.string().min(1).optional().describe("a recording for the sandbox"),
  })
  .describe("where and how long it runs");

const logs = z
  .strictObject({
    folder: z.string().default("logs"),
    file: z.string().default("bot_{date}.log").describe("{date} stands for the day"),
    errorFile: z.string().optional().describe("warnings and errors once more"),
    level: z.enum(["debug", "info", "warn", "error"]).default("info"),
    maxBytes: z.int().min(1_000).optional().describe("rolls over at this size"),
    keep: z.int().min(1).default(10).describe("files that are kept"),
  })
  .describe("log files");

/** A file of our own format. */
export const ownSchema = z
  .strictObject({
    $schema: z.string().optional(),
    system: z
      .enum(["single", "dual-hedge", "ladder", "maker", "hedge", "grid", "own"])
      .optional()
      .describe("whose words the screens speak; default: the strategy's if there is one, else ours"),
    accounts: z
      .record(
        z.string().regex(/^(backpack|aster-futures|aster-spot)(-\d+)?$/, {
          error: "backpack, backpack-2, aster-futures or aster-spot",
        }),
        account,
      )
      .optional()
      .describe("by venue: backpack, backpack-2, aster-futures, aster-spot"),
    strategies: z.array(strategy).min(1),
    limits: limits.optional(),
    prepare: prepare.optional(),
    run: run.optional(),
    logs: logs.optional(),
    sweep: sweepSchema.optional().describe("what bot sweep tries; everything else leaves it alone"),
    allowHosts: z
      .array(z.string())
      .optional()
      .describe("hosts that may see your keys although they are not the venue's own"),
  })
  .describe("A configuration of the bot");

/** A checked file of our own format. */
export type OwnFile = z.output<typeof ownSchema>;

/** The same as JSON Schema, with the parameters of each strategy. */
export function jsonSchemaOf(strategies: Readonly<Record<string, z.ZodType>>): Readonly<Record<string, unknown>> {
  const known = Object.entries(strategies).map(([use, params]) =>
    z.strictObject({ ...strategy.shape, use: z.literal(use), params }),
  );
  const [first, ...others] = known;
  const whole =
    first === undefined ? ownSchema : ownSchema.extend({ strategies: z.array(z.union([first, ...others])).min(1) });
  const schema = z.toJSONSchema(whole, { io: "input", unrepresentable: "any" });
  return { ...schema, title: "Configuration of the bot" };
}

// What is said about a run that is simulated again.
import { queueModelOf } from "../backtest/options.ts";
import { invalid } from "../config/complaint.ts";

/** Checked options. */
export interface ResimFlags {
  /** Recordings that stand for the market; none: the journal's own data. */
  readonly files: readonly string[];
  /** Recorded symbol -> market of the run. */
  readonly casts: ReadonlyMap<string, string>;
  readonly queue: string | undefined;
  /** `own`: each order as late as it really was. */
  readonly upMs: number | "own" | undefined;
}

/** Reads them. @throws BpError `config/invalid` naming the option, what was found and what is allowed */
export function resimFlags(flags: Readonly<Record<string, unknown>>): ResimFlags {
  const { queueModel, latency } = flags;
  const queue = queueModel === undefined ? undefined : queueModelOf(queueModel);
  const upMs = latency === "own" ? latency : typeof latency === "string" ? Number(latency) : undefined;
  if (upMs !== undefined && upMs !== "own" && !(upMs >= 0 && upMs <= 600_000))
    throw invalid(
      "--latency",
      JSON.stringify(latency),
      "ms from a decision until the venue has it, 0 to 600000, or own: as it was, order by order",
    );
  const casts = new Map<string, string>();
  for (const each of listOf(flags["as"]).flatMap((text) => text.split(","))) {
    const [, symbol, market] = /^([^=]+)=([^=:]+:[^=:]+)$/.exec(each.trim()) ?? [];
    if (symbol === undefined || market === undefined)
      throw invalid("--as", JSON.stringify(each), "RECORDED=venue:SYMBOL, for example SOLUSDC=backpack:SOL_USDC_PERP");
    casts.set(symbol, market);
  }
  return { files: listOf(flags["data"]), casts, queue, upMs };
}

const listOf = (value: unknown): readonly string[] =>
  [value ?? []]
    .flat()
    .map(String)
    .filter((each) => each !== "");

// Whether parameters make sense by themselves, and on their markets at the prices of now.
import { type Instrument, type InstrumentId, isBpError, priceToBig } from "@bp/core";
import type { Finding } from "@bp/strategies";
import { findingsOf, isAllowed } from "../checks.ts";
import type { StrategyConfig } from "../config/botConfig.ts";
import { checkParams } from "../config/params.ts";
import { checkMaker } from "../recipe.ts";
import { sizeConflicts } from "../sizes.ts";
import type { ChangeTerms } from "./terms.ts";

/** Why a change cannot be. */
export interface Refused {
  /** The parameter, or the path to it. */
  readonly key?: string;
  /** What was found and what is allowed, in plain words. */
  readonly why: string;
  /** What to do. */
  readonly hint: string;
}

/** What the schema of a strategy has against parameters. */
export function schemaRefusal(strategy: StrategyConfig): Refused | undefined {
  return caught(() => checkParams(strategy, "use", (path) => path.join(".")));
}

/**
 * What the market has against them: sizes that it does not trade, and what the strategy's own checks find. What they find
 * without the change too does not stand in its way: it is a warning.
 */
export function fitsMarket(
  { engine, instruments, config }: ChangeTerms,
  asked: StrategyConfig,
  now: StrategyConfig,
): { readonly refused: Refused | undefined; readonly warnings: readonly string[] } {
  const own = asked.use === "maker" ? caught(() => checkMaker(asked, instruments)) : undefined;
  if (own !== undefined) return { refused: keyOf(own), warnings: [] };
  const mids = new Map(
    instruments.flatMap((each): readonly (readonly [InstrumentId, string])[] => {
      const mid = midOf(each, engine);
      return mid === undefined ? [] : [[each.id, mid]];
    }),
  );
  const before = new Set(findingsOf(now, instruments, mids).map(({ code }) => code));
  const findings = findingsOf(asked, instruments, mids);
  const stands = ({ level, code }: Finding) =>
    level === "refuse" && !before.has(code) && !isAllowed({ level, code, say: "" }, config);
  const refusing = findings.find(stands);
  const looksItself = asked.use === "maker" || asked.use === "hedge"; // their own checks look at sizes too
  const [small] = looksItself ? [] : sizeConflicts(asked, instruments, mids);
  const warnings = findings.filter((each) => !stands(each)).map(({ say }) => say);
  if (refusing !== undefined) return { refused: { why: refusing.say, hint: "nothing has changed" }, warnings };
  if (small === undefined || !isBpError(small, "config/conflict")) return { refused: undefined, warnings };
  return { refused: { why: small.context.what, hint: small.context.hint }, warnings };
}

/** Quote per base, decimal text. */
function midOf(instrument: Instrument, { view }: ChangeTerms["engine"]): string | undefined {
  const { bid, ask } = view.book(instrument.id);
  if (bid === undefined || ask === undefined) return undefined;
  return priceToBig(instrument, bid[0]).plus(priceToBig(instrument, ask[0])).div(2).toFixed();
}

/** Complaints of the maker's sizes name flags. */
function keyOf(refused: Refused): Refused {
  const key = refused.key === "--quantity" ? "quantity" : refused.key === "--max-position" ? "maxPosition" : undefined;
  return key === undefined ? refused : { ...refused, key };
}

/** @throws what is no complaint about a value */
function caught(check: () => unknown): Refused | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (!isBpError(error, "config/invalid")) throw error;
    const { path, found, expected, hint } = error.context;
    return { key: path, why: `found ${found}, expected ${expected}`, hint: hint ?? "nothing has changed" };
  }
}

// What is tortured: a configuration, with exchanges in memory around it and its promises in plain figures.
import { exchangeOf, type Instrument, type InstrumentId, symbolOf, type VenueId, venueOf } from "@bp/core";
import type { Bounds, NakedBound, Subject } from "@bp/torture";
import { tradesAsterCoin } from "../asterCoin.ts";
import { type BotConfig, proxyOf, readBotConfig, secretOf } from "../config/index.ts";
import type { Limits } from "../limits.ts";
import { recipeOf } from "../recipe.ts";
import { sandboxNames } from "../stage/doors.ts";
import { listed } from "../stage/memory.ts";
import { engineOf, type Recipe } from "../wire-up.ts";

/** First prices, near those of the sandbox. */
const prices = { SOL: 150, BTC: 60_000, ETH: 2_500, ASTER: 1.72 } as const;
/** What each account begins with. */
const balances = { USDC: "100000", USDT: "100000", SOL: "500", BTC: "2", ETH: "30", ASTER: "50000" } as const;

/**
 * The subject of a file, or of flags alone. Secrets that are there (in the file, the environment, the keyring) are what must
 * never be seen; nothing is asked for that is not.
 *
 * @throws BpError `config/*` as a start of it does
 */
export async function subjectOfFile(
  file: string | undefined,
  flags: Readonly<Record<string, unknown>>,
): Promise<Subject> {
  const config = await readBotConfig({ file, flags: { ...flags, memory: true } });
  const real = await realOf(file, flags);
  const subject = subjectOf(config, real === undefined ? [] : secretsOf(real));
  return { ...subject, said: [...subject.said, JSON.stringify(real ?? {})] };
}

/** The same as it would be with real money: only then it has keys. `undefined` where they are not there. */
async function realOf(
  file: string | undefined,
  flags: Readonly<Record<string, unknown>>,
): Promise<BotConfig | undefined> {
  try {
    return await readBotConfig({ file, flags: { ...flags, live: true } });
  } catch {
    return undefined; // a start with real money would say why
  }
}

/** Every secret of a configuration that can be had. */
function secretsOf({ accounts }: BotConfig): readonly string[] {
  return Object.values(accounts).flatMap((account) => {
    const refs = [account.key, account.secret, account.agent?.privateKey];
    const found = refs.flatMap((ref) => {
      if (ref === undefined || "keyring" in ref) return []; // a keyring may ask the person
      try {
        return [secretOf(ref).reveal()];
      } catch {
        return []; // it is not there: nothing to be seen
      }
    });
    const proxy = account.proxySecret === undefined ? undefined : proxyOf(account);
    return [...found, ...(proxy === undefined ? [] : [proxy])].filter((each) => each.length >= shortest);
  });
}

/** What is shorter is a placeholder, and stands everywhere. */
const shortest = 12;

/**
 * The subject of a configuration.
 *
 * @param secrets - what must never be seen
 * @throws BpError `config/*` as a start of it does
 */
function subjectOf(config: BotConfig, secrets: readonly string[]): Subject {
  const venues = Object.keys(config.accounts);
  const names = new Set(venues.map(exchangeOf));
  const wantsAster = tradesAsterCoin(config.strategies);
  const exchanges = [...names].map((name) => ({ name, instruments: listed(name, wantsAster || names.size > 1) }));
  const known = venues.flatMap((venue) => marketsOf(venue, exchanges));
  const { recipe, instruments } = recipeOf(config, known);
  const used = new Set(instruments.map(({ id }) => `${exchangeOf(venueOf(id))}:${symbolOf(id)}`));
  const logins = sandboxNames(config.accounts);
  return {
    instruments,
    // Markets that nobody trades would only cost time.
    exchanges: exchanges.map(({ name, instruments: all }) => ({
      name,
      instruments: all.filter(({ id }) => used.has(id)),
    })),
    accounts: venues.map((venue) => ({ venue, name: logins.get(venue) ?? venue, balances })),
    prices,
    engine: () => engineOf(recipe, instruments, 1),
    bounds: boundsOf(recipe, instruments),
    existing: recipe.existing === "ignore" ? "ignore" : "adopt",
    said: [JSON.stringify(recipe), JSON.stringify(config), ...config.notices],
    secrets,
  };
}

/** All markets of an exchange as an account sees them. */
function marketsOf(
  venue: VenueId,
  exchanges: readonly { readonly name: string; readonly instruments: readonly Instrument[] }[],
): readonly Instrument[] {
  const found = exchanges.find(({ name }) => name === exchangeOf(venue));
  return (found?.instruments ?? []).map((each) => ({ ...each, id: `${venue}:${symbolOf(each.id)}` as const }));
}

function boundsOf(recipe: Recipe, instruments: readonly Instrument[]): Bounds {
  const { limits } = recipe;
  const { priceBand, maxPosition, maxMarketNotional = {} } = limits;
  const each = <T>(value: (id: InstrumentId) => T | undefined) =>
    Object.fromEntries(
      instruments.flatMap(({ id }) => {
        const found = value(id);
        return found === undefined ? [] : [[id, found] as const];
      }),
    );
  return {
    staleMs: limits.staleMs,
    priceBand: each((id) => (typeof priceBand === "number" ? priceBand : priceBand[id])),
    maxPosition: each((id) => (typeof maxPosition === "string" ? maxPosition : maxPosition?.[id])),
    maxMarketNotional: each((id) => (maxMarketNotional[id] === undefined ? undefined : Number(maxMarketNotional[id]))),
    maxOrderNotional: limits.maxOrderNotional === undefined ? undefined : Number(limits.maxOrderNotional),
    maxLeverage: limits.maxLeverage,
    rate: limits.rate,
    naked: nakedOf(recipe, limits),
    graceMs: recipe.graceMs,
    askEveryMs: recipe.askEveryMs,
  };
}

/** Pairs that should be hedged: at most one leg may ever be naked. */
function nakedOf({ strategies }: Recipe, limits: Limits): readonly NakedBound[] {
  const { pairs = [], maxNakedMs, nakedHaltMs, maxNakedBase, maxNakedNotional } = limits;
  if (maxNakedMs === undefined) return [];
  return pairs.map((pair): NakedBound => {
    const price = prices[baseOf(pair[0])] ?? 100;
    const least = maxNakedBase === undefined ? Number(maxNakedNotional ?? 12) : Number(maxNakedBase) * price;
    const leg = strategies.flatMap(({ params }) => {
      if (!JSON.stringify(params).includes(pair[0])) return [];
      const { quantity, amount } = params;
      return quantity === undefined ? (amount === undefined ? [] : [Number(amount)]) : [Number(quantity) * price];
    });
    const most = leg.length === 0 ? undefined : leg.reduce((sum, one) => sum + one, 0) * 1.05 + least;
    return { pair, least: least * 1.05, most, maxMs: maxNakedMs, haltMs: nakedHaltMs ?? 3 * maxNakedMs };
  });
}

function baseOf(id: InstrumentId): keyof typeof prices {
  const symbol = symbolOf(id);
  return (Object.keys(prices) as (keyof typeof prices)[]).find((base) => symbol.startsWith(base)) ?? "SOL";
}

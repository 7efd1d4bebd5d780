// What is done to accounts before the first order: leverage, orders in the way, a look at coins that may be sold.
import {
  Big,
  BpError,
  exchangeOf,
  gridsOf,
  type Instrument,
  type InstrumentId,
  isBpError,
  lots,
  roundToGrid,
  sizeText,
  symbolOf,
  type VenueId,
  venueOf,
} from "@bp/core";
import { type BotConfig, type StrategyConfig, sourceAt, sourceOfMarket } from "./config/index.ts";
import { messageOf } from "./failures.ts";
import type { Hands } from "./stage/hands.ts";
import type { Stage } from "./stage/stage.ts";
import { instrumentNamed } from "./wire-up.ts";

/** What is prepared, and who hears of it. */
export interface PrepareOptions {
  readonly stage: Stage;
  readonly config: Pick<BotConfig, "prepare">;
  /** Goes on with a run that was cut off: its orders are not cleared away. */
  readonly resumed: boolean;
  readonly stop: AbortSignal;
  readonly tell: (line: string) => void;
}

/**
 * Whether all that is to be prepared is there: a wish for an account or a market that does not exist would be passed over.
 *
 * @param known - all markets of all venues
 * @throws BpError `config/invalid` for a market that is not there, or a leverage above what it takes; `config/conflict` for an
 *   account or two leverages that cannot be
 */
export function checkPreparation(config: Pick<BotConfig, "prepare" | "sources">, known: readonly Instrument[]): void {
  const { leverage = {}, clearOrders = [], sellOff } = config.prepare;
  for (const id of [...entries(leverage).map(([each]) => each), ...clearOrders])
    instrumentNamed(known, id, sourceOfMarket(config, id));
  if (sellOff !== undefined && known.every(({ id }) => venueOf(id) !== sellOff.venue))
    throw new BpError("config/conflict", {
      what: `coins are to be sold on ${sellOff.venue}, and no account is there`,
      hint: "name one of the accounts as prepare.sellOff.venue",
    });
  const first = new Map<VenueId, number>();
  for (const [id, times] of entries(leverage)) {
    if (exchangeOf(venueOf(id)) !== "backpack") continue; // elsewhere each market has its own, and its margin follows from the setting
    const path = `prepare.leverage.${id}`;
    const { margin } = instrumentNamed(known, id);
    const most = margin === undefined ? undefined : new Big(1).div(margin.initial.base).round(0, 0);
    if (most?.lt(times) === true)
      throw new BpError("config/invalid", {
        path: (sourceAt(config, "prepare.leverage") ?? sourceAt(config, path))?.name ?? path,
        found: String(times),
        expected: `a whole number from 1 to ${most.toFixed()}, the most that ${id} takes`,
      });
    const before = first.get(venueOf(id)) ?? times;
    first.set(venueOf(id), before);
    if (before !== times)
      throw new BpError("config/conflict", {
        what: `the leverage of ${venueOf(id)} cannot be ${before} and ${times}: it is that of the whole account`,
        hint: "say the same for all its markets in prepare.leverage",
      });
  }
}

/** What has failed is tried again after so many ms. */
const againMs = 1_000;
/** A cancel that was taken is looked for in the list after so many ms. */
const lookMs = 200;

/**
 * Prepares the accounts. Nothing is placed before it resolves; what fails and may succeed later is told and tried again each
 * second.
 *
 * @returns false when `stop` aborted meanwhile
 * @throws BpError `config/conflict` for a leverage that would touch other positions of a live account without consent;
 *   `venue/refused` and others for what no repetition heals, such as a wrong key
 */
export async function prepareAccounts(options: PrepareOptions): Promise<boolean> {
  const { stage, config, resumed, stop } = options;
  const { leverage = {}, clearOrders = [] } = config.prepare;
  const told = teller(options.tell);
  // Of several accounts none is touched before all of them may be.
  for (const step of [mayLeverage, setLeverage])
    for (const [id, times] of entries(leverage)) {
      const hands = handsAt(stage, id);
      if (hands === undefined) continue; // on paper it was set when the account was made
      await until(stage, stop, told, `leverage of ${id}`, () => step(hands, id, times, options));
    }
  if (!resumed)
    for (const id of clearOrders) {
      const hands = handsAt(stage, id);
      if (hands === undefined) continue;
      await until(stage, stop, told, `orders in ${id}`, () => clear(stage, hands, id, told, stop));
    }
  return !stop.aborted;
}

/**
 * What is sold of the person's own coins, as the strategy that does it; `undefined`: nothing, or `stop` aborted. What fails is
 * tried again as in `prepareAccounts`.
 *
 * @param known - all markets of all venues
 */
export async function sellOffOf(
  { stage, config, stop, tell }: Omit<PrepareOptions, "resumed">,
  known: readonly Instrument[],
): Promise<StrategyConfig | undefined> {
  const { sellOff } = config.prepare;
  const hands = sellOff === undefined ? undefined : stage.hands(sellOff.venue);
  if (sellOff === undefined || hands === undefined) return undefined;
  let sale: StrategyConfig | undefined;
  await until(stage, stop, teller(tell), `coins at ${sellOff.venue}`, async () => {
    sale = await saleOf(stage, sellOff, hands, known, tell);
    return true;
  });
  return sale;
}

async function saleOf(
  stage: Stage,
  sellOff: NonNullable<BotConfig["prepare"]["sellOff"]>,
  hands: Hands,
  known: readonly Instrument[],
  tell: (line: string) => void,
): Promise<StrategyConfig | undefined> {
  const markets: { readonly instrument: InstrumentId; readonly size: string }[] = [];
  const lines: string[] = [];
  for (const [asset, free] of await hands.free()) {
    const market = known.find(
      (each) =>
        venueOf(each.id) === sellOff.venue &&
        each.kind === "spot" &&
        each.base === asset &&
        each.quote.startsWith("USD") && // what it is worth is asked in dollars, and for dollars it is sold
        each.state === "open",
    );
    const mid = market === undefined ? undefined : await stage.mid(market);
    if (market === undefined || mid === undefined) continue;
    const value = new Big(free).times(mid);
    if (value.lt(sellOff.minValue)) continue;
    if (!sellOff.consent.includes(asset)) {
      lines.push(
        `${free} ${asset} (about ${value.toFixed(2)} ${market.quote}) are left alone: you have not named them`,
      );
      continue;
    }
    const size = roundToGrid(free, gridsOf(market).size, "floor");
    if (size < market.minSize) continue;
    markets.push({ instrument: market.id, size: sizeText(market, lots(size)) });
    lines.push(
      `${sizeText(market, lots(size))} ${asset} (about ${value.toFixed(2)} ${market.quote}) will be sold first`,
    );
  }
  for (const line of lines) tell(line);
  return markets.length === 0 ? undefined : { name: "sell-off", use: "sell-off", params: { markets } };
}

/** Names what else a change would touch. @throws BpError `config/conflict` where that needs consent */
async function mayLeverage(hands: Hands, id: InstrumentId, times: number, options: PrepareOptions): Promise<boolean> {
  const { stage, tell, config } = options;
  const now = await hands.leverage(symbolOf(id));
  if (now.times === times) return true;
  if (now.of === "account" && now.touches.length > 0) {
    const what = `the leverage of the whole account goes from ${now.times} to ${times}; there are positions in ${now.touches.join(", ")}`;
    if (stage.place === "live" && config.prepare.allowLeverageForAll !== true)
      throw new BpError("config/conflict", {
        what,
        hint: "allow it in the configuration (prepare.allowLeverageForAll), or use an account of its own",
      });
    tell(`warning: ${what}`);
  }
  return true;
}

async function setLeverage(hands: Hands, id: InstrumentId, times: number, { tell }: PrepareOptions): Promise<boolean> {
  const symbol = symbolOf(id);
  const now = await hands.leverage(symbol);
  if (now.times === times) return true;
  await hands.setLeverage(symbol, times);
  tell(`leverage ${now.times} → ${times} (${now.of === "account" ? "the whole account" : id})`);
  return true;
}

/** Cancels what rests; true when the venue's own list is empty. */
async function clear(
  stage: Stage,
  hands: Hands,
  id: InstrumentId,
  tell: (line: string) => void,
  stop: AbortSignal,
): Promise<boolean> {
  const symbol = symbolOf(id);
  let count = 0;
  while (!stop.aborted) {
    const resting = await hands.openOrders(symbol);
    if (resting.length === 0) {
      if (count > 0) tell(`${count} orders in ${id} are cancelled and gone`);
      return true;
    }
    count = Math.max(count, resting.length);
    const results = await Promise.allSettled(resting.map((each) => hands.cancelOrder(symbol, each)));
    const failed = results.find((each) => each.status === "rejected")?.reason;
    if (failed !== undefined && !isDeclined(failed)) throw failed;
    if (failed !== undefined)
      tell(`an order in ${id} was not cancelled: ${failed.message}; looking whether it is still there`);
    await stage.pause(failed === undefined ? lookMs : againMs);
  }
  return false;
}

/** Whether a venue declined one request, and not the caller: another moment may suit it, or an order is gone already. */
function isDeclined(error: unknown): error is BpError<"venue/refused"> {
  return isBpError(error, "venue/refused") && error.context.status !== 401 && error.context.status !== 403;
}

/** Does it until it is done, or `stop` aborts. What a person must decide, and what will never succeed, is thrown. */
async function until(
  stage: Stage,
  stop: AbortSignal,
  told: (line: string) => void,
  what: string,
  work: () => Promise<boolean>,
): Promise<void> {
  while (!stop.aborted) {
    try {
      if (await work()) return;
    } catch (error) {
      if (isBpError(error) && error.retry === "never" && !isDeclined(error)) {
        told(`${what}: that will not succeed; nothing was placed`);
        throw error;
      }
      told(`error: ${what}: ${messageOf(error)}; nothing is placed, trying again each second`);
    }
    await stage.clock.sleep(againMs, stop);
  }
}

/** Tells a line once until another one comes. */
function teller(tell: (line: string) => void): (line: string) => void {
  let last = "";
  return (line) => {
    if (line !== last) tell(line);
    last = line;
  };
}

const handsAt = (stage: Stage, id: InstrumentId) => stage.hands(venueOf(id));
const entries = (record: Readonly<Record<InstrumentId, number>>) =>
  Object.entries(record) as readonly (readonly [InstrumentId, number])[]; // its keys are such ids

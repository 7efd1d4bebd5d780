// Funding of perpetuals: the rate from the premium, and its payment at the stamps.
import { type Millis, millis } from "@bp/core";
import { pay } from "./account.ts";
import { book, type Floor, say } from "./floor.ts";
import { priceNow } from "./market.ts";
import { money, text } from "./money.ts";
import type { Account, Holding, Market, MarkFact } from "./state.ts";
import { watch } from "./waiting.ts";

const hour = 3_600_000;
const eightHours = 8 * hour;
const interest = 0.0001; // a premium of nothing costs this in eight hours
const damper = 0.0005; // how far interest may pull the premium
const bound = 0.01; // of one interval

/** The first stamp after a moment: whole intervals since 1970. */
export function stampAfter(at: number, intervalMs: number): Millis {
  return millis((Math.floor(at / intervalMs) + 1) * intervalMs);
}

/**
 * Notes mark and index, and tells them with the running estimate of the rate.
 *
 * @param known - rate and stamp as a live venue says them; else the rate is the mean premium of the interval, pulled
 * towards 0.01 % in eight hours, per interval, at most 1 %
 */
export function setMark(
  floor: Floor,
  market: Market,
  mark: number,
  index: number,
  known: { readonly rate: number; readonly at: Millis } | undefined,
): void {
  if (!(mark > 0) || !(index > 0)) return;
  const interval = market.instrument.fundingIntervalMs ?? hour;
  market.premium += (mark - index) / index;
  market.samples += 1;
  const fact: MarkFact = {
    at: floor.now,
    type: "mark",
    instrument: market.id,
    mark,
    index,
    fundingRate: market.instrument.kind === "spot" ? 0 : (known?.rate ?? rateOf(market, interval)),
    fundingAt: known?.at ?? stampAfter(floor.now, interval),
  };
  market.mark = fact;
  say(floor, fact);
  if (market.triggers.length === 0) return;
  watch(floor, market, "mark", mark);
  watch(floor, market, "index", index);
}

function rateOf(market: Market, interval: number): number {
  const premium = market.samples === 0 ? 0 : market.premium / market.samples;
  const pull = Math.max(-damper, Math.min(damper, interest - premium));
  const rate = ((premium + pull) * interval) / eightHours;
  return Math.round(Math.max(-bound, Math.min(bound, rate)) * 1e10) / 1e10;
}

/** Stamps that venues and recordings tell are some ms beside the true ones. */
const besideMs = 60_000;

/** Whether a rate that was told for a stamp says nothing of the one to come: it was paid. */
export function wasPaid(stamp: number, now: number): boolean {
  return stamp + besideMs < now;
}

/**
 * Whether a rate that is told for a moment is the one that a stamp pays.
 *
 * @param told - for when it was said to be, ms since 1970; a minute beside the stamp at most
 * @param stamp - whole intervals since 1970, ms
 */
export function isPaidAt(told: number, stamp: number): boolean {
  return Math.abs(told - stamp) <= besideMs;
}

/**
 * Pays funding for every position of a market: longs pay a positive rate, to 8 digits of quote. A rate that was told for an
 * earlier stamp is not paid again: the rate is drawn then, see `setMark`.
 */
export function payFunding(floor: Floor, market: Market): void {
  const price = priceNow(market);
  const rate = rateDue(floor, market);
  market.premium = 0;
  market.samples = 0;
  if (price === undefined || rate === 0) return;
  for (const account of floor.accounts)
    for (const holding of account.holdings)
      if (holding.market === market && holding.position.size !== 0) payOne(floor, account, holding, price, rate);
}

function rateDue({ now }: Floor, market: Market): number {
  const { mark, instrument } = market;
  if (mark === undefined) return 0;
  return wasPaid(mark.fundingAt, now) ? rateOf(market, instrument.fundingIntervalMs ?? hour) : mark.fundingRate;
}

/** An isolated position pays and receives by itself. */
function payOne(floor: Floor, account: Account, holding: Holding, price: number, rate: number): void {
  const { market, side } = holding;
  const { instrument, unit } = market;
  const amount = unit.times(money(price)).times(holding.position.size).times(money(rate)).times(-1).round(8);
  if (amount.eq(0)) return;
  if (account.isolated.has(market)) holding.isolated = holding.isolated.plus(amount);
  else pay(account, instrument.quote, amount);
  book(floor.books.others, instrument.quote, amount.times(-1));
  holding.funding = holding.funding.plus(amount);
  account.changedHoldings.add(holding);
  const told = {
    instrument: market.id,
    ...(side === undefined ? {} : { positionSide: side }),
    amount: text(amount),
    rate,
  };
  account.payments.add({ ...told, at: floor.now });
  say(floor, { at: floor.now, type: "funding", account: account.name, ...told });
}

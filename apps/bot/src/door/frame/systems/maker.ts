// The maker as its users think of it: where its prices come from, what it holds of what it may, and when it quotes again.
import { averagePrice, Big, gridsOf, type Instrument, sizeText, venueOf } from "@bp/core";
import { type MakerMemory, type MakerParams, type Pricing, pricingOf } from "@bp/strategies";
import type { SystemView, ViewFact, ViewLevel } from "dashboard/contract";
import type { ViewKey } from "./keys.ts";
import { averageText, bigText, fact, level, result, type Shows, type SystemMoment, ticksText } from "./parts.ts";

type MakerMoment = SystemMoment<MakerParams, MakerMemory>;

/** Phases, fair price and lean, inventory against its limits, and the prices of stop loss and take profit. */
export const makerView: Shows<MakerParams, MakerMemory> = (moment) => {
  const { view, params, memory } = moment;
  const instrument = view.instrument(params.instrument);
  const pricing = pricingOf(view, params, memory.sense);
  return {
    phases: phasesOf(moment, instrument, pricing),
    facts: [
      ...priceFacts(moment, instrument, pricing),
      ...(instrument.kind === "perp" ? perpFacts(moment, instrument, pricing) : spotFacts(moment, instrument)),
      ...fact("fact.hanging", memory.hanging.length === 0 ? undefined : String(memory.hanging.length)),
    ],
    levels: levelsOf(moment, instrument, pricing),
    tables: [],
  };
};

function phasesOf(
  { view, params, memory }: MakerMoment,
  instrument: Instrument,
  pricing: Pricing | undefined,
): NonNullable<SystemView["phases"]> {
  const isPerp = instrument.kind === "perp";
  const steps: readonly ViewKey[] = [
    "phase.waiting",
    ...(params.spreadModel.name === "fixed" ? [] : (["phase.measuring"] as const)),
    "phase.quoting",
    ...(isPerp ? (["phase.reducing", "phase.closing", "phase.cooling"] as const) : (["phase.rebalancing"] as const)),
  ];
  const { closing, coolUntil, rebalance, quotedAt, quotes } = memory;
  const at = (now: ViewKey, times: { readonly since?: number; readonly until?: number } = {}) => ({
    steps,
    now,
    ...times,
  });
  if (closing !== undefined) return at("phase.closing");
  if (view.now < coolUntil) return at("phase.cooling", { since: coolUntil - params.coolDownMs, until: coolUntil });
  if (rebalance !== undefined) return at("phase.rebalancing");
  if (isPerp && pricing !== undefined && beyond(pricing, instrument)) return at("phase.reducing");
  if (quotedAt !== undefined && quotes.length > 0)
    return at("phase.quoting", { since: quotedAt, until: quotedAt + params.intervalMs });
  const measures = params.spreadModel.name !== "fixed" && (memory.sense?.watchedMs ?? 0) < params.spreadModel.warmUpMs;
  return at(measures ? "phase.measuring" : "phase.waiting");
}

/** Whether so much is held beyond the line that it is being reduced. */
function beyond({ skew, line, cap }: Pricing, { minSize }: Instrument): boolean {
  const held = Math.abs(skew.position);
  return held - (held > cap ? cap : line) >= minSize;
}

const centreOf = ({ raw }: Pricing): number => (raw.buy + raw.sell) / 2;

function priceFacts({ params, memory }: MakerMoment, instrument: Instrument, pricing: Pricing | undefined): ViewFact[] {
  const facts: ViewFact[] = [];
  if (pricing !== undefined) {
    const centre = centreOf(pricing);
    const wide = ((pricing.raw.sell - pricing.raw.buy) / centre) * 100;
    facts.push(
      ...fact("fact.fair", ticksText(instrument, centre), instrument.quote),
      ...fact("fact.spread", wide.toFixed(3), "%"),
      ...fact("fact.skew", ticksText(instrument, 0 - pricing.skew.offset), instrument.quote),
    );
  }
  const { spreadModel } = params;
  if (spreadModel.name === "fixed") return facts;
  const { variance, prints } = memory.sense ?? {};
  if (variance !== undefined && pricing !== undefined)
    facts.push(...fact("fact.volatility", ((Math.sqrt(variance) / centreOf(pricing)) * 10_000).toFixed(2), "bps/√s"));
  if (spreadModel.name !== "glft") return facts;
  const { arrivals, decay } = prints?.fitted ?? spreadModel;
  return [
    ...facts,
    ...fact("fact.arrivals", arrivals.toPrecision(3), "1/s"),
    ...fact("fact.decay", decay.toPrecision(3)),
  ];
}

function perpFacts({ view }: MakerMoment, instrument: Instrument, pricing: Pricing | undefined): readonly ViewFact[] {
  const { base, quote, id } = instrument;
  const held = view.position(id);
  const size = Math.abs(held ?? 0);
  const tone =
    pricing === undefined ? undefined : size > pricing.cap ? "bad" : size > pricing.line ? "warn" : undefined;
  return [
    ...fact("fact.inventory", held === undefined ? undefined : sizeText(instrument, held), base, tone),
    ...fact("fact.line", pricing === undefined ? undefined : sizeText(instrument, pricing.line), base),
    ...fact("fact.cap", pricing === undefined ? undefined : sizeText(instrument, pricing.cap), base),
    ...result("fact.unrealized", view.unrealized(id), quote),
  ];
}

/** How much of the wallet is in base, and how much should be. */
function spotFacts({ view, params }: MakerMoment, instrument: Instrument): readonly ViewFact[] {
  const { id, base, quote } = instrument;
  const held = view.position(id);
  const [coins, money] = [base, quote].map((asset) => view.balance(venueOf(id), asset)?.total);
  const mid = view.book(id).mid();
  const worth = coins === undefined || mid === undefined ? undefined : coins.times(mid).times(instrument.tickSize);
  const sum = money === undefined ? undefined : worth?.plus(money);
  const share = sum?.gt(0) === true ? worth?.times(100).div(sum) : undefined;
  return [
    ...fact("fact.inventory", held === undefined ? undefined : sizeText(instrument, held), base),
    ...fact("fact.baseShare", share?.toFixed(2), "%"),
    ...(params.rebalance.enabled ? fact("fact.baseTarget", params.rebalance.baseTargetPct, "%") : []),
  ];
}

function levelsOf({ view, params }: MakerMoment, instrument: Instrument, pricing: Pricing | undefined): ViewLevel[] {
  const { id } = instrument;
  const levels: ViewLevel[] = [];
  if (pricing !== undefined) {
    const centre = centreOf(pricing);
    const { skew, adjusted } = pricing;
    levels.push(...level(id, "fair", "level.fair", ticksText(instrument, centre)));
    if (skew.offset !== 0)
      levels.push(...level(id, "reservation", "level.reservation", ticksText(instrument, centre - skew.offset)));
    levels.push(...level(id, "quote", "level.bid", ticksText(instrument, adjusted.buy)));
    levels.push(...level(id, "quote", "level.ask", ticksText(instrument, adjusted.sell)));
  }
  const holding = view.holding(id);
  if (holding === undefined || holding.size === 0) return levels;
  levels.push(...level(id, "cost", "level.cost", averageText(instrument, averagePrice(instrument, holding))));
  if (instrument.kind === "spot") return levels;
  const { digits } = gridsOf(instrument).price;
  const size = new Big(holding.size).times(instrument.lotSize);
  /** Where the unrealized result is so much quote. */
  const where = (quote: Big) => {
    const price = holding.cost.plus(quote).div(size);
    return price.gt(0) ? bigText(price, digits) : undefined;
  };
  const { stopLoss, takeProfit } = params;
  if (stopLoss !== undefined)
    levels.push(...level(id, "stop-loss", "level.stopLoss", where(new Big(0).minus(stopLoss))));
  if (takeProfit !== undefined)
    levels.push(...level(id, "take-profit", "level.takeProfit", where(new Big(takeProfit))));
  return levels;
}

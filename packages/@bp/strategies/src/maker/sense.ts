// What a spread model measures while the market goes by: how much the mid moves, and how deep prints reach.
import { type Event, type Millis, millis, type StrategyRemark, type TradePrinted } from "@bp/core";
import { ema, emaWeight } from "../signals/ema.ts";
import { type Arrivals, fitIntensity, type Intensity, noArrivals, withStep } from "../signals/intensity.ts";
import type { Touch } from "../touch.ts";
import type { SpreadModel } from "./models.ts";
import type { MakerParams } from "./params.ts";

/** What was measured so far. Plain data. */
export interface Sense {
  /** Where the step that is being measured began; `undefined` while the market is unknown. */
  readonly from: { readonly mid: number; readonly at: Millis } | undefined;
  /** Ticks² a second. */
  readonly variance: number | undefined;
  /** How long the market was watched, in ms. */
  readonly watchedMs: number;
  readonly prints: Prints | undefined;
}

/** Prints by depth. */
export interface Prints {
  /** Where the step began, and how deep prints went on each side since, in ticks. */
  readonly from: { readonly mid: number; readonly at: Millis } | undefined;
  readonly deepest: { readonly buy: number | undefined; readonly sell: number | undefined };
  readonly arrivals: Arrivals;
  /** The last fit that was believed. */
  readonly fitted: Intensity | undefined;
  /** Whether the newest one was refused. */
  readonly refused: boolean;
  readonly fittedAt: Millis;
}

/** The mid is compared once a second: faster, it would be the bounce that is measured. */
const sampleMs = 1_000;
/** Depths are recorded in steps of this length. */
const stepMs = 100;
const refitEveryMs = 10_000;

type Model = Exclude<SpreadModel, { readonly name: "fixed" }>;

/** Folds one event; the same object when nothing changed. A fixed spread measures nothing, and what another model measured is let go of. */
export function sensed(
  sense: Sense | undefined,
  event: Event,
  now: Millis,
  touch: Touch | undefined,
  { instrument, spreadModel }: MakerParams,
): Sense | undefined {
  if (spreadModel.name === "fixed") return undefined;
  const before = fitting(sense ?? nothing, spreadModel);
  const mid = touch === undefined ? undefined : (touch.bid[0] + touch.ask[0]) / 2;
  const moved = withMid(before, mid, now, spreadModel);
  if (spreadModel.name !== "glft" || !spreadModel.refit.enabled) return moved;
  const printed = event.type === "trade.printed" && event.instrument === instrument ? event : undefined;
  const prints = withPrint(moved.prints ?? noPrints(spreadModel.refit.depths, now), printed, mid, now, spreadModel);
  return prints === moved.prints ? moved : { ...moved, prints };
}

/** Ticks per root second; `undefined` before the market was watched for long enough. */
export function volatilityOf(sense: Sense | undefined, { warmUpMs }: Model): number | undefined {
  if (sense?.variance === undefined || sense.watchedMs < warmUpMs) return undefined;
  return Math.sqrt(sense.variance);
}

/** What a person should know of it. */
export function remarksOf(sense: Sense | undefined, model: SpreadModel): readonly StrategyRemark[] {
  if (model.name === "fixed") return none;
  const remarks: StrategyRemark[] = [];
  if (volatilityOf(sense, model) === undefined)
    remarks.push({
      topic: "spread",
      say: `${model.name}: the market is watched for ${model.warmUpMs / 1000} s before the first quote`,
    });
  if (sense?.prints?.refused === true)
    remarks.push({
      topic: "fit",
      say: "prints by depth do not fall off as the model expects; A and k stay as they were",
    });
  return remarks;
}

/** Without prints that the model does not want, or counts by other depths than these. */
function fitting(sense: Sense, model: Model): Sense {
  const { prints } = sense;
  if (prints === undefined) return sense;
  const wants = model.name === "glft" && model.refit.enabled && model.refit.depths === prints.arrivals.deeper.length;
  return wants ? sense : { ...sense, prints: undefined };
}

const none: readonly never[] = [];
const nothing: Sense = { from: undefined, variance: undefined, watchedMs: 0, prints: undefined };

function noPrints(depths: number, now: Millis): Prints {
  return {
    from: undefined,
    deepest: { buy: undefined, sell: undefined },
    arrivals: noArrivals(depths),
    fitted: undefined,
    refused: false,
    fittedAt: now,
  };
}

function withMid(sense: Sense, mid: number | undefined, now: Millis, { halfLifeMs }: Model): Sense {
  const { from } = sense;
  if (mid === undefined) return from === undefined ? sense : { ...sense, from: undefined };
  if (from === undefined) return { ...sense, from: { mid, at: now } };
  const elapsed = now - from.at;
  if (elapsed < sampleMs) return sense;
  const squared = (mid - from.mid) ** 2 / (elapsed / 1000);
  const weight = Math.max(emaWeight(elapsed, halfLifeMs), elapsed / (sense.watchedMs + elapsed)); // a plain mean at first
  return {
    ...sense,
    from: { mid, at: now },
    variance: ema(sense.variance, squared, weight),
    watchedMs: sense.watchedMs + elapsed,
  };
}

function withPrint(
  prints: Prints,
  print: TradePrinted | undefined,
  mid: number | undefined,
  now: Millis,
  { refit }: Extract<Model, { readonly name: "glft" }>,
): Prints {
  const { from } = prints;
  if (mid === undefined) return from === undefined ? prints : { ...prints, from: undefined, deepest: nowhere };
  if (from === undefined) return { ...prints, from: { mid, at: now } };
  const steps = Math.floor((now - from.at) / stepMs);
  const stepped = steps === 0 ? prints : closed(prints, mid, from.at, now, steps, refit);
  if (print === undefined || stepped.from === undefined) return stepped;
  const { taker, price } = print;
  const depth = taker === "buy" ? price - stepped.from.mid : stepped.from.mid - price;
  const known = stepped.deepest[taker];
  if (known !== undefined && known >= depth) return stepped;
  return { ...stepped, deepest: { ...stepped.deepest, [taker]: depth } };
}

const nowhere: Prints["deepest"] = { buy: undefined, sell: undefined };

/** Steps that are over: in the first something may have been printed, in the others nothing was. */
function closed(
  prints: Prints,
  mid: number,
  began: Millis,
  now: Millis,
  steps: number,
  { windowMs, leastFit }: Extract<Model, { readonly name: "glft" }>["refit"],
): Prints {
  const keep = Math.exp(-stepMs / windowMs / 2); // two sides make two steps
  let { arrivals } = prints;
  arrivals = withStep(withStep(arrivals, prints.deepest.buy, keep), prints.deepest.sell, keep);
  for (let empty = 1; empty < Math.min(steps, windowMs / stepMs); empty++)
    arrivals = withStep(withStep(arrivals, undefined, keep), undefined, keep);
  const next = { ...prints, arrivals, deepest: nowhere, from: { mid, at: millis(began + steps * stepMs) } };
  if (now - prints.fittedAt < refitEveryMs) return next;
  const fitted = fitIntensity(arrivals, stepMs, leastFit);
  return { ...next, fitted: fitted ?? prints.fitted, refused: fitted === undefined, fittedAt: now };
}

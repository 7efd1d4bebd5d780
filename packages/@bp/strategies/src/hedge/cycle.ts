// One cycle after the other: first leg, pause, second leg, pause.
import { Big, lots, type Millis, millis, priceToBig, type View, venueOf } from "@bp/core";
import { minimumSize } from "../minimum.ts";
import { carryPays, fundingOf } from "./carry.ts";
import { checkHedge, hedgeCosts } from "./check.ts";
import { basisOf, hasLeftBand, type Leg, legOf, quoteOf, restOf } from "./legs.ts";
import type { HedgeMemory, HedgePhase } from "./memory.ts";
import { hasOrders, leastHedge, type Touches } from "./pair.ts";
import type { HedgeParams } from "./params.ts";
import type { Scale } from "./scale.ts";
import { isInWindow, stampsOf } from "./stamps.ts";
import { earnedBy, reported } from "./tally.ts";

/** All that a step of the cycle looks at. */
export interface Stage {
  readonly view: View;
  readonly params: HedgeParams;
  readonly scale: Scale;
  readonly touches: Touches;
  /** A person has just given it other parameters: what rests is priced by them at once. */
  readonly changed?: boolean;
}

/** Goes on to the next phase when it is time. The same object when it is not. */
export function stepped(memory: HedgeMemory, stage: Stage): HedgeMemory {
  switch (memory.phase) {
    case "idle":
      return begin(memory, stage);
    case "leg1":
    case "leg2":
      return work(memory, legOf(memory.phase, stage.params), stage);
    case "between":
      return rest(memory, stage);
    case "hold":
      return isKept(memory, stage) ? memory : { ...memory, phase: "between" };
    case "closing":
      return isFlat(memory, stage) ? end(memory, stage, "closed") : memory;
    case "sleep":
      return stage.view.now - memory.since < stage.params.cycleMs ? memory : begin(enter(memory, stage, "idle"), stage);
  }
}

function enter(memory: HedgeMemory, { view }: Stage, phase: HedgePhase): HedgeMemory {
  return { ...memory, phase, since: view.now, quote: undefined };
}

/** A cycle begins when both markets can be traded, nothing is open, and no stamp is near. */
function begin(memory: HedgeMemory, stage: Stage): HedgeMemory {
  const { view, params, touches } = stage;
  if (memory.nakedSince !== undefined || touches.lead === undefined || touches.hedge === undefined) return memory;
  if (hasOrders(view, params.lead) || hasOrders(view, params.hedge)) return memory;
  const earned = memory.earned ?? earnedBy(view, params);
  if (isOpen(memory, stage)) return { ...enter(next(memory, view), stage, "between"), earned }; // taken over
  if (view.now < memory.pausedUntil) return memory;
  if (isInWindow(view, params)) return waiting(memory, nextStamp(stage));
  const checked = check(waiting(memory, undefined), stage);
  if (checked.refused !== undefined || !isFunded(stage)) return checked;
  const opened: HedgeMemory = { ...enter(next(checked, view), stage, "leg1"), earned };
  return work(opened, legOf("leg1", params), stage);
}

const nextStamp = ({ view, params }: Stage) => stampsOf(view, params)?.[0]?.at;
const waiting = (memory: HedgeMemory, waitsFor: Millis | undefined): HedgeMemory =>
  waitsFor === memory.waitsFor ? memory : { ...memory, waitsFor };
const next = (memory: HedgeMemory, { now }: View): HedgeMemory => ({
  ...memory,
  cycle: memory.cycle + 1,
  beganAt: now,
});

function check(memory: HedgeMemory, { view, params, scale }: Stage): HedgeMemory {
  const basis = basisOf(view, params);
  const price = basis === undefined ? undefined : new Big(basis).times(scale.lead.tickSize);
  const refused =
    price === undefined
      ? undefined
      : checkHedge(params, scale.lead, scale.hedge, price).find(({ level }) => level === "refuse")?.say;
  return refused === memory.refused ? memory : { ...memory, refused };
}

/** Spot is paid for in full: whether the wallet has what the hedge (or the first leg) will cost. */
function isFunded({ view, params, scale, touches }: Stage): boolean {
  const buying = params.sideFirst === "sell" ? "hedge" : "lead";
  const instrument = scale[buying];
  const touch = touches[buying];
  if (instrument.kind === "perp" || touch === undefined) return true;
  const cost = priceToBig(instrument, touch.ask[0]).times(scale.atom).times(scale.quantity).times("1.01");
  return view.balance(venueOf(instrument.id), instrument.quote)?.free.gte(cost) === true;
}

/** The fewest lots that a leg can still be placed with. */
function leastOf({ slot }: Leg, { view, params, scale: { lead } }: Stage): number {
  const basis = basisOf(view, params);
  if (basis === undefined || (slot === "leg2" && lead.kind === "perp")) return lead.minSize;
  return minimumSize(lead, Math.max(1, Math.floor(basis)));
}

/** Whether what is left of a first leg could not be hedged when it traded: then the pair is as large as it will be. */
function isUnhedgeable(left: number, { slot }: Leg, { pair }: HedgeMemory, { scale, touches }: Stage): boolean {
  if (slot === "leg2" || pair.lead === 0) return false;
  return left * scale.leadLot + Math.abs(pair.lead + pair.hedge) < leastHedge(scale, touches);
}

/** Lets the leg's order rest, moves it when it is old, and sees when the leg is over. */
function work(memory: HedgeMemory, leg: Leg, stage: Stage): HedgeMemory {
  const { view, params, scale } = stage;
  const left = restOf(leg, memory, scale);
  const isOld = view.now - memory.since >= params.legLimitMs;
  const done = left < leastOf(leg, stage) || isUnhedgeable(left, leg, memory, stage);
  if (done || isOld) return over(without(memory), leg, stage, done);
  if (memory.unwinding !== undefined) return memory;
  if (isInWindow(view, params)) return windowed(memory, stage);
  if (memory.quote === undefined) return hasOrders(view, params.lead) ? memory : quoted(memory, leg, left, stage);
  const isDue = stage.changed === true || view.now - memory.quotedAt >= params.legWaitMs;
  const moves = isDue || hasLeftBand(memory.quote, view, params, scale);
  if (moves) return quoted(memory, leg, left, stage);
  return memory.quote.size === left ? memory : { ...memory, quote: { ...memory.quote, size: lots(left) } };
}

function quoted(memory: HedgeMemory, leg: Leg, left: number, { view, params, scale, touches }: Stage): HedgeMemory {
  const quote = quoteOf(leg, left, view, params, scale, touches);
  if (quote === undefined && memory.quote === undefined) return memory;
  return { ...memory, quote, quotedAt: view.now, basis: basisOf(view, params) };
}

const without = (memory: HedgeMemory): HedgeMemory =>
  memory.quote === undefined ? memory : { ...memory, quote: undefined };

/** The leg is full, or its time is up: on only when its order is gone and the pair is equal. */
function over(memory: HedgeMemory, { slot }: Leg, stage: Stage, done: boolean): HedgeMemory {
  if (!isSettled(memory, stage)) return memory;
  if (slot === "leg2") return done ? end(memory, stage, "done") : enter(memory, stage, "closing");
  return isOpen(memory, stage) ? enter(memory, stage, "between") : end(memory, stage, "skipped");
}

function isSettled(memory: HedgeMemory, { view, params }: Stage): boolean {
  return memory.nakedSince === undefined && !hasOrders(view, params.lead) && !hasOrders(view, params.hedge);
}

function isFlat(memory: HedgeMemory, stage: Stage): boolean {
  return !isOpen(memory, stage) && isSettled(memory, stage);
}

/** Whether the lead holds what can be closed. */
function isOpen({ pair }: HedgeMemory, { scale }: Stage): boolean {
  return Math.abs(pair.lead) >= scale.lead.minSize * scale.leadLot;
}

function end(memory: HedgeMemory, stage: Stage, how: "done" | "closed" | "skipped"): HedgeMemory {
  const { view, params } = stage;
  const told = reported(memory, view, params, how);
  if (told === memory) return memory;
  const slept = enter(told, stage, "sleep");
  if (slept.negatives < params.negativeEdgeLimit) return slept;
  return { ...slept, negatives: 0, pausedUntil: millis(view.now + params.edgePauseMs) };
}

/** The pair rests until its second leg, is closed before a stamp, or is kept through it where that pays. */
function rest(memory: HedgeMemory, stage: Stage): HedgeMemory {
  const { view, params } = stage;
  if (!isSettled(memory, stage)) return memory;
  if (isInWindow(view, params)) return windowed(memory, stage);
  if (view.now - memory.since < params.betweenLegsMs) return memory;
  const carried = kept(memory, stage);
  if (carried !== undefined) return carried;
  const leg = legOf("leg2", params);
  return work(enter(memory, stage, "leg2"), leg, stage);
}

/** A stamp is near. Without a position the cycle is put off; a pair is closed, or kept where that pays. */
function windowed(memory: HedgeMemory, stage: Stage): HedgeMemory {
  const pulled = without(memory);
  if (!isSettled(pulled, stage)) return pulled;
  if (!isOpen(pulled, stage)) return { ...enter(pulled, stage, "idle"), cycle: pulled.cycle - 1 };
  return kept(pulled, stage) ?? enter(pulled, stage, "closing");
}

/** How long after a stamp the venues may take to tell the next one, in ms. */
const nextStampMs = 60_000;

/** Whether the pair that is kept is still to be: for the same stamp, or for the next one that is not told yet. */
function isKept(memory: HedgeMemory, stage: Stage): boolean {
  const { view, params } = stage;
  if (view.now < memory.holdUntil) return keptUntil(memory, stage) === memory.holdUntil;
  const untold = params.carry.enabled && stampsOf(view, params)?.length === 0;
  return untold && view.now - memory.holdUntil < nextStampMs;
}

function kept(memory: HedgeMemory, stage: Stage): HedgeMemory | undefined {
  const holdUntil = keptUntil(memory, stage);
  return holdUntil === undefined ? undefined : { ...without(memory), phase: "hold", holdUntil };
}

/**
 * The stamp that the pair is kept for; `undefined`: it is not. With `carry` it is the next one, if both venues together pay
 * more than asked for; with `collect` the last one of the window, if that pays more than the fees that closing costs.
 */
function keptUntil(memory: HedgeMemory, stage: Stage): Millis | undefined {
  const { params, view, scale } = stage;
  if (!params.carry.enabled && params.fundingPolicy === "avoid") return undefined;
  const stamps = stampsOf(view, params) ?? [];
  const next = stamps[0]?.at;
  if (params.carry.enabled && next !== undefined && expectedAt(memory, stage, next).gt(params.carry.minNet))
    return next;
  const last = stamps.findLast(({ at }) => at - view.now <= params.stopBeforeFundingMs)?.at;
  const basis = basisOf(view, params);
  if (params.fundingPolicy === "avoid" || last === undefined || basis === undefined) return undefined;
  const price = new Big(basis).times(scale.lead.tickSize);
  const closing = new Big(hedgeCosts(params, scale.lead, scale.hedge, price).fees).div(2); // one way of two
  return carryPays(expectedAt(memory, stage, last), closing, "0") ? last : undefined;
}

/** What both venues would pay us together at their stamps up to a moment, by their marks and rates of now. */
function expectedAt(memory: HedgeMemory, { view, params, scale }: Stage, until: Millis): Big {
  let sum = new Big(0);
  for (const { instrument, at } of stampsOf(view, params) ?? []) {
    const mark = view.mark(instrument);
    if (at > until || mark === undefined) continue;
    const side = instrument === params.lead ? "lead" : "hedge";
    const size = new Big(scale.atom).times(memory.pair[side]);
    sum = sum.plus(fundingOf(size, new Big(mark.mark).times(scale[side].tickSize), mark.fundingRate));
  }
  return sum;
}

// What leaves the package.

export * from "./advice.ts";
export type { DualHedgeMemory, DualPhase } from "./dualHedge/memory.ts";
export { type DualHedgeParams, dualHedgeParams } from "./dualHedge/params.ts";
export * from "./dualHedge.ts";
export * from "./economics.ts";
export { feeIn } from "./fees.ts";
export type { Finding } from "./finding.ts";
export { deviationOf, volatilityFactor } from "./grid/bars.ts";
export * from "./grid/economics.ts";
export { floatingAt, levelOf } from "./grid/equity.ts";
export { type Lattice, latticeOf, windowAt } from "./grid/lattice.ts";
export { basisOf } from "./grid/lots.ts";
export type { Cell as GridCell, Cycle as GridCycle, GridMemory, Lot as GridLot } from "./grid/memory.ts";
export { isEmpty as isEmptyCell, loopMs as gridLoopMs } from "./grid/memory.ts";
export { type GridParams, gridParams } from "./grid/params.ts";
export { payoutOf, pointsOf, weekOf } from "./grid/points.ts";
export { baseValueOf, heldAtCost, meantPerCell, stepSize } from "./grid/sizing.ts";
export { type CellState, type CellStatus, cellStates } from "./grid/status.ts";
export { type Market as GridMarket, marketNow, markNow } from "./grid/touch.ts";
export * from "./grid.ts";
export {
  asterRate,
  backpackRate,
  breakEvenHours,
  carryOf,
  carryPays,
  fundingOf,
  type Settlement,
} from "./hedge/carry.ts";
export { checkHedge, type HedgeCosts, hedgeCosts } from "./hedge/check.ts";
export type { CycleReport, HedgeMemory, HedgePhase, HedgeTotals, Trades, Unwinding } from "./hedge/memory.ts";
export { type HedgeParams, hedgeParams } from "./hedge/params.ts";
export { type EdgeTerms, highestLead, type LegRounding, legPrice, lowestLead } from "./hedge/prices.ts";
export { measure as hedgeScaleOf, type Scale as HedgeScale } from "./hedge/scale.ts";
export { fundingText, type Stamp, stampsOf } from "./hedge/stamps.ts";
export { averageOf } from "./hedge/tally.ts";
export { takingPrice, type XemmTerms, xemmBuy, xemmMargin, xemmSell } from "./hedge/xemm.ts";
export * from "./hedge.ts";
export { checkLadder } from "./ladder/check.ts";
export { averageCostOf, breakEvenOf, type Lot as LadderLot, resultOf, type Targets, targetsOf } from "./ladder/lot.ts";
export type { LadderCycle, LadderMemory, LadderPhase, LadderTotals } from "./ladder/memory.ts";
export { hasFilled, leftOf as leftOfRung, rungIn, wholeRungs } from "./ladder/memory.ts";
export { type LadderParams, ladderParams } from "./ladder/params.ts";
export { ladderMarket } from "./ladder/prices.ts";
export { infeasible, type Rung, rungsOf } from "./ladder/rungs.ts";
export * from "./ladder/safetyOrders.ts";
export * from "./ladder.ts";
export type { FairParams, SpreadModel } from "./maker/models.ts";
export { type MakerParams, makerParams } from "./maker/params.ts";
export { type Pricing, pricingOf } from "./maker/pricing.ts";
export type { Sense } from "./maker/sense.ts";
export * from "./maker.ts";
export * from "./names.ts";
export * from "./sellOff.ts";
export * from "./signals/index.ts";
export { type SingleParams, singleParams } from "./single/params.ts";
export * from "./single.ts";
export { sizeFor } from "./size.ts";
export { checkStopInput } from "./stopInput.ts";

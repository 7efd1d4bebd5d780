// What is held on both sides, in one unit, and what can be traded to make it equal.
import {
  Big,
  bigToDecimal,
  type Decimal,
  decimal,
  type Instrument,
  type InstrumentId,
  type Lots,
  lots,
  type OwnFill,
  sizeToBig,
  type View,
  venueOf,
} from "@bp/core";
import { lowestSale } from "../caps.ts";
import { minimumSize } from "../minimum.ts";
import type { Touch } from "../touch.ts";
import { isTradable } from "./check.ts";
import type { HedgeMemory, Pair, Wallet } from "./memory.ts";
import type { HedgeParams } from "./params.ts";
import type { Scale } from "./scale.ts";

/** One side of the pair. */
export type PairSide = "lead" | "hedge";

/**
 * What a side holds, in atoms, signed: its own trades, less what somebody else has taken out of them (a liquidation, the
 * user's hand); on spot less what fees have taken.
 *
 * @returns `undefined` while it is unknown
 */
export function heldBy(
  side: PairSide,
  view: View,
  memory: HedgeMemory,
  params: HedgeParams,
  scale: Scale,
): number | undefined {
  const own = seenIn(view, params[side]);
  if (own === undefined) return undefined;
  if (scale[side].kind === "spot") return atomsOf(memory.wallets[side].base, scale);
  const gone = Math.min(Math.abs(own), memory.gone[side]);
  return (own - Math.sign(own) * gone) * lotOf(side, scale);
}

/** The own position, in lots; `undefined` while the account or the market is out of sight. */
const seenIn = (view: View, id: InstrumentId): Lots | undefined =>
  view.link(venueOf(id)) === "down" ? undefined : view.position(id);

/**
 * How much of an own position seems to be no longer at the venue though no order of ours traded it, in lots, 0 or above.
 * It may be a list that lags; what is certain is in the memory.
 */
export function goneFrom(side: PairSide, view: View, { others }: HedgeMemory, params: HedgeParams): number {
  const own = view.position(params[side]) ?? 0;
  if (own === 0) return 0;
  const external = view.external(params[side]) ?? others[side];
  return Math.min(Math.abs(own), Math.max(0, (others[side] - external) * Math.sign(own)));
}

/** Atoms of one lot of a side. */
export const lotOf = (side: PairSide, { leadLot, hedgeLot }: Scale): number => (side === "lead" ? leadLot : hedgeLot);

/** A size in base, in atoms, rounded down. */
export function atomsOf(base: Decimal, { atom }: Scale): number {
  const exact = new Big(base);
  return exact
    .div(atom)
    .round(0, exact.lt(0) ? 3 : 0)
    .toNumber(); // down, also below 0
}

/** The part of a pair that is equal on both sides, in atoms, 0 or above. */
function matchedOf({ lead, hedge }: Pair): number {
  return Math.sign(lead) === -Math.sign(hedge) ? Math.min(Math.abs(lead), Math.abs(hedge)) : 0;
}

/** A trade of one side, in lots, signed. */
export interface Trade {
  readonly side: PairSide;
  readonly size: number;
}

/** Both markets of one moment; `undefined` where one cannot be trusted. */
export interface Touches {
  readonly lead: Touch | undefined;
  readonly hedge: Touch | undefined;
}

/**
 * The trade that brings a side to a target, as far as its market can: whole lots, and none that is below its minimum.
 *
 * @param target - atoms
 */
export function tradeTo(side: PairSide, target: number, pair: Pair, scale: Scale, touches: Touches): Trade | undefined {
  const instrument = scale[side];
  const lot = lotOf(side, scale);
  const held = pair[side];
  const goal = instrument.kind === "spot" ? Math.max(0, target) : target; // coins that are not there cannot be sold
  const size = Math.trunc((goal - held) / lot);
  const touch = touches[side];
  if (size === 0 || touch === undefined) return undefined;
  const reduces = Math.sign(size) === -Math.sign(held) && Math.abs(size * lot) <= Math.abs(held);
  const price = size > 0 ? touch.ask[0] : lowestSale(touch.bid[0], scale.slippage); // venues judge an order by its own price
  return isTradable(instrument, price, Math.abs(size), reduces) ? { side, size } : undefined;
}

/**
 * The trade of the hedge that makes the pair equal. Coins on spot are never sold down to a rest that is below the market's
 * minimum while the lead is still open, since that rest could not be sold with the lead's last trade.
 */
export function hedgeTrade(pair: Pair, scale: Scale, touches: Touches): Trade | undefined {
  const { lead, hedge } = pair;
  if (lead + hedge === 0) return undefined;
  const kept = scale.hedge.kind === "spot" && lead < 0 && -lead < hedge ? keptRest(scale, touches) : 0;
  return tradeTo("hedge", kept === 0 ? -lead : Math.max(-lead, kept), pair, scale, touches);
}

function keptRest(scale: Scale, touches: Touches): number {
  const lots = Math.ceil((leastHedge(scale, touches) / scale.hedgeLot) * (1 + slackPct / 100));
  return lots * scale.hedgeLot;
}

/** The least that the hedge's market takes, in atoms, bought or sold; 0 while there is no market. */
export function leastHedge({ hedge, hedgeLot, slippage }: Scale, { hedge: touch }: Touches): number {
  return touch === undefined ? 0 : minimumSize(hedge, lowestSale(touch.bid[0], slippage)) * hedgeLot;
}

/** A rest on spot is kept so much larger, in percent, since its price may fall before it is sold. */
const slackPct = 5;

/**
 * The trade that makes the pair equal without the hedge's help: the lead gives back what is too much, or takes up again what
 * its second leg has closed too early. Where the excess is below the lead's minimum it gives back more, in steps that the
 * hedge can follow.
 */
export function leadTrade(pair: Pair, scale: Scale, touches: Touches): Trade | undefined {
  const { lead, hedge } = pair;
  const matched = matchedOf(pair);
  const excess = Math.abs(lead) - matched;
  if (excess <= 0) {
    const isRest = lead === 0 && scale.hedge.kind === "spot" && hedge < leastHedge(scale, touches); // stays for the next cycle
    return hedge === -lead || isRest ? undefined : tradeTo("lead", -hedge, pair, scale, touches);
  }
  const least = scale.lead.minSize * scale.leadLot;
  if (excess >= least) return tradeTo("lead", Math.sign(lead) * matched, pair, scale, touches);
  const kept = Math.max(0, Math.floor((Math.abs(lead) - least) / scale.step) * scale.step);
  return tradeTo("lead", Math.sign(lead) * kept, pair, scale, touches);
}

/** The trade that takes the larger side down to the smaller one; it never adds to anything. */
export function reduction(pair: Pair, scale: Scale, touches: Touches): readonly Trade[] {
  const matched = matchedOf(pair);
  return (["lead", "hedge"] as const).flatMap((side) => {
    if (Math.abs(pair[side]) <= matched) return [];
    const trade = tradeTo(side, Math.sign(pair[side]) * matched, pair, scale, touches);
    return trade === undefined ? [] : [trade];
  });
}

/** The wallet after a trade: spot purchases pay in base. */
export function walletAfter(wallet: Wallet, fill: OwnFill, instrument: Instrument): Wallet {
  if (instrument.kind !== "spot") return wallet;
  const size = sizeToBig(instrument, lots(fill.side === "buy" ? fill.size : -fill.size));
  const fee = fill.feeAsset === instrument.base ? new Big(fill.fee) : new Big(0);
  return {
    base: bigToDecimal(new Big(wallet.base).plus(size).minus(fee)),
    fees: bigToDecimal(new Big(wallet.fees).plus(fee)),
  };
}

/** Atoms that fees in base have taken in this cycle, rounded up: a difference of so much is no missing hedge. */
export function feeAtoms({ wallets }: HedgeMemory, { atom }: Scale): number {
  const of = ({ fees }: Wallet) => (fees === "0" ? 0 : new Big(fees).div(atom).round(0, 3).toNumber());
  return of(wallets.lead) + of(wallets.hedge);
}

/** An empty wallet. */
export const noWallet: Wallet = { base: decimal("0"), fees: decimal("0") };

/**
 * Whether nobody knows what the hedge is: its account is out of sight, and an order of it (they never rest) has not been
 * answered. What is done to the lead meanwhile may be the wrong thing.
 */
export function isInDoubt(view: View, { hedge }: HedgeParams): boolean {
  return seenIn(view, hedge) === undefined && hasOrders(view, hedge);
}

/** Whether an order of ours may be at the venue. */
export function hasOrders(view: View, id: InstrumentId): boolean {
  for (const _ of view.orders(id)) return true;
  return false;
}

// A ladder of buys below the price, and one sale of all of it with profit; then the next ladder.
import type { Event, Intent, Strategy, View } from "@bp/core";
import { adopted, exits, shape, timing } from "./ladder/adopt.ts";
import { folded } from "./ladder/fills.ts";
import { type LadderMemory, nothingYet, saleSlot } from "./ladder/memory.ts";
import { type LadderParams, ladderParams } from "./ladder/params.ts";
import { type LadderMarket, ladderMarket } from "./ladder/prices.ts";
import { remarksOn } from "./ladder/remarks.ts";
import { refused, resumed, turned } from "./ladder/turns.ts";
import { kept, liveOf, wishedNow } from "./ladder/wishes.ts";

/**
 * Buys in `orderCount` post-only rungs down to `maxDropPct` below the price, and sells all of it at `takeProfitPct` above what
 * it has cost, after fees.
 *
 * The cost is that of real trades, fees included; an order that has vanished has not filled. At the profit the rungs are
 * taken away; what is bid at break-even or above is taken, the rest is offered at the profit's price, and nothing is sold
 * lower. The cycle ends when nothing is left that the market takes; dust goes into the next one with its cost. A cycle
 * never spends more than `totalAmount`, with everything that rests, whatever is cancelled, refused or started anew in it:
 * a rung's order is gone before another one takes its place, and all are gone before another ladder is built.
 *
 * It sells its own inventory only. A stop (`stopLossPct`, `onMaxDrop`) sells at once within `slippagePct` and then stops until
 * a person resumes.
 */
export const ladder: Strategy<LadderParams, LadderMemory> = {
  name: "ladder",
  params: ladderParams,
  changeable: () => [...shape, ...exits, ...timing],
  adopt: adopted,
  instruments: ({ instrument }) => [instrument],
  start: nothingYet,
  remember: (memory, event, view, params) => {
    const market = ladderMarket(view, params);
    const told = heard(memory, event, view, params);
    if (told === memory && isQuiet(memory, event, market)) return memory;
    const next = turned(told, view, params, market);
    if (market === undefined) return next;
    return looked(next, kept(memory.wishes, wishedNow(next, view, params, market)), market);
  },
  want: (view, memory, params) => {
    if (view.position(params.instrument) === undefined) return nothing;
    if (ladderMarket(view, params) !== undefined) return memory.wishes;
    // While the market is unknown an offer that rests may rest on; a new one is not made.
    return liveOf(view, params).has(saleSlot) ? memory.wishes.filter(isOffer) : nothing;
  },
  remarks: remarksOn,
  ends: (_, { phase, end }) => {
    if (end === undefined || (phase !== "done" && phase !== "stopped")) return undefined;
    return { kind: phase === "done" ? "done" : "halt", why: end };
  },
};

const nothing: readonly never[] = [];
const isOffer = (each: Intent): boolean => each.kind === "quote" && each.slot === saleSlot;

/** What an event tells beyond the price: own trades, refusals, a person's wish. */
function heard(memory: LadderMemory, event: Event, view: View, params: LadderParams): LadderMemory {
  const next = resumed(refused(folded(memory, view, params), event, view, params), event, view);
  const { boughtAt } = next;
  if (boughtAt === undefined || event.venueAt <= boughtAt || !isMarket(event, params)) return next;
  return { ...next, boughtAt: undefined };
}

function isMarket(event: Event, { instrument }: LadderParams): boolean {
  return (
    (event.type === "book.changed" || event.type === "book.reset" || event.type === "trade.printed") &&
    event.instrument === instrument
  );
}

/** A fact about the market that moved nothing of what is looked at. */
function isQuiet({ seen }: LadderMemory, event: Event, market: LadderMarket | undefined): boolean {
  if (event.type !== "book.changed" && event.type !== "book.reset" && event.type !== "trade.printed") return false;
  if (market === undefined) return true;
  const { touch, price } = market;
  return seen.bid === touch.bid[0] && seen.ask === touch.ask[0] && seen.price === price;
}

function looked(memory: LadderMemory, wishes: LadderMemory["wishes"], { touch, price }: LadderMarket): LadderMemory {
  const { seen } = memory;
  const [bid, ask] = [touch.bid[0], touch.ask[0]];
  const same = seen.bid === bid && seen.ask === ask && seen.price === price;
  if (same && wishes === memory.wishes) return memory;
  return { ...memory, wishes, seen: same ? seen : { bid, ask, price } };
}

// What each strategy wishes, what became of each wish, and why one wishes nothing: out of an explained decision.
import { type Instrument, type InstrumentId, type Intent, type Lots, plain, priceText, sizeText } from "@bp/core";
import type { Decision, Explained } from "@bp/engine";
import type { Hearing } from "@bp/risk";
import type { StrategyNow, WishNow } from "dashboard/contract";
import { type Asker, idleOf } from "./idle.ts";

export type { Asker } from "./idle.ts";

/**
 * The wishes of one strategy in a decision. Beats are always judged, so that a decision of one says all; in one that was not
 * judged (a fact about the market that changes nothing) a wish counts by the order in its slot alone.
 *
 * @param explained - of the moment
 * @param asker - the strategy as the run has it
 * @param instrument - of a market of the run
 */
export function wishesIn(
  explained: Explained,
  asker: Asker,
  instrument: (id: InstrumentId) => Instrument,
): Pick<StrategyNow, "wishes" | "idle"> {
  const own = explained.strategies.find(({ name }) => name === asker.name);
  if (own === undefined) return { wishes: [] };
  const wishes = own.wish.map((wish): WishNow => {
    const slot = wish.kind === "hold" ? `hold:${wish.instrument}` : wish.slot;
    const full = `${asker.name}/${slot}`;
    const heard = explained.hearings.find((each) => each.slot === full);
    const market = instrument(wish.instrument);
    const became = heard === undefined ? unheard(explained, full, wish) : outcomeOf(explained, heard, market);
    return { slot, market: wish.instrument, ...termsOf(wish, market), ...became };
  });
  if (wishes.length > 0) return { wishes };
  return { wishes, idle: plain(idleOf(explained, own, asker, instrument)) };
}

function termsOf(wish: Intent, market: Instrument): Pick<WishNow, "kind" | "side" | "price" | "size"> {
  if (wish.kind === "hold")
    return { kind: "hold", price: priceText(market, wish.worst), size: sizeText(market, wish.position) };
  const { kind, side, price, size } = wish;
  return { kind, side, price: priceText(market, price), size: sizeText(market, size) };
}

type Outcome = Pick<WishNow, "outcome" | "rule" | "why">;

/** What rules and plan have made of it. */
function outcomeOf(explained: Explained, { slot, wish, said, outcome }: Hearing, market: Instrument): Outcome {
  if (outcome === "unknown") return { outcome, why: "what is held is not known: the venue is being asked" };
  if (outcome === "held") return { outcome, ...because(wish) };
  if (outcome === "refused" || outcome === "waits") {
    const answer = outcome === "waits" ? "wait" : "refuse";
    const bound = said.find((each) => each.answer === answer) ?? said.findLast((each) => each.answer === "trim");
    return { outcome, ...(bound === undefined ? {} : ruled(bound.rule, bound.why ?? "")) };
  }
  const held = delayOf(explained, slot, wish);
  if (held !== undefined) return { outcome: "waits", why: plain(held) };
  if (outcome === "approved") return { outcome: "works", ...because(wish) };
  const trim = said.findLast((each) => each.answer === "trim");
  if (trim === undefined) return { outcome: "trimmed" };
  const left = trim.size === undefined ? "" : sizeText(market, trim.size as Lots); // lots of the wish
  return { outcome: "trimmed", ...ruled(trim.rule, `only ${left}: ${trim.why ?? ""}`) };
}

const ruled = (rule: string, why: string) => ({ rule, why: plain(why) });
const because = (wish: Intent) => (wish.kind === "hold" ? { why: plain(wish.why) } : {});

/** Why nothing is placed for a wish that may be done; `undefined`: it works, or is on its way. */
function delayOf({ plan, view }: Explained, slot: string, wish: Intent): string | undefined {
  const about = plan.filter((each) => each.slot === slot);
  if (about.some(({ action }) => action === "keep" || action === "place")) return undefined;
  const there = view.orders.find((each) => each.slot === slot);
  const goes = there?.state === "placing" || there?.state === "open";
  if (goes && !about.some(({ action }) => action === "cancel") && fits(there, wish)) return undefined;
  const told = (action: Decision["action"]) => about.findLast((each) => each.action === action)?.why;
  return told("wait") ?? told("leave") ?? told("cancel");
}

function fits({ side, price }: Explained["view"]["orders"][number], wish: Intent): boolean {
  return wish.kind === "hold" || (side === wish.side && price === wish.price);
}

/** Of a decision that was not judged. */
function unheard({ view }: Explained, slot: string, wish: Intent): Outcome {
  const there = view.orders.find((each) => each.slot === slot);
  if (there !== undefined && there.state !== "unknown" && fits(there, wish))
    return { outcome: "works", ...because(wish) };
  return { outcome: "waits", why: "it has not been judged yet" };
}

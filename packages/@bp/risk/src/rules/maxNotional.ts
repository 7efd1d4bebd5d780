// Rule: no single order, no single market, and not everything together is worth more than a limit.
import { decimal, type Instrument, type InstrumentId, notionalUnits, type RiskRule } from "@bp/core";
import { quotePerUnit, worstElsewhere } from "../exposure.ts";
import { trimmed } from "../trim.ts";

/** What orders may be worth, as decimal text in quote. Left out: no limit. */
export interface NotionalLimits {
  /** Quote, for one order. A larger hold is worked in pieces, a larger quote is trimmed. Reductions obey it too. */
  readonly perOrder?: string;
  /** Quote, for the worst case of each market that is named. Reductions pass. */
  readonly perMarket?: Readonly<Record<InstrumentId, string>>;
  /** Quote, for the worst cases of `markets` together. Reductions pass. */
  readonly total?: string;
  /** The markets that `total` adds up; they must share one quote currency (or near enough, such as USDC and USDT). */
  readonly markets?: readonly InstrumentId[];
}

/**
 * Limits what orders are worth. The worst case of a market is its position with everything filled that works or is
 * approved on the worse side, at the mid (or mark). A total is refused while a position in it is unknown.
 */
export function maxNotional({ perOrder, perMarket = {}, total, markets = [] }: NotionalLimits): RiskRule {
  const most = perOrder === undefined ? undefined : decimal(perOrder);
  const caps = new Map(Object.entries(perMarket).map(([id, text]) => [id, Number(decimal(text))]));
  const ceiling = total === undefined ? Number.POSITIVE_INFINITY : Number(decimal(total));
  const inUnits = new WeakMap<Instrument, number>();
  const unitsOf = (instrument: Instrument): number => {
    if (most === undefined) return Number.MAX_SAFE_INTEGER;
    let found = inUnits.get(instrument);
    if (found === undefined) {
      found = notionalUnits(instrument, most);
      inUnits.set(instrument, found);
    }
    return found;
  };
  return {
    name: "max-notional",
    start: () => undefined,
    check: (intent, view, pass) => {
      const { instrument: id } = intent;
      const instrument = view.instrument(id);
      const { price, size, side, held } = pass;
      const limit = unitsOf(instrument);
      if (price * size > limit)
        return trimmed(
          intent,
          pass,
          instrument,
          Math.floor(limit / price),
          `an order may be worth at most ${perOrder} ${instrument.quote}`,
        );
      const cap = caps.get(id);
      if ((total === undefined && cap === undefined) || pass.reduces) return { pass: intent };
      if (held === undefined) return { refuse: "what is held is not known" };
      const unit = quotePerUnit(instrument) * price;
      const roomIn = (quote: number) =>
        Math.floor(quote / unit) - pass.committed(id, side) - (side === "buy" ? held : -held);
      const own = cap === undefined ? Number.POSITIVE_INFINITY : roomIn(cap);
      const elsewhere = total === undefined ? 0 : worstElsewhere(view, pass, markets, id);
      if (elsewhere === undefined) return { refuse: "what is held is not known" };
      const shared = total === undefined ? Number.POSITIVE_INFINITY : roomIn(ceiling - elsewhere);
      const room = Math.min(own, shared);
      if (size <= room) return { pass: intent };
      const [what, quote] = own < shared ? [`all of ${id}`, perMarket[id]] : ["everything together", total];
      return trimmed(intent, pass, instrument, room, `${what} may be worth at most ${quote} ${instrument.quote}`);
    },
  };
}

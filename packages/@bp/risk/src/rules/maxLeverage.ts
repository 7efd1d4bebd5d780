// Rule: positions are not worth more than so many times what carries them.
import { type InstrumentId, type RiskRule, sizeText, venueOf } from "@bp/core";
import { markOf, quotePerUnit } from "../exposure.ts";
import { oncePerRound } from "../once.ts";
import { trimmed } from "../trim.ts";
import { matesAmong, walletEquity, worstNotional } from "../wallet.ts";

/**
 * Keeps the notional of the perpetuals of one wallet, in the worst case of each market, within a multiple of its equity
 * (quote balance and unrealized result), whatever leverage the venue would allow. What goes beyond is trimmed. Positions
 * that are not ours count. Reductions pass, and orders that work as wished; while something is unknown nothing else does.
 *
 * @param most - above 0; 3 is three times the equity
 * @param markets - all perpetuals that are traded; those of one venue and one quote currency share their wallet
 */
export function maxLeverage(most: number, markets: readonly InstrumentId[]): RiskRule {
  const matesOf = matesAmong(markets);
  const equityOf = oncePerRound((view, id) => walletEquity(view, matesOf(view, id)));
  return {
    name: "max-leverage",
    start: () => undefined,
    check: (intent, view, pass) => {
      if (pass.reduces || !pass.places) return { pass: intent };
      const { instrument: id } = intent;
      const instrument = view.instrument(id);
      if (instrument.kind === "spot") return { pass: intent };
      const mates = matesOf(view, id);
      const equity = equityOf(view, pass, id);
      let elsewhere: number | undefined = 0;
      for (const each of mates) {
        const notional = each === id ? 0 : worstNotional(view, pass, each);
        elsewhere = elsewhere === undefined || notional === undefined ? undefined : elsewhere + notional;
      }
      const external = view.external(id);
      if (equity === undefined || elsewhere === undefined || pass.held === undefined || external === undefined)
        return { refuse: `the equity at ${venueOf(id)} is not known` };
      const held = pass.held + external;
      const price = Math.max(markOf(view, id) ?? 0, pass.price) * quotePerUnit(instrument);
      const room =
        Math.floor((equity * most - elsewhere) / price + tolerance) -
        pass.committed(id, pass.side) -
        (pass.side === "buy" ? held : -held);
      if (pass.size <= room) return { pass: intent };
      const why = `equity of ${equity.toFixed(2)} ${instrument.quote} at ${venueOf(id)} may carry ${most} times as much: room to ${pass.side} ${sizeText(instrument, Math.max(0, room) as typeof pass.size)} ${instrument.base}`;
      return trimmed(intent, pass, instrument, room, why);
    },
  };
}

/** Lots that a division of numbers may be short of a whole one. */
const tolerance = 1e-9;

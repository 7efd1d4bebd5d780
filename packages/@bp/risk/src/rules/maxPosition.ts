// Rule: the position stays within a limit even if everything that works or is wished fills.
import {
  gridsOf,
  type Instrument,
  type InstrumentId,
  type Intent,
  lots,
  type RiskRule,
  roundToGrid,
  sizeText,
} from "@bp/core";
import { trimmed } from "../trim.ts";

/**
 * Keeps own inventory of all strategies together within a limit on either side. In the worst case everything that
 * works and everything approved on that side fills; what goes beyond is trimmed, and refused where less than the
 * venue's minimum is left. Reductions pass. While the position is unknown nothing else does.
 *
 * @param limits - per instrument, in base, above 0, as decimal text; instruments that are not named have no limit here
 */
export function maxPosition(limits: Readonly<Record<InstrumentId, string>>): RiskRule {
  const inLots = new WeakMap<Instrument, number>();
  const limitOf = (instrument: Instrument, text: string): number => {
    let found = inLots.get(instrument);
    if (found === undefined) {
      found = roundToGrid(text, gridsOf(instrument).size, "floor");
      inLots.set(instrument, found);
    }
    return found;
  };
  return {
    name: "max-position",
    start: () => undefined,
    check: (intent: Intent, view, pass) => {
      const { instrument: id } = intent;
      const text = limits[id];
      if (text === undefined || pass.reduces) return { pass: intent };
      const { held } = pass;
      if (held === undefined) return { refuse: `the position in ${id} is unknown` };
      const instrument = view.instrument(id);
      const limit = limitOf(instrument, text);
      const room = limit - pass.committed(id, pass.side) - (pass.side === "buy" ? held : -held);
      if (pass.size <= room) return { pass: intent };
      const why = `${sizeText(instrument, held)} ${instrument.base} held, at most ${text} allowed; room to ${pass.side} ${sizeText(instrument, lots(Math.max(0, room)))}`;
      return trimmed(intent, pass, instrument, room, why);
    },
  };
}

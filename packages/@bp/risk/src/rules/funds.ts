// Rule: nothing is sent that the account cannot pay for.
import {
  type Big,
  gridsOf,
  type Instrument,
  type InstrumentId,
  type Intent,
  lots,
  type Pass,
  type RiskRule,
  roundToGrid,
  sizeText,
  type Verdict,
  type View,
  venueOf,
} from "@bp/core";
import { priceOf, quotePerUnit, unrealizedOf, worstElsewhere } from "../exposure.ts";
import { oncePerRound } from "../once.ts";
import { reserved } from "../reserved.ts";
import { trimmed } from "../trim.ts";
import { moneyOf } from "../wallet.ts";

/** How the margin of perpetuals is counted. */
export interface FundsOptions {
  /** Perpetuals: margin is at least notional / leverage; by default what the market itself asks for. */
  readonly leverage?: number;
  /** Perpetuals: the markets that share the margin; by default each is looked at alone. */
  readonly markets?: readonly InstrumentId[];
}

/**
 * Refuses quotes and trims holds that the account cannot pay for, counting everything that works or is approved.
 *
 * Spot: buys need quote, sells need base, of the wallet's total (what our own orders lock is counted with them).
 * Perpetuals, in a simple form: the worst case of all markets times the initial margin fraction must not be above the
 * quote balance and the unrealized result; other collateral is not counted. Reductions of perpetuals pass. While a
 * balance is unknown everything else is refused.
 */
export function funds({ leverage, markets = [] }: FundsOptions = {}): RiskRule {
  const openResult = oncePerRound((view, id) => unrealizedOf(view, view.instrument(id)));
  return {
    name: "funds",
    start: () => undefined,
    check: (intent, view, pass) => {
      if (!pass.places) return { pass: intent }; // its order is there, and paid for
      const instrument = view.instrument(intent.instrument);
      if (instrument.kind === "perp") return pass.reduces ? { pass: intent } : margin(intent, view, pass, instrument);
      return pass.side === "buy" ? purchase(intent, view, pass, instrument) : sale(intent, view, pass, instrument);
    },
  };

  function margin(intent: Intent, view: View, pass: Pass, instrument: Instrument): Verdict {
    const { id, quote } = instrument;
    const { held } = pass;
    const balance = view.balance(venueOf(id), quote);
    const elsewhere = worstElsewhere(view, pass, markets, id);
    if (held === undefined || balance === undefined || elsewhere === undefined)
      return { refuse: "what the account holds is not known" };
    const fraction = Math.max(leverage === undefined ? 0 : 1 / leverage, Number(instrument.margin?.initial.base ?? 0));
    const equity = moneyOf(balance.total) + openResult(view, pass, id);
    const price = priceOf(view, id) ?? pass.price;
    const affordable = Math.floor((equity / fraction - elsewhere) / (price * quotePerUnit(instrument)) + tolerance);
    const room = affordable - pass.committed(id, pass.side) - (pass.side === "buy" ? held : -held);
    return within(intent, pass, instrument, room, `margin of ${equity.toFixed(2)} ${quote}`);
  }
}

function purchase(intent: Intent, view: View, pass: Pass, instrument: Instrument): Verdict {
  const balance = view.balance(venueOf(instrument.id), instrument.quote);
  if (balance === undefined) return { refuse: `the balance of ${instrument.quote} is not known` };
  const left = moneyOf(balance.total) - reserved(view, pass, instrument);
  const room = Math.floor(left / (pass.price * quotePerUnit(instrument)) + tolerance);
  return within(intent, pass, instrument, room, `${balance.total.toFixed()} ${instrument.quote}`);
}

function sale(intent: Intent, view: View, pass: Pass, instrument: Instrument): Verdict {
  const balance = view.balance(venueOf(instrument.id), instrument.base);
  if (balance === undefined) return { refuse: `the balance of ${instrument.base} is not known` };
  const room = wholeLots(balance.total, instrument) - pass.committed(instrument.id, "sell");
  return within(intent, pass, instrument, room, `${balance.total.toFixed()} ${instrument.base}`);
}

function within(intent: Intent, pass: Pass, instrument: Instrument, room: number, have: string): Verdict {
  if (pass.size <= room) return { pass: intent };
  const why = `not enough funds to ${pass.side} ${sizeText(instrument, pass.size)} ${instrument.base}: ${have}, enough for ${sizeText(instrument, lots(Math.max(0, room)))} more`;
  return intent.kind === "hold" ? trimmed(intent, pass, instrument, room, why) : { refuse: why };
}

/** Lots that a division of numbers may be short of a whole one. */
const tolerance = 1e-9;

const wholes = new WeakMap<Big, { readonly instrument: Instrument; readonly size: number }>();

function wholeLots(total: Big, instrument: Instrument): number {
  const found = wholes.get(total);
  if (found?.instrument === instrument) return found.size;
  const size = roundToGrid(total, gridsOf(instrument).size, "floor");
  wholes.set(total, { instrument, size });
  return size;
}

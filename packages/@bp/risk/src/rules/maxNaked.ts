// Rule: what should be hedged is not left unhedged for long.
import { Big, decimal, type Instrument, type Millis, type RiskRule, type View, weighs } from "@bp/core";
import { priceOf } from "../exposure.ts";
import { hedgeRoom, type Pair, type PairScale, pairScale } from "../pairs.ts";

/** What is watched, and how long it may last. */
export interface NakedLimits {
  /** Markets whose positions should add up to nothing, in base. */
  readonly pairs: readonly Pair[];
  /** Longer than this, in ms: nothing that adds to it. */
  readonly maxNakedMs: number;
  /** Longer than this, in ms: a halt. Left out: none. */
  readonly haltMs?: number;
  /** How much does not count yet, in base, decimal text; by default what neither leg could trade: less than the larger smallest order. */
  readonly base?: string;
  /** The same in quote, decimal text. Both given: what is beyond either counts. */
  readonly notional?: string;
}

/** What the rule remembers of a pair. */
export interface Naked {
  /** In base, signed; `0` is hedged. Decimal text. */
  readonly net: string;
  /** Quote at the mid (or mark) when it was last looked at; 0 or more. */
  readonly notional: number;
  /** Since when it has been more than is allowed. */
  readonly since: Millis | undefined;
  /** When it was last looked at. */
  readonly at: Millis;
  /** Unhedged notional times seconds since the start, however little it was. */
  readonly quoteSeconds: number;
}

/**
 * Watches pairs that should be hedged. Once one has been naked for longer than `maxNakedMs`, what adds on either leg is
 * refused; what brings the sum nearer to nothing and what reduces a position passes. Past `haltMs` everything halts until
 * a person resumes, and then the time is counted anew. While a position is unknown the clock goes on and nothing is added.
 * A time in which nobody looked for longer than `maxNakedMs` (the bot was down) could not be used: the clock begins anew.
 */
export function maxNaked({ pairs, maxNakedMs, haltMs, base, notional }: NakedLimits): RiskRule<readonly Naked[]> {
  const scaled = pairs.map(pairScale);
  const [leastBase, leastQuote] = [base, notional].map((text) =>
    text === undefined ? undefined : new Big(decimal(text)),
  );
  const isMuch = (net: Big, worth: number, { a, b }: { readonly a: Instrument; readonly b: Instrument }): boolean => {
    if (leastQuote?.lt(worth) === true) return true;
    if (leastBase !== undefined) return net.abs().gt(leastBase);
    return leastQuote === undefined && net.abs().gte(smallest(a).gt(smallest(b)) ? smallest(a) : smallest(b));
  };
  const look = (each: PairScale, before: Naked, view: View): Naked => {
    const sum = each.net(view);
    const gone = view.now - before.at;
    const quoteSeconds = before.quoteSeconds + (before.notional * Math.max(0, gone)) / 1_000;
    const began = before.since !== undefined && gone > maxNakedMs ? view.now : before.since;
    if (sum === undefined)
      return before.notional === 0 ? before : { ...before, since: began, at: view.now, quoteSeconds };
    if (sum === 0 && before.net === "0") return before;
    const scale = each.scale(view);
    const net = scale.step.times(sum);
    const worth = worthOf(each.pair, net, view) ?? before.notional;
    const since = isMuch(net, worth, scale) ? (began ?? view.now) : undefined;
    return { net: net.toFixed(), notional: worth, since, at: view.now, quoteSeconds };
  };
  const text = (naked: Naked, each: PairScale, view: View): string => {
    const { a } = each.scale(view);
    const seconds = ((view.now - (naked.since ?? view.now)) / 1_000).toFixed(1);
    return `${each.pair.join(" and ")} are ${naked.net} ${a.base} (${naked.notional.toFixed(2)} ${a.quote}) apart for ${seconds} s`;
  };
  return {
    name: "max-naked",
    start: () => pairs.map(() => hedged),
    remember: (memory, event, view) => {
      if (event.type === "operator.asked" && event.ask === "resume")
        return memory.map((each) => (each.since === undefined ? each : { ...each, since: view.now }));
      if (!weighs(event)) return memory;
      let changed = false;
      const next = memory.map((before, at) => {
        const each = scaled[at];
        const now = each === undefined ? before : look(each, before, view);
        if (now !== before) changed = true;
        return now;
      });
      return changed ? next : memory;
    },
    check: (intent, view, pass, memory) => {
      if (pass.reduces) return { pass: intent };
      const { instrument: id } = intent;
      for (const [at, each] of scaled.entries()) {
        const naked = memory[at];
        if (naked === undefined || !each.pair.includes(id)) continue;
        if (each.net(view) === undefined) return { refuse: `what is held in ${each.pair.join(" and ")} is not known` };
        if (naked.since === undefined || view.now - naked.since <= maxNakedMs) continue;
        if (pass.size <= hedgeRoom(each, view, pass, id, intent.kind)) continue;
        return { refuse: `${text(naked, each, view)}, at most ${maxNakedMs / 1_000} s: first bring them together` };
      }
      return { pass: intent };
    },
    halts: (view, memory) => {
      if (haltMs === undefined) return undefined;
      for (const [at, each] of scaled.entries()) {
        const naked = memory[at];
        if (naked?.since !== undefined && view.now - naked.since > haltMs)
          return `${text(naked, each, view)}, at most ${haltMs / 1_000} s`;
      }
      return undefined;
    },
  };
}

const hedged: Naked = { net: "0", notional: 0, since: undefined, at: 0 as Millis, quoteSeconds: 0 }; // before the first event

function smallest({ minSize, lotSize }: Instrument): Big {
  return new Big(minSize).times(lotSize);
}

/** Quote, by the price of the first leg that has one. */
function worthOf(pair: Pair, net: Big, view: View): number | undefined {
  for (const id of pair) {
    const price = priceOf(view, id);
    if (price !== undefined) return net.abs().times(price).times(view.instrument(id).tickSize).toNumber();
  }
  return undefined;
}

// Rule: a run that has lost too much of what it began with ends until a person resumes.
import { Big, bigToDecimal, decimal, type InstrumentId, type RiskRule, type View, weighs } from "@bp/core";
import { type Beginning, beginning, equitySince, percentBelow } from "../equity.ts";

/** How much may be lost, as decimal text above 0; of two limits the one that is reached first. */
export interface LossLimits {
  /** Percent of the equity at the start: `5` is 5 %. */
  readonly pct?: string;
  /** Quote. */
  readonly amount?: string;
  /** The markets whose wallets make up the equity; their quote currencies count alike. */
  readonly markets: readonly InstrumentId[];
}

/** What the rule remembers. */
export interface Loss {
  /** Where losses are counted from; `undefined` until the equity is known. */
  readonly from: Beginning | undefined;
  /** Why trading had to stop. */
  readonly breach: string | undefined;
}

/**
 * Halts once profit (realized, unrealized, funding, less fees) is below that at the start by a share of the equity, or by an
 * amount; a profit of any size never does. Refuses what adds risk from then on, and while the equity at the start is not
 * known yet, or nothing. When a person resumes, losses are counted anew from there.
 */
export function maxLoss({ pct, amount, markets }: LossLimits): RiskRule<Loss> {
  const share = pct === undefined ? undefined : decimal(pct);
  const most = amount === undefined ? undefined : decimal(amount);
  const breachOf = (from: Beginning, view: View): string | undefined => {
    const now = equitySince(from, view);
    const lost = new Big(from.equity).minus(now);
    const reached =
      (share !== undefined && lost.times(100).gte(new Big(share).times(from.equity))) ||
      (most !== undefined && lost.gte(most));
    if (!reached) return undefined;
    if (share === undefined) return `lost ${lost.toFixed(2)} since the start, limit ${amount}`;
    const limit = most === undefined ? `${pct} %` : `${pct} % or ${amount}`;
    return `lost ${lost.toFixed(2)}: equity ${now.toFixed(2)} is ${percentBelow(now, from.equity).toFixed(2)} % below ${new Big(from.equity).toFixed(2)} at the start, limit ${limit}`;
  };
  return {
    name: "max-loss",
    // Without a share of it, what the equity is does not matter: the run begins with no profit.
    start: () => ({ from: share === undefined ? { equity: zero, profit: zero } : undefined, breach: undefined }),
    remember: (memory, event, view) => {
      const { from, breach } = memory;
      if (event.type === "operator.asked" && event.ask === "resume" && breach !== undefined && from !== undefined)
        return { from: anew(from, view), breach: undefined };
      if (breach !== undefined || !weighs(event)) return memory;
      if (from === undefined) {
        const begins = beginning(view, markets);
        return begins === undefined ? memory : { from: begins, breach };
      }
      const why = breachOf(from, view);
      return why === undefined ? memory : { from, breach: why };
    },
    check: (intent, _view, pass, { from, breach }) => {
      if (pass.reduces) return { pass: intent };
      if (breach !== undefined) return { refuse: breach };
      return from === undefined ? { refuse: "the equity at the start is not known, or nothing" } : { pass: intent };
    },
    halts: (_view, { breach }) => breach,
  };
}

const zero = decimal("0");

function anew(from: Beginning, view: View): Beginning {
  return { equity: bigToDecimal(equitySince(from, view)), profit: bigToDecimal(view.profit()) };
}

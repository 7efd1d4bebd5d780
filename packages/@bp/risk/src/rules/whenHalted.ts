// Rule: after a halt nothing may add to the risk until a person resumes. It is the kill switch too.
import type { RiskRule } from "@bp/core";

/**
 * Refuses everything but reductions while the view says that trading is halted, whoever halted it: a rule, a strategy, the
 * engine, or a person (`operator.asked` with `halt`), whose kill switch this is. The refusal takes away what rests and
 * would add; only a person's `resume` ends it. Who wants the positions gone as well asks to `flatten`.
 */
export const whenHalted = (): RiskRule => ({
  name: "when-halted",
  start: () => undefined,
  check: (intent, view, pass) =>
    view.halted === undefined || pass.reduces ? { pass: intent } : { refuse: `halted: ${view.halted}` },
});

// Rule: after a halt nothing may add to the risk until a person resumes.
import type { RiskRule } from "@bp/core";

/** Refuses everything but reductions while the view says that trading is halted. */
export const whenHalted = (): RiskRule => ({
  name: "when-halted",
  start: () => undefined,
  check: (intent, view, pass) =>
    view.halted === undefined || pass.reduces ? { pass: intent } : { refuse: `halted: ${view.halted}` },
});

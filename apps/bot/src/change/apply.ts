// A change takes effect: what was shown, and nothing else.
import type { Operator } from "../operator.ts";
import type { Refused } from "./fit.ts";
import { type ChangePlan, planChange } from "./plan.ts";
import type { ChangeTerms } from "./terms.ts";

/** What a person agreed to. */
export interface ChangeOrder {
  readonly strategy: string;
  /** The same that the plan was asked with. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Of the plan that was shown. */
  readonly digest: string;
  /** Who, for the journal. */
  readonly by: string;
}

/** What came of it. */
export type Applied =
  | { readonly plan: ChangePlan; readonly refused?: undefined }
  /** `old`: the parameters have changed since the plan was made. */
  | { readonly refused: Refused; readonly old: boolean };

/**
 * Applies a change, at once. Call it on the trading thread. Prices may have moved since the plan was shown, and orders with them:
 * it holds for the parameters that it was made from.
 */
export function applyChange(
  terms: ChangeTerms,
  operator: Pick<Operator, "change">,
  { strategy, values, digest, by }: ChangeOrder,
): Applied {
  const plan = planChange(terms, strategy, values);
  if (plan.digest !== "" && plan.digest !== digest) return { refused: tooOld(strategy), old: true };
  if (plan.refused !== undefined) return { refused: plan.refused, old: false };
  const why = operator.change({ strategy, params: plan.params, by });
  return why === undefined ? { plan } : { refused: { why, hint: "nothing has changed" }, old: false };
}

const tooOld = (strategy: string): Refused => ({
  why: `the plan is older than the parameters of ${strategy}: they have changed since it was shown, or another change was asked for`,
  hint: "look at a new plan",
});

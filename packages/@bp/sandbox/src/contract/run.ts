// Runs the contract against a venue and says of each case what came of it.
import type { Need, Subject } from "./bench.ts";
import type { ContractCase } from "./case.ts";
import { contractCases } from "./cases.ts";
import { createStage } from "./stage.ts";

/** What came of one case. `not-applicable`: the subject does not offer what it needs; `why` says what. */
export interface CaseResult {
  readonly id: string;
  readonly title: string;
  readonly outcome: "passed" | "failed" | "not-applicable";
  /** Empty when it passed. */
  readonly why: string;
  /** Wall time. */
  readonly ms: number;
}

/** What a subject lacks for a case. */
export function lacking(needs: readonly Need[], offers: ReadonlySet<Need>): readonly Need[] {
  return needs.filter((need) => !offers.has(need));
}

/**
 * Runs one case on a bench of its own.
 *
 * @throws whatever failed; AssertionError for what is not as it must be
 */
export async function runCase(subject: Subject, each: ContractCase): Promise<void> {
  const bench = await subject.open(each.needs);
  const { stage, end } = await createStage(bench).catch(async (error: unknown) => {
    await bench.close();
    throw error;
  });
  try {
    await each.run(stage);
  } finally {
    await end();
  }
}

/**
 * Runs the contract, one case after the other.
 *
 * @param options.cases - default: all
 * @param options.onResult - hears each result at once
 * @example
 * const results = await runContract(mySubject);
 * console.log(results.filter(({ outcome }) => outcome === "failed"));
 */
export async function runContract(
  subject: Subject,
  options: { readonly cases?: readonly ContractCase[]; readonly onResult?: (result: CaseResult) => void } = {},
): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = [];
  for (const each of options.cases ?? contractCases) {
    const { id, title } = each;
    const startedAt = Date.now();
    const done = (outcome: CaseResult["outcome"], why: string) => {
      const result: CaseResult = { id, title, outcome, why, ms: Date.now() - startedAt };
      results.push(result);
      options.onResult?.(result);
    };
    const missing = lacking(each.needs, subject.offers);
    if (missing.length > 0) {
      done("not-applicable", `needs ${missing.join(", ")}`);
      continue;
    }
    try {
      await runCase(subject, each);
      done("passed", "");
    } catch (error) {
      done("failed", error instanceof Error ? error.message : String(error));
    }
  }
  return results;
}

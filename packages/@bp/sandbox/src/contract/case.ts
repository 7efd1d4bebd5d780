// A case of the contract: a number that never changes its meaning, a sentence, what it needs, and what must be so.
import type { Need } from "./bench.ts";
import type { Stage } from "./stage.ts";

/** One case. */
export interface ContractCase {
  /** `V.01` … Numbers are never given twice. */
  readonly id: string;
  /** A sentence about the venue. */
  readonly title: string;
  readonly needs: readonly Need[];
  /** @throws AssertionError, or what the venue threw, when it is not so */
  run(stage: Stage): Promise<void>;
}

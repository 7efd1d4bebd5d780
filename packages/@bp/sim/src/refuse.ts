// A refusal as it travels through the checks.
import type { ChangeRefusal, ChangeResult, Refusal } from "./contract.ts";

/** What is told of it. */
export interface Refused {
  readonly refusal: Refusal;
  readonly text: string;
}

/** Why an order is not taken. */
export function refuse(refusal: Refusal, text: string): Refused {
  return { refusal, text };
}

/** Why a setting is not changed. */
export function refuseChange(refusal: ChangeRefusal, text: string): ChangeResult {
  return { ok: false, refusal, text };
}

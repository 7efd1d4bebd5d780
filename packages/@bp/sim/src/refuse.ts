// A refusal as it travels through the checks.
import type { ChangeRefusal, ChangeResult, Refusal } from "./contract.ts";

export interface Refused {
  readonly refusal: Refusal;
  readonly text: string;
}

/** Why an order is not taken. */
export function refuse(refusal: Refusal, text: string): Refused {
  return { refusal, text };
}

/** Why a setting stays as it is. */
export function keep(refusal: ChangeRefusal, text: string): ChangeResult {
  return { ok: false, refusal, text };
}

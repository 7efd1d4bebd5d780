// A wish in a line, as a page shows it.
import { type Intent, plain } from "@bp/core";
import type { Numbers } from "../../explain/numbers.ts";
import { decisionWords } from "../../explain/words.ts";

const { en: say } = decisionWords;

/** @param numbers - of its market */
export function wishText(intent: Intent, numbers: Numbers): string {
  const { price, size } = numbers(intent.instrument);
  if (intent.kind === "hold")
    return `${say.hold} ${size(intent.position)} ${say.noWorse} ${price(intent.worst)} ${intent.instrument}: ${plain(intent.why)}`;
  const { side, postOnly, reduceOnly } = intent;
  const terms = [...(postOnly ? ["post-only"] : []), ...(reduceOnly === true ? ["reduce-only"] : [])].join(", ");
  return `${side} ${size(intent.size)} @ ${price(intent.price)} ${intent.instrument}${terms === "" ? "" : ` (${terms})`}`;
}

// What comes of an act, in the language of the page: before it is done, and after.
import type { Words } from "../../words/en.ts";
import type { Act } from "./act.ts";

/**
 * A kill leaves a mark where the exchange outlives the bot, and nowhere else.
 *
 * @param lasts - whether it does; where nothing is known of the bot, the graver is said
 */
export function actSay(act: Act, lasts: boolean | undefined, words: Words): string {
  return act === "halt" && lasts === false ? words["act.halt.here"] : words[`act.${act}.say`];
}

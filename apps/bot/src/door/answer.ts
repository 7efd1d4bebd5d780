// What the trading thread answers to its door, whatever its handler does.
import { isBpError } from "@bp/core";
import { messageOf } from "../failures.ts";
import type { DoorAnswer, DoorAsk } from "./words.ts";

/** Answers what is asked of a bot. What it throws is a refusal: `config/*` is the caller's mistake, anything else is ours. */
export type OnAsk = (ask: DoorAsk) => DoorAnswer | Promise<DoorAnswer>;

/** Never rejects. @param handler - `undefined`: the run has not begun */
export async function answerTo(handler: OnAsk | undefined, ask: DoorAsk): Promise<DoorAnswer> {
  if (handler === undefined)
    return { refused: { error: "the run has not begun yet", hint: "try again in a moment" }, status: 503 };
  try {
    return await handler(ask);
  } catch (error) {
    const isTheirs = isBpError(error) && error.code.startsWith("config/");
    if (isBpError(error, "config/invalid")) {
      const { path, hint } = error.context;
      const more = hint === undefined ? {} : { hint };
      return { refused: { error: error.message, field: path, ...more }, status: 400 };
    }
    return { refused: { error: messageOf(error) }, status: isTheirs ? 409 : 503 };
  }
}

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
    return refusalIn(error);
  }
}

/** What was thrown, as a refusal. */
export function refusalIn(error: unknown): Extract<DoorAnswer, { readonly refused: unknown }> {
  if (isBpError(error, "config/invalid")) {
    const { path, hint } = error.context;
    const more = hint === undefined ? {} : { hint };
    return { refused: { error: error.message, field: path, ...more }, status: 400 };
  }
  const code = isBpError(error) ? error.code : "";
  const status = code === "journal/no-run" ? 404 : code.startsWith("config/") || code === "journal/bad-run" ? 409 : 503;
  return { refused: { error: messageOf(error) }, status };
}

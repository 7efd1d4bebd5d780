// Making a wish smaller.
import { type Instrument, type Intent, lots, type Pass, type Verdict } from "@bp/core";

/**
 * The wish with at most `room` lots to trade, or a refusal where that is less than the venue takes.
 *
 * @param room - lots, less than the wish would trade; negative is no room
 */
export function trimmed(intent: Intent, pass: Pass, instrument: Instrument, room: number, why: string): Verdict {
  if (room < instrument.minSize) return { refuse: why };
  if (intent.kind === "quote") return { trim: { ...intent, size: lots(room) }, why };
  const less = pass.size - room;
  return { trim: { ...intent, position: lots(intent.position + (pass.side === "buy" ? -less : less)) }, why };
}

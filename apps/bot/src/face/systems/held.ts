// What a strategy holds, in words.
import { type InstrumentId, sizeText, type View } from "@bp/core";

/** The position in base, or that it is not known. */
export function heldText(view: View, id: InstrumentId, lang: "en" | "zh"): string {
  const held = view.position(id);
  if (held === undefined) return lang === "zh" ? "未知" : "unknown";
  return sizeText(view.instrument(id), held);
}

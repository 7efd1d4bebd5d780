// Whether the orders that should be there are there: a look at the venue's word, once an hour.
import { millis, type View } from "@bp/core";
import { slotName } from "./fills.ts";
import type { Audit, GridMemory } from "./memory.ts";
import type { GridParams } from "./params.ts";

/** How soon it looks again when something is missing: an order may be on its way, in ms. */
const againMs = 30_000;

/** Compares wishes and live orders when it is time. The same memory when it is not. */
export function audited(memory: GridMemory, view: View, params: GridParams): GridMemory {
  const { audit } = memory;
  const wait = audit !== undefined && audit.missing.length > 0 && !audit.sure ? againMs : params.auditMs;
  if (memory.anchor === undefined) return memory;
  const none: Audit = { at: view.now, expected: 0, live: 0, missing: [], sure: false };
  if (audit === undefined) return { ...memory, audit: none }; // an hour from the beginning
  if (view.now - audit.at < wait) return memory;
  const live = new Set<string>();
  for (const order of view.orders(params.instrument)) live.add(slotName(order.slot));
  const missing = memory.quotes.map(({ slot }) => slot).filter((slot) => !live.has(slot));
  const sure = missing.some((slot) => audit.missing.includes(slot));
  const at = millis(view.now);
  return { ...memory, audit: { at, expected: memory.quotes.length, live: live.size, missing, sure } };
}

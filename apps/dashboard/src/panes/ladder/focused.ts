// Keeps the focus with an own order that is placed anew: a button belongs to a slot, and is there a moment longer than its order.
import { type RefObject, useLayoutEffect } from "react";
import type { Placed } from "./drawLine.ts";

/** How long a button with the focus waits for the next order of its slot, ms. */
const waitMs = 5_000;

/** @param slot - whose button has the focus @returns what can be pressed: the order that had the focus last is among it */
export type KeepFocused = (placed: readonly Placed[], slot: string | undefined) => readonly Placed[];

/** Nothing has the focus. @param now - ms */
export function createKeepFocused(now: () => number = () => performance.now()): KeepFocused {
  let last: { readonly placed: Placed; readonly at: number } | undefined;
  return (placed, slot) => {
    const found = slot === undefined ? undefined : placed.find(({ own }) => own.order.slot === slot);
    if (found !== undefined) last = { placed: found, at: now() };
    else if (last?.placed.own.order.slot !== slot || now() - (last?.at ?? 0) >= waitMs) last = undefined;
    return found === undefined && last !== undefined ? [...placed, last.placed] : placed;
  };
}

/** What each button is known by: its slot, and of two orders of one slot the newer one. */
export function keysOf(placed: readonly Placed[]): readonly string[] {
  const newest = new Map<string, number>();
  for (const { own } of placed) {
    const { slot, clientId } = own.order;
    newest.set(slot, Math.max(newest.get(slot) ?? 0, clientId));
  }
  return placed.map(({ own: { order } }) =>
    newest.get(order.slot) === order.clientId ? order.slot : `${order.slot} ${order.clientId}`,
  );
}

/** Gives the focus back to a button that was moved among the others: a browser takes it away then. @param slot - that had it before */
export function useFocusKept(box: RefObject<HTMLElement | null>, slot: string | undefined): void {
  useLayoutEffect(() => {
    if (slot === undefined || document.activeElement !== document.body) return;
    box.current?.querySelector<HTMLElement>(`[data-slot="${CSS.escape(slot)}"]`)?.focus({ preventScroll: true });
  });
}

/** The slot whose button has the focus, of those within. */
export function slotInFocus(box: HTMLElement): string | undefined {
  const focused = box.ownerDocument.activeElement;
  return focused instanceof HTMLElement && box.contains(focused) ? focused.dataset["slot"] : undefined;
}

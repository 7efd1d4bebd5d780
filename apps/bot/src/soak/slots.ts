// Which of our orders may rest in which slot, folded from facts and commands alone: a second opinion on the engine's own.
import { type ClientId, type Command, type Event, type InstrumentId, venueOf } from "@bp/core";

interface Placed {
  readonly slot: string;
  readonly instrument: InstrumentId;
  readonly size: number;
  readonly at: number;
  filled: number;
}

/** A ledger of slots. */
export interface Slots {
  /** Folds a fact. */
  event(event: Event): void;
  /** Folds a command. @returns the slot, if it is given to a second order while its first one may still rest */
  command(command: Command, now: number): string | undefined;
  /** How many orders may rest. */
  readonly size: number;
}

/** @param graceMs - how long an order that no list has may still be on the wire, in ms */
export function createSlots(graceMs: number): Slots {
  const placed = new Map<ClientId, Placed>();
  const bySlot = new Map<string, ClientId>();
  const end = (id: ClientId) => {
    const order = placed.get(id);
    if (order === undefined) return;
    placed.delete(id);
    if (bySlot.get(order.slot) === id) bySlot.delete(order.slot);
  };
  const filledTo = (id: ClientId | undefined, total: number) => {
    const order = id === undefined ? undefined : placed.get(id);
    if (id === undefined || order === undefined) return;
    order.filled = Math.max(order.filled, total);
    if (order.filled >= order.size) end(id);
  };
  return {
    event: (event) => {
      if (event.type === "order.filled") filledTo(event.clientId, event.total);
      else if (event.type === "order.cancelled" || event.type === "order.expired" || event.type === "order.rejected")
        end(event.clientId);
      else if (event.type === "account.snapshot") {
        for (const fill of event.fills) filledTo(fill.clientId, fill.total);
        const there = new Set(event.orders.map(({ clientId }) => clientId));
        for (const [id, order] of placed)
          if (venueOf(order.instrument) === event.venue && !there.has(id) && event.asOf - order.at > graceMs) end(id);
      }
    },
    command: (command, now) => {
      if (command.type !== "order.place") return undefined;
      const { clientId, slot, instrument, size } = command;
      const taken = bySlot.has(slot);
      placed.set(clientId, { slot, instrument, size, at: now, filled: 0 });
      bySlot.set(slot, clientId);
      return taken ? slot : undefined;
    },
    get size() {
      return placed.size;
    },
  };
}

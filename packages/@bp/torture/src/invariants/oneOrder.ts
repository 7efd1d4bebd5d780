// 1: one live order in a slot, by the exchange's own list.
import type { Invariant } from "../scene.ts";

export const oneOrder: Invariant = {
  number: 1,
  says: "one live order per slot",
  watch: ({ truth, broken }) => {
    const bySlot = new Map<string, Set<string>>();
    truth.listen((change) => {
      if (change.type === "traded") return;
      const { order, command, venue } = change.standing;
      if (command === undefined) return;
      const key = `${venue} ${command.slot}`;
      const ids = bySlot.get(key) ?? new Set();
      bySlot.set(key, ids);
      if (change.type === "ended") return void ids.delete(order.id);
      ids.add(order.id);
      if (ids.size > 1) broken(`${ids.size} orders rest in slot ${command.slot} at ${venue}`);
    });
    return {};
  },
};

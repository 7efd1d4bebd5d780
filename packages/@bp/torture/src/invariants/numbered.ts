// 8: no number twice, no event out of its place, no time that runs back.
import type { ClientId } from "@bp/core";
import type { Invariant } from "../scene.ts";

export const numbered: Invariant = {
  number: 8,
  says: "order numbers and times are valid",
  watch: ({ process, broken }) => {
    const placed = new Set<ClientId>();
    let last = 0;
    let at = 0;
    return {
      started: () => {
        const newest = process.diary.entries.findLast((entry) => entry.dir === "in");
        last = newest?.dir === "in" ? newest.event.seq : 0;
        at = newest?.dir === "in" ? newest.event.at : 0;
      },
      command: (command) => {
        if (command.type === "order.cancel" && !placed.has(command.clientId))
          broken(`a cancel of order ${command.clientId}, which was never sent`);
        if (command.type !== "order.place") return;
        if (placed.has(command.clientId)) broken(`order number ${command.clientId} is used a second time`);
        placed.add(command.clientId);
      },
      stepped: (event) => {
        if (event.seq !== last + 1) broken(`event ${event.seq} follows event ${last}`);
        last = event.seq;
        if (event.at < at) broken(`event ${event.seq} is ${at - event.at} ms earlier than the one before`);
        at = event.at;
      },
    };
  },
};

// 2: no order stands at a venue that the bot does not know of, or has not said that it does not know.
import type { Invariant } from "../scene.ts";

/** How long it may take to notice, in ms. */
const noticeMs = 5_000;

export const known: Invariant = {
  number: 2,
  says: "every venue order is known or flagged within 5 s",
  watch: ({ truth, process, now, broken }) => {
    const since = new Map<string, number>();
    truth.listen((change) => {
      if (
        change.type === "stands" &&
        change.standing.command === undefined &&
        change.standing.order.clientId !== "by hand"
      )
        broken(`order ${change.standing.order.clientId} stands at ${change.standing.venue}, and no journal has it`);
    });
    return {
      started: () => since.clear(),
      died: () => since.clear(),
      beat: () => {
        const { engine } = process;
        if (engine === undefined || process.frozen) return since.clear();
        for (const [key, { command, venue }] of truth.standing) {
          if (command === undefined) continue;
          const isKnown = engine.orders.has(command.clientId);
          const isFlagged = engine.view.position(command.instrument) === undefined;
          if (isKnown || isFlagged) {
            since.delete(key);
            continue;
          }
          const first = since.get(key) ?? now();
          since.set(key, first);
          if (now() - first > noticeMs)
            broken(
              `order ${command.clientId} of slot ${command.slot} stands at ${venue}, and the bot does not know it`,
            );
        }
        for (const key of since.keys()) if (!truth.standing.has(key)) since.delete(key);
      },
    };
  },
};

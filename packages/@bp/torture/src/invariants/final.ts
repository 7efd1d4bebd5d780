// 10: after the kill switch nothing is placed, and what rests goes, until a person resumes.
import type { Invariant } from "../scene.ts";

/** From the kill until no order of ours rests, in ms, while everything works. */
const goneMs = 3_000;

export const final: Invariant = {
  number: 10,
  says: "a kill is final",
  watch: ({ truth, process, now, calmMs, broken }) => {
    let killedAt: number | undefined;
    let restingSince: number | undefined;
    const over = () => {
      killedAt = undefined;
      restingSince = undefined;
    };
    return {
      told: (event) => {
        if (event.type !== "operator.asked") return;
        if (event.ask === "resume") return over(); // it may have waited before the door of a bot that stood still
        if (event.ask !== "halt" || event.by !== "kill" || killedAt !== undefined) return;
        restingSince = undefined;
        killedAt = now();
      },
      resumed: over,
      command: (command) => {
        if (killedAt === undefined || command.type !== "order.place") return;
        broken(`${command.slot}: an order ${now() - killedAt} ms after the kill switch`);
      },
      beat: () => {
        if (killedAt === undefined || process.engine === undefined || process.frozen || calmMs() < goneMs) {
          restingSince = undefined;
          return;
        }
        const resting = [...truth.standing.values()].filter(({ command }) => command !== undefined);
        const [one] = resting;
        if (one === undefined) restingSince = undefined;
        else {
          restingSince ??= now();
          if (now() - restingSince > goneMs)
            broken(`${resting.length} orders rest ${now() - killedAt} ms after the kill switch: ${one.command?.slot}`);
        }
      },
    };
  },
};

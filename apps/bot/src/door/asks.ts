// What is asked of the trading thread from the thread of the door, each with a deadline.
import { deadlines } from "dashboard/contract";
import { Refusal, refusal } from "./refuse.ts";
import type { DoorAnswer, DoorAsk } from "./words.ts";

/** So many may wait at once. */
const waitingMost = 32;

/** Asks, and hears answers. */
export interface Asks {
  /** @throws Refusal that of the bot; 503 without an answer in time */
  ask(ask: DoorAsk): Promise<object>;
  heard(id: number, answer: DoorAnswer): void;
}

/** @param send - to the trading thread @param waitMs - for tests */
export function createAsks(send: (id: number, ask: DoorAsk) => void, waitMs = deadlines.ask): Asks {
  const waiting = new Map<number, (answer: DoorAnswer) => void>();
  let last = 0;
  return {
    ask: async (ask) => {
      if (waiting.size >= waitingMost) throw refusal(503, "too much is being asked of the bot", undefined, 1);
      last += 1;
      const id = last;
      let timer: NodeJS.Timeout | undefined;
      const answer = await new Promise<DoorAnswer | undefined>((resolve) => {
        waiting.set(id, resolve);
        timer = setTimeout(() => resolve(undefined), waitMs);
        send(id, ask);
      });
      clearTimeout(timer);
      waiting.delete(id);
      if (answer === undefined)
        throw refusal(
          503,
          "the bot does not answer",
          "it may still do what was asked when it is back; in need, bot kill on the command line goes another way",
          1,
        );
      if ("refused" in answer) throw new Refusal(answer.status, answer.refused);
      return answer.ok;
    },
    heard: (id, answer) => waiting.get(id)?.(answer),
  };
}

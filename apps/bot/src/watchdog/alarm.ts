// What a watchdog tells a person's channels: the bot is dead or frozen then, so nobody else can. Nothing here is waited for by a cancel.
import { createOutbox } from "../alerts/outbox.ts";
import { alertSettings } from "../alerts/settings.ts";
import { type AlertWords, alertWords } from "../alerts/words.ts";
import { messageOf } from "../failures.ts";
import type { Alarmed } from "./protocol.ts";

/** Tells. Nothing of it blocks or throws. */
export interface Alarm {
  /** @param run - of the bot */
  tell(run: string, say: (words: AlertWords) => string): void;
  /** Waits until everything is told, or `ms` have passed. */
  finish(ms: number): Promise<void>;
}

const mute: Alarm = { tell: () => undefined, finish: () => Promise.resolve() };

/** @param warn - hears what could not be told, without secrets */
export function createAlarm(about: Alarmed | undefined, warn: (line: string) => void): Alarm {
  if (about === undefined) return mute;
  const { account, lang } = about;
  const words = alertWords(lang);
  let owner = "";
  let told = 0;
  try {
    const sender = () => ({ account, run: owner });
    const outbox = createOutbox({ ...alertSettings(), lang, sender, warn });
    return {
      tell: (run, say) => {
        owner = run;
        told += 1; // each of them is news
        outbox.put({ kind: "watchdog", topic: String(told), text: say(words), at: Date.now() });
      },
      finish: async (ms) => {
        await outbox.drain(ms);
        await outbox.close();
      },
    };
  } catch (error) {
    warn(`the watchdog has nobody to tell: ${messageOf(error)}`); // the bot has read the same settings before
    return mute;
  }
}

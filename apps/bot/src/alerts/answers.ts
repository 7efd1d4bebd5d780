// Answers to chats: told beside the listening, so that no command waits until the answer to another has arrived.
import type { Telegram } from "./telegram.ts";

/** What waits to be told; of more, none is told. */
const mostWaiting = 20;

/** Answers on their way. Nothing of it throws. */
export interface Answers {
  /** Told when those before it have been told. */
  say(chat: string, text: string): void;
  /** Told at once, in place of what waits: that speaks of a run that was going on. */
  sayNow(chat: string, text: string): void;
  /** Waits until all is told, or `ms` have passed; what is left then is given up. */
  close(ms: number): Promise<void>;
}

/** @param telegram - the way to the chats */
export function createAnswers({ reply }: Pick<Telegram, "reply">): Answers {
  const over = new AbortController();
  const waiting: (() => Promise<void>)[] = [];
  let isTelling = false;
  const all = new Set<Promise<void>>();
  const keep = (what: Promise<void>) => {
    const kept = what.finally(() => all.delete(kept));
    all.add(kept);
  };
  const tellAll = async () => {
    isTelling = true;
    for (let tell = waiting.shift(); tell !== undefined; tell = waiting.shift()) await tell();
    isTelling = false;
  };
  return {
    say: (chat, text) => {
      if (waiting.length >= mostWaiting) return;
      waiting.push(() => reply(chat, text, over.signal));
      if (!isTelling) keep(tellAll());
    },
    sayNow: (chat, text) => {
      waiting.length = 0;
      keep(reply(chat, text, over.signal));
    },
    close: async (ms) => {
      const patience = setTimeout(() => over.abort(), ms); // keeps the process alive: nothing else may
      while (all.size > 0) await Promise.all(all);
      clearTimeout(patience);
    },
  };
}

// Commands by Telegram: `/status`, `/pause`, `/resume`, `/kill`, from the chats that a person has listed and from nobody else.
//
// `/kill` acts at once and asks for no second word: who sends it from a phone has seen something go wrong, and each second costs. What it
// does can be undone (`bot resume`), and it closes nothing. Against a slip of the finger, help does not write it as something to be tapped.
import { setTimeout as sleep } from "node:timers/promises";
import type { Operator } from "../operator.ts";
import { createAnswers } from "./answers.ts";
import { createPost } from "./post.ts";
import type { TelegramDoor } from "./settings.ts";
import { createTelegram, type Update } from "./telegram.ts";
import type { AlertWords } from "./words.ts";

/** After a failure, ms. */
const againMs = 5_000;
/** After an answer that says nothing new and has not been waited for, ms: Telegram holds a question open. */
const restMs = 1_000;
/** A command that is older was meant for another moment, ms. */
const freshMs = 60_000;
/** How long the end of a run waits for answers that are on their way, ms. */
const lastWordsMs = 5_000;
/** So many strangers are told by name. */
const mostStrangers = 20;

/** What a chat may ask for. */
export interface TelegramCommandsOptions {
  readonly door: TelegramDoor;
  readonly proxyOf: (url: string) => string | undefined;
  readonly operator: Operator;
  /** Whether its exchange outlives it: then a kill marks its accounts. */
  readonly lasts: boolean;
  readonly words: AlertWords;
  /** How the run is now, in a few lines. */
  readonly status: () => string;
  readonly warn: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Listens until the signal, then for some seconds to end what it was at. A message is obeyed when it is heard, and answered beside that;
 * one to a bot by name waits for that name, once, and a kill waits for no message before it. Strangers get no answer; each is told
 * once, and all are counted.
 */
export async function takeTelegramCommands(options: TelegramCommandsOptions): Promise<void> {
  const { door, words, warn, signal } = options;
  const post = createPost(options.proxyOf);
  const telegram = createTelegram(door, post);
  const answers = createAnswers(telegram);
  const begunAt = Date.now();
  const strangers = new Set<string>();
  let messages = 0;
  let next: number | undefined;
  let isDown = false;
  let called: Promise<string | undefined> | undefined;
  const name = () => {
    called ??= telegram.name().then((own) => {
      if (own === undefined) called = undefined; // asked again with the next command that wants it
      return own;
    });
    return called;
  };
  const stranger = (chat: string) => {
    messages += 1;
    if (strangers.has(chat) || strangers.size >= mostStrangers) return;
    strangers.add(chat);
    warn(`Telegram: chat ${chat} is not listed in BP_TELEGRAM_CHATS and is not answered`);
  };
  const status = () =>
    messages === 0 ? options.status() : `${options.status()}\n${words.strangers(messages, strangers.size)}`;
  let acts: Promise<void> = Promise.resolve();
  const kills: Promise<void>[] = [];
  /** The end of the run lets go of whoever waits for a name. */
  const gone = new Promise<undefined>((resolve) => {
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  const hear = (update: Update, times: Times) => {
    const said = commandIn(update.text);
    const own = said?.to === undefined ? undefined : name();
    const isKill = said?.command === "kill";
    const act = async () => {
      const asked = { ...update, said, own: own === undefined ? undefined : await Promise.race([own, gone]) };
      const { text, isUrgent = false } = obey(asked, times, { ...options, status }) ?? {};
      if (text === undefined) return;
      if (isUrgent) answers.sayNow(update.chat, text);
      else answers.say(update.chat, text);
    };
    const failed = (error: unknown) =>
      warn(`Telegram: a command has failed: ${error instanceof Error ? error.name : "unknown"}`);
    if (isKill) kills.push(act().catch(failed));
    else acts = acts.then(act).catch(failed);
  };
  while (!signal.aborted) {
    const askedAt = performance.now();
    const heard = await telegram.updates(next, signal);
    if (typeof heard === "string") {
      if (!isDown && !signal.aborted) warn(`Telegram commands are not heard: ${heard}; it is tried again`);
      isDown = true;
      await sleep(againMs, undefined, { signal, ref: false }).catch(() => undefined); // it is over
      continue;
    }
    isDown = false;
    const isSoon = performance.now() - askedAt < restMs;
    const isNew = ({ id }: Update) => next === undefined || id >= next;
    if (!heard.updates.some(isNew) && isSoon)
      await sleep(restMs, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) break; // what nobody has obeyed is left to the next run
    for (const update of heard.updates) {
      if (!isNew(update)) continue; // heard before
      next = update.id + 1;
      if (door.chats.includes(update.chat))
        hear(update, { ageMs: heard.now - update.at, sinceBegun: update.at >= begunAt + heard.now - Date.now() });
      else stranger(update.chat);
    }
  }
  await Promise.all([acts, ...kills]); // what was heard is answered: Telegram does not tell it to the next run
  // Confirmed, or the next run would hear the kill that ended this one.
  await Promise.all([answers.close(lastWordsMs), next === undefined ? undefined : telegram.confirm(next)]);
  await post.close();
}

/** By Telegram's own clock. */
interface Times {
  readonly ageMs: number;
  /** It was said after this run had begun. */
  readonly sinceBegun: boolean;
}

/** A command in small letters, and the bot that it is for, where one is named. */
interface Command {
  readonly command: string;
  readonly to: string | undefined;
}

function commandIn(text: string): Command | undefined {
  const [, command, to] = /^\/([a-z]+)(?:@(\w+))?\s*$/i.exec(text) ?? [];
  return command === undefined ? undefined : { command: command.toLowerCase(), to: to?.toLowerCase() };
}

/** A message as it was understood. */
interface AskedByChat extends Update {
  readonly said: Command | undefined;
  /** What this bot is called; `undefined`: not known now, or not asked for. */
  readonly own: string | undefined;
}

/** What a chat is answered. */
interface Answer {
  readonly text: string;
  /** It is told at once, in place of what waits. */
  readonly isUrgent?: true;
}

/** What is to be answered; `undefined`: nothing, as to what is said to another bot of the same group. */
function obey(
  { text, chat, said, own }: AskedByChat,
  times: Times,
  options: TelegramCommandsOptions,
): Answer | undefined {
  const { operator, lasts, words, status, signal } = options;
  if (said === undefined) return text.startsWith("/") ? { text: words.help } : undefined;
  const { command, to } = said;
  if (to !== undefined) {
    if (own === undefined) return { text: words.notDone(command, words.whose(to)) };
    if (own !== to) return undefined;
  }
  if (signal.aborted) return { text: words.notDone(command, words.over) };
  if (command === "status") return { text: status() };
  const known = { pause: "pause", resume: "resume", kill: "halt" } as const;
  const wish = Object.entries(known).find(([name]) => name === command)?.[1];
  if (wish === undefined) return { text: words.help };
  // To stop is never too late within a run, whatever kept the message; to go on was meant for what was seen then.
  if (times.ageMs > freshMs && wish === "resume") return { text: words.late(command) };
  if (times.ageMs > freshMs && !times.sinceBegun) return { text: words.before(command) };
  const no = operator.ask(wish, `Telegram chat ${chat}`);
  if (no !== undefined) return { text: words.notDone(command, no) };
  if (wish === "halt") return { text: words.killed(lasts), isUrgent: true };
  return { text: wish === "pause" ? words.paused : words.resumed };
}

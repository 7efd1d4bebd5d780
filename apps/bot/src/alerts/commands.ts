// Commands by Telegram: `/status`, `/pause`, `/resume`, `/kill`, from the chats that a person has listed and from nobody else.
import { setTimeout as sleep } from "node:timers/promises";
import type { Operator } from "../operator.ts";
import type { TelegramDoor } from "./settings.ts";

/** How long Telegram holds a question open when there is nothing, seconds. */
const holdSeconds = 25;
/** After a failure, ms. */
const againMs = 5_000;
/** A command that is older than this was meant for another moment, ms. */
const freshMs = 60_000;

/** What a chat may ask for. */
export interface TelegramCommandsOptions {
  readonly door: TelegramDoor;
  readonly operator: Operator;
  /** How the run is now, in a few lines. */
  readonly status: () => string;
  readonly warn: (line: string) => void;
  readonly signal: AbortSignal;
}

interface Update {
  readonly id: number;
  readonly chat: string;
  readonly text: string;
  /** ms */
  readonly at: number;
}

/** Listens until the signal; never throws. Strangers get no answer, and are told once each. */
export async function takeTelegramCommands(options: TelegramCommandsOptions): Promise<void> {
  const { door, warn, signal } = options;
  const strangers = new Set<string>();
  let next: number | undefined;
  let isDown = false;
  while (!signal.aborted) {
    const updates = await updatesOf(door, next, signal);
    if (typeof updates === "string") {
      if (!isDown && !signal.aborted) warn(`Telegram commands are not heard: ${updates}; it is tried again`);
      isDown = true;
      await sleep(againMs, undefined, { signal, ref: false }).catch(() => undefined);
      continue;
    }
    isDown = false;
    for (const update of updates) {
      next = update.id + 1;
      if (door.chats.includes(update.chat)) {
        const answer = obey(update, options);
        if (answer !== undefined) await reply(door, update.chat, answer, signal);
      } else if (!strangers.has(update.chat)) {
        strangers.add(update.chat);
        warn(`Telegram: chat ${update.chat} is not listed in BP_TELEGRAM_CHATS and is not answered`);
      }
    }
  }
}

function obey({ text, at }: Update, { operator, status }: TelegramCommandsOptions): string | undefined {
  const command = /^\/([a-z]+)(?:@\w+)?\s*$/i.exec(text)?.[1]?.toLowerCase();
  if (command === undefined) return undefined;
  if (command === "status") return status();
  const known = { pause: "pause", resume: "resume", kill: "halt" } as const;
  const wish = Object.entries(known).find(([name]) => name === command)?.[1];
  if (wish === undefined) return "/status, /pause, /resume, /kill";
  if (Date.now() - at > freshMs) return `/${command} is older than a minute and was not done: say it again`;
  operator.ask(wish, "Telegram");
  return {
    pause: "paused: nothing new is wished",
    resume: "resumed",
    halt: "killed: it halts, and takes its orders back",
  }[wish];
}

/** @returns why not, where it failed; without address and token */
async function updatesOf(
  door: TelegramDoor,
  next: number | undefined,
  stop: AbortSignal,
): Promise<readonly Update[] | string> {
  const offset = next === undefined ? "" : `&offset=${next}`;
  const url = `${door.base}/bot${door.token.reveal()}/getUpdates?timeout=${holdSeconds}&allowed_updates=${encodeURIComponent('["message"]')}${offset}`;
  try {
    const signal = AbortSignal.any([stop, AbortSignal.timeout((holdSeconds + 10) * 1_000)]);
    const response = await fetch(url, { signal, redirect: "error" });
    if (!response.ok) return `HTTP ${response.status}`;
    return read(await response.json());
  } catch (error) {
    return error instanceof Error ? error.name : "failed";
  }
}

function read(answer: unknown): readonly Update[] {
  const list = field(answer, "result");
  if (!Array.isArray(list)) return [];
  return list.flatMap((each: unknown) => {
    const [id, message] = [field(each, "update_id"), field(each, "message")];
    const [chat, text, date] = [field(field(message, "chat"), "id"), field(message, "text"), field(message, "date")];
    if (typeof id !== "number") return [];
    const isText = typeof text === "string" && typeof date === "number";
    return [{ id, chat: String(chat), text: isText ? text.slice(0, 200) : "", at: isText ? date * 1_000 : 0 }];
  });
}

const field = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;

/** One try: who wants to know asks again. */
async function reply({ base, token }: TelegramDoor, chat: string, text: string, stop: AbortSignal): Promise<void> {
  try {
    await fetch(`${base}/bot${token.reveal()}/sendMessage`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ chat_id: chat, text: text.slice(0, 4_096) }),
      signal: AbortSignal.any([stop, AbortSignal.timeout(10_000)]),
      redirect: "error",
    });
  } catch {
    // the next question will be heard
  }
}

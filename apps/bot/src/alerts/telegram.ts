// Telegram's bot API as far as commands need it.
import type { Post } from "./post.ts";
import type { TelegramDoor } from "./settings.ts";

/** How long Telegram holds a question open when there is nothing, seconds. */
const holdSeconds = 25;
/** How long an answer to a chat, or the last word to Telegram, may take, ms. */
const [replyMs, confirmMs] = [5_000, 2_000];
/** What counts of a message, characters: no command is longer. */
const mostText = 200;

/** A message of a chat. */
export interface Update {
  readonly id: number;
  readonly chat: string;
  /** "" for what is no text. */
  readonly text: string;
  /** By Telegram's clock, ms. */
  readonly at: number;
}

/** What was heard. */
export interface Heard {
  readonly updates: readonly Update[];
  /** Telegram's clock, ms; ours where it does not say. */
  readonly now: number;
}

/** A bot's way to its chats. Nothing of it throws, and no failure names address or token. */
export interface Telegram {
  /** Waits for messages from `next` on. @returns why not, where it failed */
  updates(next: number | undefined, signal: AbortSignal): Promise<Heard | string>;
  /** What this bot is called, without `@`, in small letters; `undefined` where Telegram does not say now. */
  name(): Promise<string | undefined>;
  /** One try, until the signal: who wants to know asks again. */
  reply(chat: string, text: string, until: AbortSignal): Promise<void>;
  /** Tells Telegram that everything before `next` was heard. */
  confirm(next: number): Promise<void>;
}

/** @see https://core.telegram.org/bots/api#getupdates */
export function createTelegram({ token, base }: TelegramDoor, post: Post): Telegram {
  const address = (method: string) => `${base}/bot${token.reveal()}/${method}`;
  const asking = (seconds: number, next: number | undefined) =>
    `${address("getUpdates")}?timeout=${seconds}&allowed_updates=${encodeURIComponent('["message"]')}${next === undefined ? "" : `&offset=${next}`}`;
  return {
    updates: async (next, signal) => {
      const timeoutMs = (holdSeconds + 10) * 1_000;
      const answer = await post.send({ method: "GET", url: asking(holdSeconds, next), timeoutMs, signal });
      if (typeof answer === "string") return answer;
      const { status, headers, text } = answer;
      if (status !== 200) return whyNot(status);
      const date = Date.parse(headers.get("date") ?? "");
      return { updates: read(text), now: Number.isFinite(date) ? date : Date.now() };
    },
    name: async () => {
      const signal = AbortSignal.timeout(replyMs);
      const answer = await post.send({ method: "GET", url: address("getMe"), timeoutMs: replyMs, signal });
      const name = typeof answer === "string" ? undefined : field(field(parsed(answer.text), "result"), "username");
      return typeof name === "string" ? name.toLowerCase() : undefined;
    },
    reply: async (chat, text, until) => {
      const body = JSON.stringify({ chat_id: chat, text: text.slice(0, 4_096) });
      const headers = { "content-type": "application/json" };
      const signal = AbortSignal.any([until, AbortSignal.timeout(replyMs)]);
      await post.send({ method: "POST", url: address("sendMessage"), headers, body, timeoutMs: replyMs, signal });
    },
    confirm: async (next) => {
      const signal = AbortSignal.timeout(confirmMs);
      await post.send({ method: "GET", url: asking(0, next), timeoutMs: confirmMs, signal });
    },
  };
}

function whyNot(status: number): string {
  if (status === 401 || status === 404) return `HTTP ${status}, BP_TELEGRAM_TOKEN is no token of a bot (any more)`;
  if (status === 409) return "HTTP 409, another program listens with this token: give each bot a token of its own";
  return `HTTP ${status}`;
}

function read(text: string): readonly Update[] {
  const list = field(parsed(text), "result");
  if (!Array.isArray(list)) return [];
  return list.flatMap((each: unknown) => {
    const [id, message] = [field(each, "update_id"), field(each, "message")];
    const [chat, said, date] = [field(field(message, "chat"), "id"), field(message, "text"), field(message, "date")];
    if (typeof id !== "number") return [];
    const isText = typeof said === "string" && typeof date === "number";
    return [{ id, chat: String(chat), text: isText ? said.slice(0, mostText) : "", at: isText ? date * 1_000 : 0 }];
  });
}

const field = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no answer of Telegram's
  }
}

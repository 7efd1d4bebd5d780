// Where alerts go: how each service wants a message, and what its answers mean.
import { createHmac } from "node:crypto";
import type { Secret } from "@bp/signing";
import type { Alert } from "./alert.ts";

/** A message as it is sent: to an address that is a secret in most of them. */
export interface Message {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Who sends it and what for, on each message. */
export interface Sender {
  /** Accounts and place: `backpack alice (sandbox)`. */
  readonly account: string;
  readonly run: string;
}

/** A way to a person. */
export interface Channel {
  /** For complaints: `telegram chat 12`, never an address. */
  readonly name: string;
  /** @param nowMs - the clock, for services whose signatures expire */
  message(alert: Alert, sender: Sender, nowMs: number): Message;
  /** Whether an answer of status 200 is a refusal all the same, and what it says. */
  refusal?(body: string): string | undefined;
}

const json = { "content-type": "application/json" };
const marks: Readonly<Record<Alert["kind"], string>> = {
  halt: "⛔",
  strategy: "⚠️",
  unknown: "❓",
  watchdog: "🐕",
  link: "🔌",
  day: "📅",
  run: "▶️",
};

/** A message for people: what, whose, when. */
function textOf({ kind, text, at }: Alert, { account }: Sender): string {
  return `${marks[kind]} ${account}\n${text}\n${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** The services cut or refuse longer messages. */
const cut = (text: string, most: number) => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

/** A Telegram chat. @param base - the API's address; tests have one of their own @see https://core.telegram.org/bots/api#sendmessage */
export function telegram(token: Secret, chat: string, base: string): Channel {
  return {
    name: `telegram chat ${chat}`,
    message: (alert, sender) => ({
      url: `${base}/bot${token.reveal()}/sendMessage`,
      headers: json,
      body: JSON.stringify({ chat_id: chat, text: cut(textOf(alert, sender), 4_096) }),
    }),
  };
}

/**
 * A Lark or Feishu custom bot.
 *
 * @param secret - of its signature check, if that is switched on
 * @see https://open.larksuite.com/document/client-docs/bot-v3/add-custom-bot
 */
export function lark(url: Secret, secret: Secret | undefined): Channel {
  return {
    name: "lark",
    message: (alert, sender, nowMs) => {
      const timestamp = String(Math.floor(nowMs / 1_000));
      const sign =
        secret === undefined
          ? {}
          : { timestamp, sign: createHmac("sha256", `${timestamp}\n${secret.reveal()}`).digest("base64") };
      const text = cut(textOf(alert, sender), 4_096);
      return {
        url: url.reveal(),
        headers: json,
        body: JSON.stringify({ ...sign, msg_type: "text", content: { text } }),
      };
    },
    refusal: (body) => {
      const { code, msg } = objectIn(body); // refusals come with status 200
      return typeof code === "number" && code !== 0 ? `code ${code}: ${String(msg)}` : undefined;
    },
  };
}

/** A Discord webhook. @see https://discord.com/developers/docs/resources/webhook#execute-webhook */
export function discord(url: Secret): Channel {
  return {
    name: "discord",
    message: (alert, sender) => ({
      url: url.reveal(),
      headers: json,
      body: JSON.stringify({ content: cut(textOf(alert, sender), 2_000), allowed_mentions: { parse: [] } }),
    }),
  };
}

/** An address of the person's own: the alert as JSON, signed if there is a secret (`x-bp-signature: sha256=` and the HMAC of the body). */
export function webhook(url: Secret, secret: Secret | undefined): Channel {
  return {
    name: "webhook",
    message: (alert, sender) => {
      const body = JSON.stringify({ ...sender, ...alert });
      const signature =
        secret === undefined
          ? {}
          : { "x-bp-signature": `sha256=${createHmac("sha256", secret.reveal()).update(body).digest("hex")}` };
      return { url: url.reveal(), headers: { ...json, ...signature }, body };
    },
  };
}

function objectIn(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

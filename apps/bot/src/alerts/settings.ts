// Which channels a person has set up: by the environment, so that no token stands in a file that is shown around.
import { Secret } from "@bp/signing";
import { proxiesFromEnvironment } from "@bp/transport";
import { invalid } from "../config/complaint.ts";
import { type Channel, discord, lark, telegram, webhook } from "./channel.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Who may command the bot by Telegram, and how it is reached. */
export interface TelegramDoor {
  readonly token: Secret;
  /** Ids of chats: who is not in here is not answered. */
  readonly chats: readonly string[];
  readonly base: string;
}

/** What is set. */
export interface AlertSettings {
  readonly channels: readonly Channel[];
  /** Where commands are taken from; `undefined`: nowhere. */
  readonly commands: TelegramDoor | undefined;
  /** The proxy that the environment names for an address, by the rules of `stage/proxy.ts`; `undefined`: straight. */
  readonly proxyOf: (url: string) => string | undefined;
}

/** Variables of the environment that alerts are set up by. */
export const alertVariables = [
  "BP_TELEGRAM_TOKEN",
  "BP_TELEGRAM_CHATS",
  "BP_TELEGRAM_API",
  "BP_LARK_URL",
  "BP_LARK_SECRET",
  "BP_DISCORD_URL",
  "BP_WEBHOOK_URL",
  "BP_WEBHOOK_SECRET",
  "ALERTS_PROXY_WEBSOCKET",
  "PROXY_WEBSOCKET",
  "HTTPS_PROXY",
  "HTTP_PROXY",
  "NO_PROXY",
] as const;

const telegramApi = "https://api.telegram.org";

/**
 * Reads `BP_TELEGRAM_TOKEN` with `BP_TELEGRAM_CHATS` (ids, by commas) and `BP_TELEGRAM_COMMANDS=1`, `BP_LARK_URL` with `BP_LARK_SECRET`,
 * `BP_DISCORD_URL`, `BP_WEBHOOK_URL` with `BP_WEBHOOK_SECRET`; `BP_TELEGRAM_API` for an API of one's own. None set: no alerts.
 *
 * @throws BpError `config/invalid` naming the variable; it shows nothing of what stands there
 */
export function alertSettings(environment: Environment = process.env): AlertSettings {
  const said = (name: string) => {
    const text = environment[name]?.trim() ?? "";
    return text === "" ? undefined : text;
  };
  const address = (name: string): Secret | undefined => {
    const text = said(name);
    return text === undefined ? undefined : Secret.of(checked(name, text));
  };
  const hidden = (name: string) => {
    const text = said(name);
    return text === undefined ? undefined : Secret.of(text);
  };
  const door = doorOf(said);
  const [larkUrl, discordUrl, webhookUrl] = [
    address("BP_LARK_URL"),
    address("BP_DISCORD_URL"),
    address("BP_WEBHOOK_URL"),
  ];
  const proxyOf = (url: string) => proxiesFromEnvironment(environment, "alerts", { rest: url, socket: url }).rest;
  for (const url of [door?.base, larkUrl?.reveal(), discordUrl?.reveal(), webhookUrl?.reveal()])
    if (url !== undefined) proxyOf(url); // a proxy that cannot be is said now
  return {
    channels: [
      ...(door?.chats ?? []).map((chat) => telegram(door?.token ?? Secret.of(""), chat, door?.base ?? telegramApi)),
      ...(larkUrl === undefined ? [] : [lark(larkUrl, hidden("BP_LARK_SECRET"))]),
      ...(discordUrl === undefined ? [] : [discord(discordUrl)]),
      ...(webhookUrl === undefined ? [] : [webhook(webhookUrl, hidden("BP_WEBHOOK_SECRET"))]),
    ],
    commands: takesCommands(said, door) ? door : undefined,
    proxyOf,
  };
}

function takesCommands(said: (name: string) => string | undefined, door: TelegramDoor | undefined): boolean {
  const text = said("BP_TELEGRAM_COMMANDS");
  if (text === undefined || text === "0") return false;
  if (text !== "1") throw invalid("BP_TELEGRAM_COMMANDS", "something else", "1, 0 or nothing");
  if (door === undefined)
    throw invalid("BP_TELEGRAM_TOKEN", "nothing", "the token that @BotFather gave", "BP_TELEGRAM_COMMANDS is set");
  return true;
}

function doorOf(said: (name: string) => string | undefined): TelegramDoor | undefined {
  const [token, chats] = [said("BP_TELEGRAM_TOKEN"), said("BP_TELEGRAM_CHATS")];
  if (token === undefined && chats === undefined) return undefined;
  if (token === undefined)
    throw invalid("BP_TELEGRAM_TOKEN", "nothing", "the token that @BotFather gave", "BP_TELEGRAM_CHATS is set");
  if (!/^\d+:[\w-]+$/.test(token)) throw invalid("BP_TELEGRAM_TOKEN", "something else", "a token such as 123456:ABC…");
  const ids = (chats ?? "")
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
  if (ids.length === 0 || ids.some((id) => !/^-?\d+$/.test(id)))
    throw invalid(
      "BP_TELEGRAM_CHATS",
      ids.length === 0 ? "nothing" : "something else",
      "ids of chats, by commas",
      "write to your bot, then look at https://api.telegram.org/bot<token>/getUpdates",
    );
  const base = checked("BP_TELEGRAM_API", said("BP_TELEGRAM_API") ?? telegramApi).replace(/\/+$/, "");
  return { token: Secret.of(token), chats: ids, base };
}

/** https, or this machine. */
function checked(name: string, text: string): string {
  const url = URL.parse(text);
  const isNear = url !== null && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  const isOpen = url !== null && url.username === "" && url.password === "";
  if (isOpen && url.protocol === "https:") return text;
  if (isOpen && url.protocol === "http:" && isNear) return text;
  throw invalid(name, "an address of another kind", "an address that begins with https://");
}

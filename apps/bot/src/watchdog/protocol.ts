// What a bot and its watchdog say to each other: one JSON object a line, over pipes that nobody else can read.
import type { Readable } from "node:stream";
import { Secret } from "@bp/signing";
import * as z from "zod";
import type { Door } from "../stage/door.ts";

const door = z.object({
  id: z.string(),
  rest: z.string().optional(),
  proxy: z.object({ rest: z.string().optional(), socket: z.string().optional() }).optional(),
  windowMs: z.number().optional(),
  keys: z.union([
    z.object({ apiKey: z.string(), secret: z.string() }),
    z.object({ user: z.string().optional(), signer: z.string(), privateKey: z.string() }),
  ]),
});

const ownRun = z.object({ clientRun: z.number().int(), last: z.number().int().optional() });

const alarmed = z.object({
  /** As `accountLine` gives it. */
  account: z.string(),
  lang: z.enum(["en", "zh"]),
});

const toWatchdog = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("hello"),
    /** Of the bot, in the state folder. */
    folder: z.string(),
    pid: z.number().int(),
    limitMs: z.number(),
    /** How long it is tried to clear the accounts of a bot that is gone, ms. */
    patienceMs: z.number(),
    doors: z.array(door),
    accounts: z.array(z.string()),
    /** The descriptor of the bot's stderr, for the time after the bot. */
    outlet: z.number().int().optional(),
    /** Whose alerts they are; the channels are in the environment. */
    alerts: alarmed.optional(),
  }),
  /**
   * From here on orders may be sent. `last`: client id of the run's last order by its journal, or the one before its first; `others`: runs of its
   * journal that have not ended; `symbols`: all their markets, by venue.
   */
  z.object({
    type: z.literal("run"),
    run: z.string(),
    clientRun: z.number().int(),
    last: z.number().int(),
    others: z.array(ownRun),
    symbols: z.record(z.string(), z.array(z.string())),
  }),
  z.object({ type: z.literal("beat") }),
  /** It has found the fence, sends nothing and wants to go on. */
  z.object({ type: z.literal("awake") }),
  /** Clean: nothing of it rests, or what rests is meant to. */
  z.object({ type: z.literal("bye"), clean: z.boolean() }),
]);

const toBot = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("heard") }),
  /** The fence stands; said as well where its file cannot be made. */
  z.object({ type: z.literal("fenced") }),
  /** The fence is gone; what was done, in words. */
  z.object({ type: z.literal("free"), did: z.string() }),
]);

/** Whose orders they are, and in which language that is told. */
export type Alarmed = z.infer<typeof alarmed>;
/** From the bot. */
export type ToWatchdog = z.infer<typeof toWatchdog>;
/** From the watchdog. */
export type ToBot = z.infer<typeof toBot>;
/** A door whose keys have left their `Secret`: for the pipe alone. */
export type OpenDoor = z.infer<typeof door>;

/** A door as it travels. The keys leave their hiding here. @throws nothing; `undefined` for a door without keys */
export function openDoorOf({ id, rest, proxy, windowMs, keys }: Door): OpenDoor | undefined {
  if (keys === undefined) return undefined;
  return {
    id,
    rest,
    proxy,
    windowMs,
    keys:
      "apiKey" in keys
        ? { apiKey: keys.apiKey, secret: keys.secret.reveal() }
        : { user: keys.user, signer: keys.signer, privateKey: keys.privateKey.reveal() },
  };
}

/** The same door with its keys hidden again. */
export function doorFrom({ keys, proxy, ...rest }: OpenDoor): Door {
  const { rest: http, socket } = proxy ?? {};
  return {
    ...rest,
    proxy: { ...(http === undefined ? {} : { rest: http }), ...(socket === undefined ? {} : { socket }) },
    keys:
      "apiKey" in keys
        ? { apiKey: keys.apiKey, secret: Secret.of(keys.secret) }
        : { user: keys.user, signer: keys.signer, privateKey: Secret.of(keys.privateKey) },
  };
}

/** Hears the bot. Lines that are none of its words are passed over: nothing of them is shown, since keys travel here. */
export const hearBot = (from: Readable, heard: (said: ToWatchdog) => void) => hear(from, toWatchdog, heard);

/** Hears the watchdog. */
export const hearWatchdog = (from: Readable, heard: (said: ToBot) => void) => hear(from, toBot, heard);

function hear<T>(from: Readable, words: z.ZodType<T>, heard: (said: T) => void): void {
  hearLines(from, (line) => {
    const said = words.safeParse(parsed(line));
    if (said.success) heard(said.data);
  });
}

/** Hears whole lines. */
export function hearLines(from: Readable, heard: (line: string) => void): void {
  let rest = "";
  from.setEncoding("utf8").on("data", (text: string) => {
    const lines = `${rest}${text}`.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) heard(line);
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // cut off, or nobody's words
  }
}

// Opens the door of a bot: a thread of its own serves it, so that whoever looks, however many and however slow, cannot slow trading.
import { rmSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { FillNow, Frame, Hello, News } from "dashboard/contract";
import { conflict } from "../config/complaint.ts";
import { messageOf } from "../failures.ts";
import { threadFlags } from "../hardening.ts";
import { version } from "../version.ts";
import { answerTo, type OnAsk } from "./answer.ts";
import { doorFile } from "./card.ts";
import { createFlow } from "./flow.ts";
import { pageFolders } from "./pageFolders.ts";
import { checkPlace, type DoorPlace, urlOf } from "./place.ts";
import { newTokens } from "./tokens.ts";
import type { DoorData, DoorPost, FromDoor, ToDoor, Tokens } from "./words.ts";

/** Which door. */
export interface DoorOptions {
  readonly place: DoorPlace;
  /** The bot's folder in the list of bots; `undefined` for a door without a bot of its own. */
  readonly folder: string | undefined;
  readonly language: Hello["language"];
  /** A line for the person at the console: never a token. */
  readonly tell: (line: string) => void;
  /** Full paths of journals that belong to no bot that runs. */
  readonly journals?: readonly string[];
  /** The script that starts another bot; left out: the one that runs. */
  readonly main?: string;
}

/** What goes out through it. */
export type Outgoing =
  | DoorPost
  | { readonly kind: "frame"; readonly frame: Frame }
  | { readonly kind: "news"; readonly lines: readonly News[] }
  | { readonly kind: "fills"; readonly fills: readonly FillNow[] };

/** An open door. */
export interface Door {
  /** `http://127.0.0.1:4480/`; the page takes its token from what follows `#`, which no server sees. */
  readonly url: string;
  readonly tokens: Tokens;
  /** Never waits and never throws; what the door's thread does not take in is dropped, of frames all but the newest. */
  post(message: Outgoing): void;
  /** Who answers what only the trading thread knows; before that, and after 5 s without an answer, the caller is told so. */
  onAsk(handler: OnAsk): void;
  /** Whether anybody looks: frames are worth their while then. */
  watched(): boolean;
  close(): Promise<void>;
}

/** How long a thread that has died stays away, ms. It is started again once. */
const againMs = 3_000;
/** Memory of the thread, MB: with more it dies, and the bot does not. */
const memoryMb = 256;
/** How long it may say goodbye, ms. */
const goodbyeMs = 1_000;

/**
 * Opens it.
 *
 * @throws BpError as `checkPlace`; `config/conflict` where no port can be had
 */
export async function openDoor(options: DoorOptions): Promise<Door> {
  const { place, folder, language, tell, journals = [], main = process.argv[1] ?? "" } = options;
  const { host, ports, tls } = checkPlace(place);
  const tokens = newTokens();
  const data: DoorData = {
    host,
    ports,
    tls,
    tokens,
    folder,
    language,
    version,
    journals,
    main,
    pages: pageFolders(),
    desk: moduleOf("desk/worker").href,
  };
  let worker: Worker | undefined;
  let watchers = 0;
  let isClosed = false;
  let run: DoorPost | undefined;
  let onAsk: OnAsk | undefined;
  let isUnsayable = false;
  const say = (message: ToDoor) => {
    try {
      worker?.postMessage(message); // oxlint-disable-line unicorn/require-post-message-target-origin -- a thread, not a window
    } catch (error) {
      if (!isUnsayable) tell(`warning: the dashboard cannot be told something (${messageOf(error)})`); // a mistake of ours
      isUnsayable = true;
      if (message.kind === "batch") flow.taken();
    }
  };
  const flow = createFlow((batch) => say({ kind: "batch", ...batch }));

  const answer = async ({ id, ask }: Extract<FromDoor, { readonly kind: "ask" }>) =>
    say({ kind: "answer", id, answer: await answerTo(onAsk, ask) });

  const start = (given: DoorData): Promise<number> =>
    new Promise((resolve, reject) => {
      const started = new Worker(moduleOf("worker"), {
        workerData: given,
        stdin: false,
        env: { ...process.env },
        execArgv: threadFlags,
        resourceLimits: { maxOldGenerationSizeMb: memoryMb },
      });
      worker = started;
      let why = "it ended by itself";
      started.on("message", (message: FromDoor) => {
        if (message.kind === "listening") {
          started.unref(); // whoever wants it to be all that is left holds on to the process himself
          resolve(message.port);
        } else if (message.kind === "failed") reject(conflict(message.what, message.hint));
        else if (message.kind === "ack") flow.taken();
        else if (message.kind === "watched") watchers = message.count;
        else answer(message).catch(() => undefined); // whoever asked has gone with the thread
      });
      started.on("error", (error) => (why = messageOf(error)));
      started.once("exit", () => {
        reject(conflict(`the dashboard could not start: ${why}`, "say --no-dashboard to trade without it"));
        if (worker !== started) return;
        [worker, watchers] = [undefined, 0];
        flow.halt();
        died?.(why);
      });
    });

  let died: ((why: string) => void) | undefined;
  const port = await start(data);
  const url = urlOf(host, port, tls !== undefined);
  let timer: NodeJS.Timeout | undefined;
  const again = async () => {
    await start({ ...data, ports: [port] });
    if (run !== undefined) say(run);
    flow.again();
  };
  /** Nobody is to look for it any more. */
  const unlist = () => {
    if (folder !== undefined) rmSync(doorFile(folder), { force: true });
  };
  const gone = (why: string) => {
    died = undefined;
    unlist();
    if (!isClosed) tell(`warning: the dashboard has ended (${why}); trading goes on without it`);
  };
  died = (why) => {
    if (isClosed) return;
    tell(`warning: the dashboard has failed (${why}); trading goes on, and it is started again`);
    died = gone;
    timer = setTimeout(() => {
      again().catch(() => undefined); // `gone` has told it
    }, againMs).unref();
  };
  return {
    url,
    tokens,
    post: (message) => {
      if (isClosed) return;
      if (message.kind === "frame") flow.frame(message.frame);
      else if (message.kind === "news") flow.news(message.lines);
      else if (message.kind === "fills") flow.fills(message.fills);
      else {
        if (message.kind === "run") run = message;
        say(message);
      }
    },
    onAsk: (handler) => {
      onAsk = handler;
    },
    watched: () => watchers > 0,
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      const closing = worker;
      if (closing === undefined) return unlist(); // it was about to be started again
      const ended = new Promise<void>((resolve) => closing.once("exit", () => resolve()));
      say({ kind: "close" });
      const patience = setTimeout(() => void closing.terminate(), goodbyeMs);
      await ended;
      clearTimeout(patience);
      unlist();
    },
  };
}

/** A module of a thread, as source or bundled. */
const moduleOf = (name: string): URL =>
  new URL(import.meta.url.endsWith(".ts") ? `./${name}.ts` : `./door/${name}.js`, import.meta.url);

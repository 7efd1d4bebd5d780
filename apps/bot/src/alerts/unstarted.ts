// A bot that fails before its run begins: at night nobody reads what it says on stderr, so its channels are told.
import { plain } from "@bp/core";
import { systemClock } from "@bp/transport";
import type { BotConfig } from "../config/index.ts";
import { messageOf } from "../failures.ts";
import type { Operator } from "../operator.ts";
import { fromHere } from "../paths.ts";
import type { Face } from "../session.ts";
import type { Stage } from "../stage/stage.ts";
import { accountLine, accountLineBefore } from "./account.ts";
import type { Alert } from "./alert.ts";
import type { Channel, Sender } from "./channel.ts";
import { deliver } from "./deliver.ts";
import { createPost, type Post } from "./post.ts";
import { takeReason } from "./reasons.ts";
import { type AlertSettings, alertSettings } from "./settings.ts";
import { alertWords } from "./words.ts";

/** A start, until its run begins. */
export interface Unstarted {
  /** Its accounts have their names now. */
  knows(stage: Stage): void;
  /** Why nothing will begin: an error, or words. */
  because(why: unknown): void;
  /** Sees the run begin: from then on others tell what is to be told. */
  readonly face: Face;
  /** Tells the reason, if there is one, within some seconds. Never throws. */
  tell(): Promise<void>;
}

/** Whom it concerns. */
export interface UnstartedOptions {
  /** Who may end the start. A person knows that he did; of one that yields to another machine nobody does. */
  readonly operator?: Pick<Operator, "ends" | "ending" | "endedBy"> | undefined;
  /** Hears what could not be told, without secrets. */
  readonly warn: (line: string) => void;
}

/** How long the end of the process waits for the channels, ms. */
const patienceMs = 5_000;
/** What has failed is tried again after so many ms. */
const againMs = 1_000;

/** Channels are those of the environment. A run in virtual time tells nobody. */
export function createUnstarted(config: BotConfig, { operator, warn }: UnstartedOptions): Unstarted {
  let account = accountLineBefore(config);
  const bot = `${fromHere(config.file ?? config.journal)} ${account}`;
  let reason: string | undefined;
  let hasBegun = false;
  const hasYielded = () => operator?.ending === "yield";
  const telling = async (why: string) => {
    const settings = alertSettings();
    if (settings.channels.length === 0) return;
    const text = alertWords(config.lang).unstarted(why);
    const takeBack = takeReason(bot, why, Date.now());
    if (takeBack === undefined) return;
    const alert: Alert = { kind: "run", topic: "unstarted", text, at: Date.now() };
    const late = AbortSignal.timeout(patienceMs);
    const signal = operator === undefined || hasYielded() ? late : AbortSignal.any([late, operator.ends]);
    if (!(await tellAll(settings, { sender: { account, run: "" }, alert, signal, warn }))) takeBack();
  };
  return {
    knows: (stage) => {
      account = accountLine(stage, config.file);
    },
    because: (why) => {
      reason ??= plain(messageOf(why));
    },
    face: {
      begun: () => {
        hasBegun = true;
      },
      step: () => undefined,
      ending: () => undefined,
      ended: () => undefined,
    },
    tell: async () => {
      const why = hasYielded() ? `${operator?.endedBy ?? "another machine"} asked for it` : reason;
      const isMeant = operator?.ends.aborted === true && !hasYielded();
      if (why === undefined || hasBegun || isMeant || config.place === "memory") return;
      try {
        await telling(why);
      } catch (error) {
        warn(`nobody is told that it did not start: ${messageOf(error)}`);
      }
    },
  };
}

/** @returns whether somebody has heard it, or may have */
async function tellAll({ channels, proxyOf }: AlertSettings, ask: Omit<Told, "channel" | "post">): Promise<boolean> {
  const post = createPost(proxyOf);
  const heard = await Promise.all(channels.map((channel) => isHeard({ ...ask, channel, post })));
  await post.close();
  return heard.includes(true);
}

/** What is told to one channel. */
interface Told {
  readonly channel: Channel;
  readonly post: Post;
  readonly sender: Sender;
  readonly alert: Alert;
  /** The end of all tries. */
  readonly signal: AbortSignal;
  readonly warn: (line: string) => void;
}

/** Tries until it is told. A service that is silent to the end may have taken it: told again and again, that would be many messages. */
async function isHeard(told: Told): Promise<boolean> {
  const { channel, alert, signal, warn } = told;
  const result = await deliver(told, alert, signal);
  if (result.kind === "done") return true;
  const isSilent = signal.aborted;
  if (result.kind === "later" && !isSilent) {
    await systemClock.sleep(result.afterMs ?? againMs, signal);
    if (!signal.aborted) return isHeard(told);
  }
  warn(`alert not told, ${channel.name}: ${isSilent ? "no answer in time" : result.why}`);
  return isSilent;
}

// Alerts as a face: what it sees it tells, and what chats ask it does.
import { volumeSums } from "@bp/report";
import type { Operator } from "../operator.ts";
import type { Begun, Face, RunState } from "../session.ts";
import type { Stage } from "../stage/stage.ts";
import { accountLine } from "./account.ts";
import type { Alert } from "./alert.ts";
import { takeTelegramCommands } from "./commands.ts";
import { createOutbox } from "./outbox.ts";
import type { AlertSettings } from "./settings.ts";
import { watchForAlerts } from "./watch.ts";
import { type AlertLang, type AlertWords, alertWords } from "./words.ts";

/** A face that wants a moment at the end, for its last words. */
export interface AlertsFace extends Face {
  /** Tells what is left, within some seconds. */
  close(): Promise<void>;
}

/** Whose alerts they are, and whom they concern. */
export interface AlertsFaceOptions {
  readonly operator: Operator;
  readonly lang: AlertLang;
  /** Of the configuration, for the name of the bot. */
  readonly file: string | undefined;
  /** Hears what could not be told, without secrets. */
  readonly warn: (line: string) => void;
}

/** How long the last words may take, ms. */
const lastWordsMs = 5_000;

/** Nothing of it throws into a step: a mistake here is said once, and the run goes on without alerts of its kind. */
export function alertsFace(settings: AlertSettings, { operator, lang, file, warn }: AlertsFaceOptions): AlertsFace {
  const words = alertWords(lang);
  const watch = watchForAlerts(Date.now, words);
  const over = new AbortController();
  let begun: Begun | undefined;
  let state: RunState | undefined;
  let account = "";
  let isBroken = false;
  let listening: Promise<void> = Promise.resolve();
  const outbox = createOutbox({ ...settings, lang, sender: () => ({ account, run: begun?.run ?? "" }), warn });
  const say = (kind: Alert["kind"], topic: string, text: string) => outbox.put({ kind, topic, text, at: Date.now() });
  const safely = (act: () => void) => {
    try {
      act();
    } catch (error) {
      if (!isBroken) warn(`alerts have a mistake of their own: ${error instanceof Error ? error.message : "unknown"}`);
      isBroken = true;
    }
  };
  const listen = ({ lasts }: Stage) => {
    const { commands: door, proxyOf } = settings;
    if (door === undefined) return;
    const status = () => (state === undefined ? words.nothingYet : statusOf(state, words));
    listening = takeTelegramCommands({
      door,
      proxyOf,
      operator,
      lasts,
      words,
      status,
      warn,
      signal: over.signal,
    }).catch((error: unknown) =>
      warn(`Telegram commands are not heard any more: ${error instanceof Error ? error.name : "failed"}`),
    );
  };
  return {
    begun: (run) =>
      safely(() => {
        begun = run;
        account = accountLine(run.stage, file);
        say("run", "begun", words.began(run.resumed, run.instruments.map(({ id }) => id).join(", ")));
        listen(run.stage);
      }),
    step: (event, _commands, notes, now) => {
      state = now;
      safely(() => {
        for (const alert of watch.step(event, notes, now)) outbox.put(alert);
      });
    },
    ending: () => undefined,
    ended: ({ why, code, summary }) =>
      safely(() => {
        const { fills, volumeQuote, quote, equityChangeQuote } = summary;
        say("run", "ended", words.ended(why, code, words.money(`${equityChangeQuote} ${quote}`, volumeQuote, fills)));
      }),
    close: async () => {
      over.abort();
      await Promise.all([outbox.drain(lastWordsMs), listening]); // that one ends within seconds by itself
      await outbox.close();
    },
  };
}

function statusOf({ engine, tally }: RunState, words: AlertWords): string {
  const { halted } = engine.view;
  const state = (passed: number) => (engine.quiet === "pause" ? words.isPaused(passed) : words.running(passed));
  const { session, causes, quote, seconds, instruments } = tally.figures();
  const { all } = volumeSums(session.sums.volumes);
  return [
    halted === undefined ? state(Math.round(seconds)) : words.halted(halted),
    words.money(`${causes.equityChange.toFixed(4)} ${quote}`, all.quote.toFixed(2), session.sums.fills),
    words.orders(engine.orders.size),
    ...instruments.map(({ instrument, held }) => `${instrument.id}: ${held.toFixed()} ${instrument.base}`),
  ].join("\n");
}

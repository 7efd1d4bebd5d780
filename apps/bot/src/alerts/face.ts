// Alerts as a face: what it sees it tells, and what chats ask it does.
import { volumeSums } from "@bp/report";
import type { Operator } from "../operator.ts";
import type { Begun, Face, RunState } from "../session.ts";
import type { Alert } from "./alert.ts";
import { takeTelegramCommands } from "./commands.ts";
import { createOutbox } from "./outbox.ts";
import type { AlertSettings } from "./settings.ts";
import { watchForAlerts } from "./watch.ts";

/** A face that wants a moment at the end, for its last words. */
export interface AlertsFace extends Face {
  /** Tells what is left, within some seconds. */
  close(): Promise<void>;
}

/** How long the last words may take, ms. */
const lastWordsMs = 5_000;

/** @param warn - hears what could not be told, without secrets */
export function alertsFace(
  { channels, commands }: AlertSettings,
  operator: Operator,
  warn: (line: string) => void,
): AlertsFace {
  const watch = watchForAlerts(Date.now);
  const over = new AbortController();
  let begun: Begun | undefined;
  let state: RunState | undefined;
  let accounts = "";
  const outbox = createOutbox({ channels, sender: () => ({ account: accounts, run: begun?.run ?? "" }), warn });
  const say = (kind: Alert["kind"], topic: string, text: string) => outbox.put({ kind, topic, text, at: Date.now() });
  return {
    begun: (run) => {
      begun = run;
      const { stage, instruments } = run;
      accounts = `${stage.accounts.map((name, at) => `${stage.venues[at]?.id ?? ""} ${name}`).join(", ")} (${stage.place})`;
      say("run", "begun", `${run.resumed ? "goes on" : "begins"}: ${instruments.map(({ id }) => id).join(", ")}`);
      if (commands !== undefined) {
        const status = () => (state === undefined ? "nothing has happened yet" : statusOf(state));
        takeTelegramCommands({ door: commands, operator, status, warn, signal: over.signal }).catch((error: unknown) =>
          warn(`Telegram commands are not heard any more: ${error instanceof Error ? error.name : "failed"}`),
        );
      }
    },
    step: (event, _commands, notes, now) => {
      state = now;
      for (const alert of watch.step(event, notes, now)) outbox.put(alert);
    },
    ending: () => undefined,
    ended: ({ why, code, summary }) => {
      const { fills, volumeQuote, quote, netQuote } = summary;
      say(
        "run",
        "ended",
        `ended (${why}), code ${code}: ${fills} trades, volume ${volumeQuote} ${quote}, net ${netQuote}`,
      );
    },
    close: async () => {
      over.abort();
      await outbox.drain(lastWordsMs);
      outbox.close();
    },
  };
}

function statusOf({ engine, tally }: RunState): string {
  const { halted } = engine.view;
  const { session, quote, seconds, instruments } = tally.figures();
  const { net } = session.profit;
  const { all } = volumeSums(session.sums.volumes);
  return [
    halted === undefined ? `running for ${Math.round(seconds)} s` : `halted: ${halted}`,
    `net ${net.toFixed(4)} ${quote}, volume ${all.quote.toFixed(2)}, ${session.sums.fills} trades`,
    `${engine.orders.size} orders rest or are on their way`,
    ...instruments.map(({ instrument, position }) => `${instrument.id}: ${position.toFixed()} ${instrument.base}`),
  ].join("\n");
}

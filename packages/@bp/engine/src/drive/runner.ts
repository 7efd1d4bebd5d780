// The loop around `step`: number the fact, write it, decide, write the commands, make them durable, send them.
import type { Command, Entry, Event, Journal, Unnumbered } from "@bp/core";
import type { Engine, Note } from "../engine.ts";

/** What a run consists of. */
export interface RunnerOptions {
  readonly engine: Engine;
  readonly journal: Journal;
  /** Hands a command to its venue. Must not throw for anything but a mistake of ours. */
  readonly send: (command: Command) => void;
  /** Hears every step after its commands are sent. */
  readonly onStep?: (event: Event, commands: readonly Command[], notes: readonly Note[]) => void;
  /** The `seq` of the last event of a resumed run; 0 for a new one. */
  readonly after?: number;
  /** The journal could not be written. Nothing was sent in this step; nothing should be wished from now on. */
  readonly onJournalFailure?: (error: unknown) => void;
}

export interface Runner {
  /** Takes a fact. Facts that come while one is handled (a venue in memory answers at once) wait their turn. */
  readonly handle: (fact: Unnumbered) => void;
  /** The `seq` of the newest event. */
  readonly seq: number;
}

/** Makes the loop. One synchronous chain from the frame to the write: no promise anywhere. */
export function createRunner(options: RunnerOptions): Runner {
  const { engine, journal, send, onStep, onJournalFailure } = options;
  let seq = options.after ?? 0;
  let busy = false;
  const waiting: Unnumbered[] = [];

  const write = (entry: Entry): void => journal.append(entry);
  const durable = (event: Event, commands: readonly Command[]): boolean => {
    try {
      for (const command of commands) write({ dir: "out", cause: event.seq, command });
      if (commands.length > 0) journal.commit();
      return true;
    } catch (error) {
      if (onJournalFailure === undefined) throw error;
      onJournalFailure(error);
      return commands.every((command) => command.type !== "order.place"); // cancels go out even without a journal
    }
  };

  const one = (fact: Unnumbered): void => {
    const event: Event = { ...fact, seq: ++seq };
    try {
      write({ dir: "in", event });
    } catch (error) {
      if (onJournalFailure === undefined) throw error;
      onJournalFailure(error);
    }
    const commands = engine.step(event);
    const notes = engine.notes();
    const goes = durable(event, commands);
    for (const command of commands) if (goes || command.type !== "order.place") send(command);
    for (const { rule, why } of notes) write({ dir: "note", cause: event.seq, rule, why });
    onStep?.(event, commands, notes);
  };

  return {
    handle: (fact) => {
      waiting.push(fact);
      if (busy) return;
      busy = true;
      try {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) one(next);
      } finally {
        busy = false;
      }
    },
    get seq() {
      return seq;
    },
  };
}

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
  /**
   * The journal could not be written; told once. From then on nothing more is written, so that the journal ends where it
   * was whole, and no order is placed; cancels and questions still go out. Without it, the failure is thrown.
   */
  readonly onJournalFailure?: (error: unknown) => void;
}

/** The loop, to be fed. */
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
  let broken = false;
  const waiting: Unnumbered[] = [];

  /** Whether it was done; once something could not be written, nothing is. */
  const write = (task: () => void): boolean => {
    if (broken) return false;
    try {
      task();
      return true;
    } catch (error) {
      if (onJournalFailure === undefined) throw error;
      broken = true;
      onJournalFailure(error);
      return false;
    }
  };
  const append = (entry: Entry): boolean => write(() => journal.append(entry));

  const one = (fact: Unnumbered): void => {
    const event: Event = { ...fact, seq: ++seq };
    append({ dir: "in", event });
    const commands = engine.step(event);
    const notes = engine.notes();
    if (commands.length > 0) {
      const durable = write(() => {
        for (const command of commands) journal.append({ dir: "out", cause: event.seq, command });
        journal.commit();
      });
      for (const command of commands) if (durable || command.type !== "order.place") send(command);
    }
    for (const { rule, why } of notes) append({ dir: "note", cause: event.seq, rule, why });
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

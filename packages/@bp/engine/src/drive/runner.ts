// The loop around `step`: number the fact, write it, decide, write the commands, make them durable, send them.
import type { Command, Event, Journal, Unnumbered } from "@bp/core";
import type { Engine } from "../engine.ts";
import type { Note } from "../note.ts";
import { createDating } from "./dating.ts";
import { numbered } from "./numbered.ts";
import { createWriting } from "./writing.ts";

/** What a run consists of. */
export interface RunnerOptions {
  /** An engine, or what stands before one. */
  readonly engine: Pick<Engine, "view" | "step" | "notes">;
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
  /**
   * The journal takes too long: a commit took more than `slowMs`, or another program keeps it locked (`journal/slow`). Told
   * once, until it is quick again. Meanwhile no order is placed, cancels and questions go out, and each beat tries again. An
   * order that was decided and not sent is in doubt, as after a crash: make the engine look at the account. Without it, a
   * locked journal is a failure.
   */
  readonly onJournalSlow?: (why: string) => void;
  /** It is quick again. */
  readonly onJournalQuick?: () => void;
  /** Default 2,000. */
  readonly slowMs?: number;
  /** What a commit is timed with: ms, only forward. Default: the machine's own. */
  readonly elapsed?: () => number;
}

/** The loop, to be fed. */
export interface Runner {
  /** Takes a fact. Facts that come while one is handled (a venue in memory answers at once) wait their turn. */
  readonly handle: (fact: Unnumbered) => void;
  /** The `seq` of the newest event. */
  readonly seq: number;
}

/**
 * Makes the loop. One synchronous chain from the frame to the write: no promise anywhere. The run's time never goes back, see
 * `createDating`.
 */
export function createRunner(options: RunnerOptions): Runner {
  const { engine, journal, send, onStep } = options;
  let seq = options.after ?? 0;
  let busy = false;
  const waiting: Unnumbered[] = [];
  const date = createDating(engine.view.now);
  const writing = createWriting({
    journal,
    onFailure: options.onJournalFailure,
    onSlow: options.onJournalSlow,
    onQuick: options.onJournalQuick,
    slowMs: options.slowMs ?? 2_000,
    now: options.elapsed ?? (() => performance.now()),
  });

  const one = (fact: Unnumbered): void => {
    const { at, said } = date(fact);
    const event = numbered(fact, at, ++seq);
    writing.append({ dir: "in", event });
    if (event.type === "timer.fired") writing.beat();
    const { halted } = engine.view;
    const commands = engine.step(event);
    const notes = said.length === 0 ? engine.notes() : [...said, ...engine.notes()];
    if (commands.length > 0) {
      for (const command of commands) writing.append({ dir: "out", cause: event.seq, command });
      const durable = writing.commit();
      for (const command of commands) if (durable || command.type !== "order.place") send(command);
    } else if (isAsked(event) || engine.view.halted !== halted) writing.commit(); // they outlive a crash
    for (const { rule, why } of notes) writing.append({ dir: "note", cause: event.seq, rule, why });
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

/** Whether it is what a person wants. */
const isAsked = ({ type }: Event): boolean => type === "operator.asked" || type === "params.changed";

// One process of the bot, from its start to its end or its death, seen from the exchanges.
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { hear } from "./channel.ts";
import type { Begin, Belief, End, Moment, Said } from "./words.ts";

/** What a moment in the bot came to. */
export interface Answer {
  readonly is: "goes on" | "ended" | "died";
  /** When it wants to be woken, ms; `Infinity`: never. */
  readonly wakeAt: number;
  readonly belief: Belief | undefined;
  readonly end: End | undefined;
}

/** A process that waits for its first word. */
export interface Warm {
  readonly child: ChildProcess;
}

export interface Life {
  /** Hands over a moment and waits until the bot has dealt with it, or is dead. */
  live(moment: Moment): Promise<Answer>;
  readonly first: Promise<Answer>;
  /** Hangs up: a bot that has nothing more to hear ends. */
  end(): void;
}

const bot = join(import.meta.dirname, "bot.ts");

/** Starts a process ahead of its use. */
export function warm(cache: string): Warm {
  const { PATH = "", TMPDIR = "/tmp" } = process.env;
  const child = spawn(
    process.execPath,
    ["--conditions=@bp/source", "--disable-warning=ExperimentalWarning", "--max-semi-space-size=4", bot],
    {
      env: {
        PATH,
        TMPDIR,
        HOME: cache,
        BP_STATE: cache,
        BP_DASHBOARD: "off",
        NODE_COMPILE_CACHE: join(cache, "compiled"),
      },
      stdio: ["ignore", "inherit", "inherit", "pipe"],
    },
  );
  return { child };
}

/** Begins it. @param onWord - hears what it opens and commands, in order, before the moment's answer */
export function begin(
  { child }: Warm,
  first: Begin,
  onWord: (said: Extract<Said, { is: "open" | "command" }>) => void,
): Life {
  let waiting: ((answer: Answer) => void) | undefined;
  let end: End | undefined;
  let gone = false;
  const answer = (is: Answer["is"], wakeAt = Number.POSITIVE_INFINITY, belief?: Belief) => {
    const resolve = waiting;
    waiting = undefined;
    resolve?.({ is, wakeAt, belief, end });
  };
  const tell = hear(
    child.stdio[3] as Duplex, // asked for as a pipe
    (value) => {
      const said = value as Said; // the bot says nothing else
      switch (said.is) {
        case "open":
        case "command":
          onWord(said);
          return;
        case "done":
          answer("goes on", said.wakeAt, said.belief);
          return;
        case "ended":
          end = said.end;
          answer("ended");
          return;
        case "failed":
          end = undefined;
          gone = true;
          child.kill("SIGKILL");
          throw new Error(`the bot failed: ${said.why}`);
      }
    },
    () => {
      gone = true;
      answer("died");
    },
  );
  const next = () =>
    new Promise<Answer>((resolve) => {
      waiting = resolve;
      if (gone) answer("died");
    });
  const opened = next();
  tell(first);
  return {
    first: opened,
    live: (moment) => {
      const answered = next();
      if (!gone) tell(moment);
      return answered;
    },
    end: () => void child.stdio[3]?.destroy(),
  };
}

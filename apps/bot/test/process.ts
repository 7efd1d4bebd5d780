// The bot as a person starts it: a process of its own, with its output and its exit code.
import { type ChildProcess, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { patienceMs } from "./patience.ts";
import type { Finished } from "./table.ts";

const main = join(import.meta.dirname, "../src/main.ts");

/** A bot in a process of its own. */
export interface BotProcess {
  readonly child: ChildProcess;
  /** What it has written so far. */
  readonly stdout: string;
  readonly stderr: string;
  /** Resolves when it has ended. */
  readonly ended: Promise<Ended>;
  /** Waits for text on stdout or stderr. */
  says(text: string | RegExp, ms?: number): Promise<void>;
}

/** How it ended. */
export interface Ended {
  /** `null`: by a signal. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Whether `start` and `hedge` have their watchdog. Default: no, where a test is about something else. */
  readonly watchdog?: boolean;
  /** Flags of Node. */
  readonly node?: readonly string[];
  /** In a group of processes of its own, as a terminal starts it. */
  readonly detached?: boolean;
}

const states = new WeakMap<Finished, string>();
let count = 0;

/** Where bots of one test know of each other. Those of another are on a machine of their own: one key is one account wherever it trades live. */
function stateOf(finished: Finished): string {
  const state = states.get(finished) ?? join(tmpdir(), `bp-state-${process.pid}`, String(++count));
  states.set(finished, state);
  return state;
}
const isRun = (word: string | undefined) => word === "start" || word === "hedge";

/** Starts `bot ...args`. It is ended with the test if it has not ended before. Keys of the environment are not inherited, and it has no dashboard unless it is told to. */
export function spawnBot(finished: Finished, args: readonly string[], options: ProcessOptions = {}): BotProcess {
  const { PATH = "", HOME = "", TMPDIR = "/tmp", NODE_COMPILE_CACHE = "" } = process.env; // "": none
  const { node = [], watchdog = false, detached = false } = options;
  const alone = watchdog || !isRun(args[0]) ? [] : ["--no-watchdog"];
  const child = spawn(
    process.execPath,
    ["--conditions=@bp/source", "--disable-warning=ExperimentalWarning", ...node, main, ...args, ...alone],
    {
      cwd: options.cwd ?? TMPDIR,
      env: {
        PATH,
        HOME,
        TMPDIR,
        NODE_COMPILE_CACHE,
        LANG: "C",
        BP_STATE: stateOf(finished),
        BP_DASHBOARD: "off",
        BP_DASHBOARD_TOKEN: "shown", // tests read it
        ...options.env,
      },
      stdio: ["ignore", "pipe", "pipe"],
      detached,
    },
  );
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  let isOver = false; // and everything that it has said is here
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code) => {
      isOver = true;
      resolve({ code, stdout, stderr });
    });
  });
  finished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  return {
    child,
    get stdout() {
      return stdout;
    },
    get stderr() {
      return stderr;
    },
    ended,
    says: async (text, ms = patienceMs) => {
      const heard = () => {
        const said = `${stdout}${stderr}`;
        return typeof text === "string" ? said.includes(text) : text.test(said);
      };
      const deadline = Date.now() + ms;
      while (!heard()) {
        if (Date.now() > deadline || isOver)
          throw new Error(`the bot did not say ${String(text)} in ${ms} ms; it said:\n${stdout}\n${stderr}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
}

/** Runs `bot ...args` to its end. */
export function runBot(finished: Finished, args: readonly string[], options: ProcessOptions = {}): Promise<Ended> {
  return spawnBot(finished, args, options).ended;
}

/** Two signals that a process finds together, as if it had no time for anything between them. */
export function pressTwice(child: ChildProcess): void {
  for (const signal of ["SIGSTOP", "SIGINT", "SIGTERM", "SIGCONT"] as const) child.kill(signal);
}

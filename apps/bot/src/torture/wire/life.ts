// One process of the bot, as a person starts it.
import { type ChildProcess, spawn } from "node:child_process";
import type { Ground } from "./ground.ts";

export interface Life {
  readonly child: ChildProcess;
  /** Resolves when its run has begun, or when it has ended without. */
  readonly begun: Promise<boolean>;
  /** Resolves when it has ended, with `code`; `undefined`: by a signal. */
  readonly ended: Promise<number | undefined>;
  /** The same; where a signal came while it was ending, what it had said itself. */
  readonly code: number | undefined;
  readonly isOver: boolean;
  /** Everything that it has written. */
  output(): string;
  /** The last lines that were meant for people. */
  last(): string;
}

/** Processes that must not outlive this one. */
const living = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of living) child.kill("SIGKILL");
});

/** Starts `bot ...args` with the same Node, flags and program as this process. */
export function startLife({ folder, env }: Pick<Ground, "folder" | "env">, args: readonly string[]): Life {
  const [, main = ""] = process.argv;
  const child = spawn(process.execPath, [...process.execArgv, main, ...args], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  living.add(child);
  const parts: Buffer[] = [];
  let stderr = "";
  let code: number | undefined;
  let isOver = false;
  let begin: (did: boolean) => void = () => undefined;
  const begun = new Promise<boolean>((resolve) => {
    begin = resolve;
  });
  let hasBegun = false;
  child.stdout.on("data", (part: Buffer) => {
    parts.push(part);
    if (hasBegun || !part.includes('"type":"start"')) return;
    hasBegun = true;
    begin(true);
  });
  child.stderr.on("data", (part: Buffer) => {
    parts.push(part);
    stderr = `${stderr}${part.toString("utf8")}`.slice(-4_000);
  });
  // Not until all is closed: its watchdog has the same stderr, and may have work to do afterwards.
  const ended = Promise.all([
    new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", resolve);
    }),
    new Promise<void>((resolve) => child.stdout.once("close", resolve)),
  ]).then(([exitCode]) => {
    living.delete(child);
    isOver = true;
    code = exitCode ?? toldIn(Buffer.concat(parts).toString("latin1"));
    begin(false);
    return code;
  });
  return {
    child,
    begun,
    ended,
    get code() {
      return code;
    },
    get isOver() {
      return isOver;
    },
    output: () => Buffer.concat(parts).toString("latin1"),
    last: () => stderr.trim().split("\n").slice(-3).join(" | "),
  };
}

/** The code in its last line: once it is said, the process is about to be gone, and deaf to signals. */
function toldIn(output: string): number | undefined {
  const told = [...output.matchAll(/^\{"type":"end","code":(\d),/gm)].at(-1)?.[1];
  return told === undefined ? undefined : Number(told);
}

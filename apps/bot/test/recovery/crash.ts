// Death at a chosen persisted step: counts what SQLite makes durable in this process, and kills the process there, for real.
//
// Loaded before the bot (`node --import ./crash.ts`), or by the bot's stand-in. `BP_CRASH=after:37` names the step.
import { DatabaseSync } from "node:sqlite";

/**
 * Where to die: with the step undone (`before`), with it done and nothing sent (`after`), or once so many of the commands that
 * it made durable have left the process (`sent`).
 */
export interface Death {
  readonly when: "before" | "after" | "sent";
  /** The first step of a process is 1. */
  readonly step: number;
  /** Of `sent`: 1 or more. */
  readonly commands?: number;
}

let steps = 0;
let sent = 0;
let death: Death | undefined;

/** How many steps this process has persisted. */
export const persisted = (): number => steps;

/** Names the place; steps that are done count. */
export function dieAt(place: Death | undefined): void {
  death = place;
}

/** A command has left the process. */
export function left(): void {
  sent += 1;
  if (death?.when === "sent" && steps === death.step && sent === death.commands) die();
}

function die(): never {
  process.kill(process.pid, "SIGKILL");
  throw new Error("nobody survives SIGKILL");
}

function step<T>(work: () => T): T {
  const here = death !== undefined && steps + 1 === death.step;
  if (here && death?.when === "before") die();
  const done = work();
  steps += 1;
  sent = 0;
  if (here && death?.when === "after") die();
  return done;
}

// oxlint-disable-next-line typescript/unbound-method -- called with the database that they are asked of
const { exec, prepare } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function counted(this: DatabaseSync, sql) {
  return /\bCOMMIT\b/.test(sql) ? step(() => exec.call(this, sql)) : exec.call(this, sql);
};
DatabaseSync.prototype.prepare = function counted(this: DatabaseSync, sql, ...rest) {
  const statement = prepare.call(this, sql, ...rest);
  if (!/^\s*(INSERT|UPDATE|DELETE|REPLACE)/.test(sql)) return statement;
  const run: (...values: readonly unknown[]) => unknown = statement.run.bind(statement) as never; // its overloads say no more
  const stepwise = (...values: readonly unknown[]) =>
    this.isTransaction ? run(...values) : step(() => run(...values));
  statement.run = stepwise as typeof statement.run;
  return statement;
};

const [when, at] = (process.env["BP_CRASH"] ?? "").split(":");
if (when === "before" || when === "after") dieAt({ when, step: Number(at) });

// Starts a watchdog beside the bot: a session of its own, so that nothing that is sent to the terminal's processes reaches it.
import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import { alertVariables } from "../alerts/settings.ts";
import { sourceFlags } from "../hardening.ts";
import { hearLines, hearWatchdog, type ToBot, type ToWatchdog } from "./protocol.ts";

/** A watchdog as its bot sees it. */
export interface Watchdog {
  readonly pid: number;
  say(said: ToWatchdog): void;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
  /** Ends it at once: it does not answer. */
  kill(): void;
}

/** What of the environment it gets: where things are, whom to trust, and whom to tell when it has fired. No keys. */
const passed: ReadonlySet<string> = new Set([
  ...alertVariables,
  ..."PATH HOME USER USERPROFILE TMPDIR TEMP TMP LANG TZ SYSTEMROOT LOCALAPPDATA XDG_STATE_HOME XDG_RUNTIME_DIR BP_STATE NODE_EXTRA_CA_CERTS SSL_CERT_FILE SSL_CERT_DIR".split(
    " ",
  ),
]);

/** Of its threads, some may hang in writes that nobody takes: enough are left to find the venues' addresses. */
const threads = { UV_THREADPOOL_SIZE: "16" };

/** Where the watchdog finds the bot's stderr, for the time after the bot. Its own is a pipe to the bot: it must never have to wait for a terminal. */
export const outlet = 3;

/**
 * @param heard - hears what it says
 * @param complained - hears each line of its stderr
 */
export function spawnWatchdog(heard: (said: ToBot) => void, complained: (line: string) => void): Watchdog {
  const [, main = ""] = process.argv;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => passed.has(name.toUpperCase())));
  const child: ChildProcess = spawn(process.execPath, [...sourceFlags, main, "watchdog", String(process.pid)], {
    detached: true,
    env: { ...env, ...threads },
    stdio: ["pipe", "pipe", "pipe", process.stderr.fd],
    windowsHide: true,
  });
  const { stdin, stdout, stderr } = child;
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => resolve()); // and all that it said has been read
    child.once("error", () => resolve()); // it could not be started
  });
  stdin?.on("error", () => undefined); // it is gone; `ended` tells
  for (const each of [stdout, stderr]) each?.on("error", () => undefined);
  if (stdout !== null) hearWatchdog(stdout, heard);
  if (stderr !== null) hearLines(stderr, complained);
  // A bot that has nothing to do any more ends, watched or not.
  child.unref();
  for (const pipe of [stdin, stdout, stderr]) (pipe as Socket | null)?.unref(); // pipes of a child are sockets
  return {
    pid: child.pid ?? 0,
    say: (said) => {
      if (stdin?.writable === true) stdin.write(`${JSON.stringify(said)}\n`);
    },
    ended,
    kill: () => void child.kill("SIGKILL"),
  };
}

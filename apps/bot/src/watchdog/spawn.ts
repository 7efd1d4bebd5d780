// Starts a watchdog beside the bot: a session of its own, so that nothing that is sent to the terminal's processes reaches it.
import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import { hearWatchdog, type ToBot, type ToWatchdog } from "./protocol.ts";

/** A watchdog as its bot sees it. */
export interface Watchdog {
  readonly pid: number;
  say(said: ToWatchdog): void;
  /** Resolves when it has ended. */
  readonly ended: Promise<void>;
  /** Ends it at once: it does not answer. */
  kill(): void;
}

/** What of the environment it gets: where things are, and whom to trust. No keys. */
const passed: ReadonlySet<string> = new Set(
  "PATH HOME USER USERPROFILE TMPDIR TEMP TMP LANG TZ SYSTEMROOT LOCALAPPDATA XDG_STATE_HOME XDG_RUNTIME_DIR BP_STATE NODE_EXTRA_CA_CERTS SSL_CERT_FILE SSL_CERT_DIR".split(
    " ",
  ),
);

/** Flags of Node that the bot was started with and that its own source needs. */
const kept = /^(--conditions=|-C=|--disable-warning=|--use-system-ca|--use-openssl-ca)/;

/** @param heard - hears what it says */
export function spawnWatchdog(heard: (said: ToBot) => void): Watchdog {
  const [, main = ""] = process.argv;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => passed.has(name.toUpperCase())));
  const child: ChildProcess = spawn(
    process.execPath,
    [...process.execArgv.filter((each) => kept.test(each)), main, "watchdog", String(process.pid)],
    { detached: true, env, stdio: ["pipe", "pipe", "inherit"], windowsHide: true },
  );
  const { stdin, stdout } = child;
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve()); // it could not be started
  });
  stdin?.on("error", () => undefined); // it is gone; `ended` tells
  stdout?.on("error", () => undefined);
  if (stdout !== null) hearWatchdog(stdout, heard);
  // A bot that has nothing to do any more ends, watched or not.
  child.unref();
  for (const pipe of [stdin, stdout]) (pipe as Socket | null)?.unref(); // pipes of a child are sockets
  return {
    pid: child.pid ?? 0,
    say: (said) => {
      if (stdin?.writable === true) stdin.write(`${JSON.stringify(said)}\n`);
    },
    ended,
    kill: () => void child.kill("SIGKILL"),
  };
}

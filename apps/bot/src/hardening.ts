// What keeps secrets inside of the process, as far as the system allows; the very first thing that the command line does.

/** Flags whose values hold a key or a password. */
const telling = ["--api-key", "--secret-key", "--ws-proxy", "--store"];

/**
 * Files of ours are our user's alone, whatever the umask was; a diagnostic report leaves the environment out, and is not written at
 * all where the command line, which it has too, holds a key; SIGUSR1 opens no debugger; keys that were typed disappear from the
 * process list, as far as the system allows.
 */
export function harden(args: readonly string[]): void {
  process.umask(0o077);
  const { report } = process;
  report.excludeEnv = true;
  process.on("SIGUSR1", () => undefined); // of Node's own, which would listen for anyone of this machine
  if (!args.some((each) => telling.some((flag) => each.startsWith(flag)))) return;
  process.title = "bot";
  report.reportOnFatalError = false;
  report.reportOnUncaughtException = false;
  report.reportOnSignal = false;
}

/** Flags of Node that this program was started with and that its own source needs, in whatever process or thread. */
export const sourceFlags: readonly string[] = process.execArgv.filter((each) =>
  /^(--conditions=|-C=|--disable-warning=|--use-system-ca|--use-openssl-ca)/.test(each),
);

/** Programs that this one was told to load before all else (`--import`, `--require`): a thread loads them too, as Node has it. */
const preloads: readonly string[] = process.execArgv.flatMap((each, at, all) => {
  if (/^--(import|require)=/.test(each)) return [each];
  return /^(--import|--require|-r)$/.test(each) ? [each, all[at + 1] ?? ""] : [];
});

/**
 * With which flags a thread is started: a diagnostic report tells of every thread, and leaves out the environment of those alone that
 * were started so. From its first moment on, which a line in the thread itself would not be.
 */
export const threadFlags: string[] = [...sourceFlags, ...preloads, "--report-exclude-env"];

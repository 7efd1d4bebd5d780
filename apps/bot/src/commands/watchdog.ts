// `bot watchdog`: started by `bot start` beside itself, never by hand.
import { type ExitCode, exit } from "../exit.ts";
import { watch } from "../watchdog/watch.ts";

/** Watches over the bot at the other end of stdin. */
export async function watchdog(): Promise<ExitCode> {
  await watch();
  return exit.done;
}

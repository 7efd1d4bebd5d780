// What came of a kill, for a person and for programs.
import { type FoundBot, isAlive } from "../bots/registry.ts";
import type { Struck } from "./strike.ts";

/** What became of an account. */
export interface Killed {
  readonly account: string;
  readonly venue: string;
  /** By its watchdog or from here: what its bot has taken back by itself is not known here. */
  readonly cancelled: number;
  /** None of ours is left by the venue's own list. */
  readonly verified: boolean;
  /** Nothing new begins there until a person resumes. */
  readonly marked: boolean;
  /** From the start of this process, ms. */
  readonly ms: number;
  readonly trouble: string | undefined;
}

/**
 * Joins what is known of an account. One way that has seen it clean is enough.
 *
 * @param found - what each way has come to that was heard of
 * @param unmarked - why it could not be marked; `undefined`: it is
 */
export function verdict(
  account: string,
  venue: string,
  found: readonly Struck[],
  unmarked: string | undefined,
): Killed {
  const verified = found.some(({ clean }) => clean);
  const trouble = found.findLast((each) => each.trouble !== undefined)?.trouble; // of the keys here, where there are any
  return {
    account,
    venue,
    cancelled: Math.max(0, ...found.map(({ cancelled }) => cancelled)),
    verified,
    marked: unmarked === undefined,
    ms: Math.round(performance.now()),
    trouble:
      unmarked ??
      (verified
        ? undefined
        : (trouble ?? "there are no keys for it here and no watchdog; name the configuration: bot kill FILE")),
  };
}

/** As lines. */
export function textOf(killed: readonly Killed[], bots: readonly FoundBot[]): string {
  const lines = killed.map(({ account, venue, cancelled, verified, marked, ms, trouble }) => {
    const left = verified
      ? `killed; none of ours is left by the venue's own list (${ms} ms)${cancelled === 0 ? "" : `; ${cancelled} cancelled by its watchdog or from here`}`
      : `killed, NOT VERIFIED${marked ? `: ${trouble ?? ""}` : ""}`;
    return `${venue} (${account}): ${left}${marked ? "" : `; NOT MARKED, so that a bot may be started there again: ${trouble ?? ""}`}`;
  });
  for (const bot of bots)
    if (bot.role === "bot" && isAlive(bot)) lines.push(`bot ${bot.pid} halts as soon as it moves`);
  if (killed.some(({ marked }) => marked)) lines.push("nothing new is traded there until: bot resume ACCOUNT");
  if (killed.some(({ marked }) => !marked))
    lines.push(
      "make the state folder writable and say bot kill again: until then nothing keeps bots from those accounts",
    );
  return `${lines.join("\n")}\n`;
}

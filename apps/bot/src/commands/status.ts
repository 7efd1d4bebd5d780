// `bot status`: the bots of this user, whether they are heard, who watches over them, and which accounts are killed.
import { type KillMark, marks } from "../bots/marks.ts";
import { bornOf, type FoundBot, foundBots } from "../bots/registry.ts";
import { type ExitCode, exit } from "../exit.ts";

/** Shows what is known; changes nothing. @throws what the file system does where nobody can look */
export function status(flags: Readonly<Record<string, unknown>>): ExitCode {
  const now = Date.now();
  const found = foundBots();
  const bots = found.filter(({ role }) => role === "bot").map((bot) => seen(bot, now));
  const supervisors = found
    .filter(({ role }) => role === "supervisor")
    .map(({ pid, accounts, config }) => ({ pid, accounts, config }));
  const all = { bots, supervisors, killed: marks() };
  process.stdout.write(flags["json"] === true ? `${JSON.stringify({ type: "status", ...all })}\n` : textOf(all));
  return exit.done;
}

type Seen = ReturnType<typeof seen>;

function seen(bot: FoundBot, now: number) {
  const { pid, alive, place, accounts, started, run, journal, config, beatAt, watchdog } = bot;
  return {
    pid,
    alive,
    place,
    accounts,
    run,
    journal,
    config,
    started: new Date(started).toISOString(),
    /** ms since its loop last ran; `undefined`: it has not begun. */
    silentMs: beatAt === 0 ? undefined : Math.max(0, now - beatAt),
    watchdog: watchdog !== undefined && isThere(watchdog.pid) ? watchdog : undefined,
  };
}

/** Whether a watchdog's process runs. */
function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return bornOf(pid) !== "gone";
  } catch {
    return false;
  }
}

interface All {
  readonly bots: readonly Seen[];
  readonly supervisors: readonly Pick<Seen, "pid" | "accounts" | "config">[];
  readonly killed: readonly KillMark[];
}

function textOf({ bots, supervisors, killed }: All): string {
  const lines = bots.flatMap(({ pid, alive, place, accounts, run, started, silentMs, watchdog, config }) => {
    const life = alive
      ? silentMs === undefined
        ? "starting"
        : `heard ${silentMs} ms ago`
      : "gone without a goodbye: its orders may rest";
    const dog = watchdog === undefined ? "no watchdog" : `watchdog ${watchdog.pid}, limit ${watchdog.limitMs} ms`;
    return [
      `bot ${pid}  ${place}  since ${started}  ${life}; ${dog}`,
      ...accounts.map(({ name, venue }) => `    ${venue}  ${name}`),
      `    run ${run ?? "not begun"}${config === undefined ? "" : `  ${config}`}`,
    ];
  });
  for (const { pid, accounts, config } of supervisors)
    lines.push(
      `supervisor ${pid}  starts a bot on ${accounts.map(({ venue }) => venue).join(", ")} again when it has crashed${config === undefined ? "" : `  ${config}`}`,
    );
  if (bots.length === 0) lines.push("no bot of this user is running");
  for (const { account, venue, by, at } of killed)
    lines.push(
      `killed: ${venue} ${account} by ${by}${at === 0 ? "" : ` at ${new Date(at).toISOString()}`}; bot resume ${account}`,
    );
  return `${lines.join("\n")}\n`;
}

// `bot kill`: all own orders cancelled and verified, and nothing new until a person resumes.
import type { ExitCode } from "../exit.ts";
import { mark } from "../kill/marks.ts";
import { type FoundBot, foundBots, removeBot } from "../kill/registry.ts";
import { type Struck, strike } from "../kill/strike.ts";
import { fromHere } from "../paths.ts";

const by = "bot kill";

/** Kills the bots of a configuration, of an account, or all of this user. */
export async function kill(file: string | undefined, flags: Readonly<Record<string, unknown>>): Promise<ExitCode> {
  const { account, live, json } = flags;
  const path = file === undefined ? undefined : fromHere(file);
  const isMeant = (name: string, venue: string) =>
    typeof account !== "string" || name === account || venue === account || name.endsWith(`/${account}`);
  const all = foundBots();
  const venues = new Map<string, string>();
  const isTraded = ({ accounts }: FoundBot, meant: (name: string, venue: string) => boolean) =>
    accounts.some(({ name, venue }) => meant(name, venue));
  const take = (bots: readonly FoundBot[]) => {
    for (const { accounts } of bots) for (const { name, venue } of accounts) venues.set(name, venue);
    return strike(bots, by);
  };
  const named = all.filter((bot) => (path === undefined || bot.config === path) && isTraded(bot, isMeant));
  const ways = [...take(named)]; // before anything else is loaded
  const found = new Map<string, Struck[]>();
  const gather = (answers: readonly Struck[]) => {
    for (const each of answers) found.set(each.account, [...(found.get(each.account) ?? []), each]);
  };
  const isDone = () =>
    venues.size > 0 && [...venues.keys()].every((name) => found.get(name)?.some(({ clean }) => clean));
  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const watched = async (way: Promise<readonly Struck[]>) => {
    gather(await way);
    if (isDone() && isComplete) finish();
  };
  let isComplete = path === undefined; // of a configuration there may be more accounts than its bots have told

  const complaints: string[] = [];
  let bots = named;
  const running = ways.map(watched);
  const withKeys = async () => {
    const { doorsOfEnvironment, doorsOfFile } = await import("../kill/doors.ts");
    const { runsOf, sweepDoor } = await import("../kill/sweep.ts");
    const keys =
      file === undefined
        ? await doorsOfEnvironment()
        : await doorsOfFile(file, live === true).catch((error: unknown) => {
            complaints.push(error instanceof Error ? error.message : String(error));
            return { doors: [], journals: [] };
          });
    const doors = keys.doors.filter(({ name, door }) =>
      path === undefined ? venues.has(name) : isMeant(name, door.id),
    );
    for (const { name, door } of doors) {
      venues.set(name, door.id);
      mark({ account: name, venue: door.id, by, at: Date.now() });
    }
    // Started with another file, or by flags: it trades there all the same.
    const others = all.filter(
      (bot) => !named.includes(bot) && isTraded(bot, (name) => doors.some((each) => each.name === name)),
    );
    bots = [...named, ...others];
    isComplete = true;
    const runs = runsOf(
      bots,
      keys.journals.map((each) => (each === ":memory:" ? each : fromHere(each))),
    );
    const more = [...take(others).map(watched), ...doors.map((each) => watched(sweepDoor(each, runs)))];
    await Promise.all(more);
  };
  await Promise.race([finished, Promise.allSettled([...running, withKeys()])]);
  if (venues.size === 0) return nothing(all, account, complaints);

  const killed = [...venues].map(([name, venue]) => verdict(name, venue, found.get(name) ?? []));
  for (const bot of bots)
    if (!bot.alive && bot.accounts.every(({ name }) => killed.some((each) => each.account === name && each.verified)))
      removeBot(bot.folder);
  process.stdout.write(
    json === true ? `${JSON.stringify({ type: "kill", accounts: killed })}\n` : textOf(killed, bots),
  );
  const isVerified = killed.every(({ verified }) => verified);
  if (!isVerified) for (const each of complaints) process.stderr.write(`note: ${each}\n`);
  await new Promise((resolve) => process.stdout.write("", resolve));
  process.exit(isVerified ? 0 : 1); // other ways may still be on their way, and are not waited for
}

/** What became of an account. */
interface Killed {
  readonly account: string;
  readonly venue: string;
  readonly cancelled: number;
  readonly verified: boolean;
  /** From the start of this process, ms. */
  readonly ms: number;
  readonly trouble: string | undefined;
}

function verdict(account: string, venue: string, found: readonly Struck[]): Killed {
  const verified = found.some(({ clean }) => clean);
  const trouble = found.map((each) => each.trouble).find((each) => each !== undefined);
  return {
    account,
    venue,
    cancelled: Math.max(0, ...found.map(({ cancelled }) => cancelled)),
    verified,
    ms: Math.round(performance.now()),
    trouble: verified
      ? undefined
      : (trouble ?? "there are no keys for it here and no watchdog; name the configuration: bot kill FILE"),
  };
}

async function nothing(all: readonly FoundBot[], account: unknown, complaints: readonly string[]): Promise<ExitCode> {
  const { BpError } = await import("@bp/core");
  const { exit, fail } = await import("../exit.ts");
  for (const each of complaints) process.stderr.write(`note: ${each}\n`);
  const names = all.flatMap(({ accounts }) => accounts.map(({ name }) => name));
  if (typeof account === "string")
    return fail(
      new BpError("config/invalid", {
        path: "--account",
        found: JSON.stringify(account),
        expected: `an account of a bot that runs${names.length === 0 ? "; none does" : `: ${names.join(", ")}`}`,
      }),
    );
  process.stderr.write(
    "no bot of this user is running and no configuration was named whose accounts there are keys for: nothing was killed\n",
  );
  return exit.failed;
}

function textOf(killed: readonly Killed[], bots: readonly FoundBot[]): string {
  const lines = killed.map(({ account, venue, cancelled, verified, ms, trouble }) =>
    verified
      ? `${venue} (${account}): killed; ${cancelled} cancelled from here, and none of ours is left by the venue's own list (${ms} ms)`
      : `${venue} (${account}): killed, NOT VERIFIED: ${trouble ?? ""}`,
  );
  for (const { pid, alive } of bots) if (alive) lines.push(`bot ${pid} halts as soon as it moves`);
  lines.push("nothing new is traded there until: bot resume ACCOUNT", "");
  return lines.join("\n");
}

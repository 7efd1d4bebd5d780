// `bot kill`: all own orders cancelled and verified, and nothing new until a person resumes.
import { markAll } from "../bots/marks.ts";
import { type FoundBot, foundBots, goodbyeIn, isAlive } from "../bots/registry.ts";
import type { ExitCode } from "../exit.ts";
import { messageOf } from "../failures.ts";
import { putAway } from "../kill/cleared.ts";
import { type Struck, strike } from "../kill/strike.ts";
import { textOf, verdict } from "../kill/verdict.ts";
import { fromHere } from "../paths.ts";

const by = "bot kill";

/** Kills the bots of a configuration, of an account, or all of this user. */
export async function kill(file: string | undefined, flags: Readonly<Record<string, unknown>>): Promise<ExitCode> {
  const { account, live, json, journal } = flags;
  const path = file === undefined ? undefined : fromHere(file);
  const isMeant = (name: string, venue: string) =>
    typeof account !== "string" || name === account || venue === account || name.endsWith(`/${account}`);
  const complaints: string[] = [];
  const all = botsOr((why) => complaints.push(why));
  const isBlind = complaints.length > 0;
  const venues = new Map<string, string>();
  const unmarked = new Map<string, string>();
  const take = (bots: readonly FoundBot[]) => {
    for (const { accounts } of bots) for (const { name, venue } of accounts) venues.set(name, venue);
    const blow = strike(bots, by);
    for (const [name, why] of blow.unmarked) unmarked.set(name, why);
    return blow.ways;
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

  let bots = named;
  const running = ways.map(watched);
  const withKeys = async () => {
    const { doorsOfEnvironment, doorsOfFile } = await import("../kill/doors.ts");
    const { runsOf, sweepDoor } = await import("../kill/sweep.ts");
    const unread = (error: unknown) => {
      complaints.push(messageOf(error));
      return { doors: [], journal: ":memory:" };
    };
    const keys =
      file === undefined
        ? { doors: await doorsOfEnvironment([...venues.values()]), journal: ":memory:" }
        : await doorsOfFile(file, live === true).catch(unread);
    const doors = keys.doors.filter(({ name, door }) =>
      path === undefined ? venues.has(name) : isMeant(name, door.id),
    );
    const marked = doors.map(({ name, door }) => ({ name, venue: door.id }));
    for (const { name, venue } of marked) venues.set(name, venue);
    for (const [name, why] of markAll(marked, by)) unmarked.set(name, why);
    // Started with another file, or by flags: it trades there all the same.
    const others = all.filter(
      (bot) => !named.includes(bot) && isTraded(bot, (name) => doors.some((each) => each.name === name)),
    );
    bots = [...named, ...others];
    isComplete = true;
    const told = typeof journal === "string" ? [fromHere(journal)] : [];
    const guessed = keys.journal === ":memory:" ? [] : [fromHere(keys.journal)];
    const together = keys.doors.map(({ name }) => name);
    const sweeps = doors.map(async (each) => {
      const there = bots.filter((bot) => isTraded(bot, (name) => name === each.name));
      return [await sweepDoor(each, runsOf({ account: each, together, bots: there, told, guessed }))];
    });
    await Promise.all([...take(others), ...sweeps].map(watched));
  };
  await Promise.race([finished, Promise.allSettled([...running, withKeys()])]);
  if (venues.size === 0) return nothing({ all, account, file, complaints });

  const killed = [...venues].map(([name, venue]) => verdict(name, venue, found.get(name) ?? [], unmarked.get(name)));
  for (const bot of bots) {
    const isLeft = goodbyeIn(bot.folder) === "nothing" || !isAlive(bot);
    if (isLeft && bot.accounts.every(({ name }) => killed.some((each) => each.account === name && each.verified)))
      putAway(bot.folder);
  }
  const isVerified = killed.every(({ verified, marked }) => verified && marked) && !isBlind;
  if (!isVerified) for (const each of complaints) process.stderr.write(`note: ${each}\n`);
  process.stdout.write(
    json === true ? `${JSON.stringify({ type: "kill", accounts: killed })}\n` : textOf(killed, bots),
  );
  await new Promise((resolve) => process.stdout.write("", resolve));
  process.exit(isVerified ? 0 : 1); // other ways may still be on their way, and are not waited for
}

/** Whether a bot trades one of the accounts that are meant. */
function isTraded({ accounts }: FoundBot, meant: (name: string, venue: string) => boolean): boolean {
  return accounts.some(({ name, venue }) => meant(name, venue));
}

/** The bots of this user, as far as they can be seen. */
function botsOr(complain: (why: string) => void): readonly FoundBot[] {
  try {
    return foundBots();
  } catch (error) {
    complain(`bots that run are not seen, and go on: ${messageOf(error)}; end them by kill -USR2 PID`);
    return [];
  }
}

interface Nothing {
  readonly all: readonly FoundBot[];
  readonly account: unknown;
  readonly file: string | undefined;
  readonly complaints: readonly string[];
}

async function nothing({ all, account, file, complaints }: Nothing): Promise<ExitCode> {
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
    file === undefined
      ? "no bot of this user is running and no configuration was named: nothing was killed\n"
      : `${complaints.length === 0 ? "" : "so "}no account of ${file} is known, and no bot that was started with it is running: nothing was killed\n`,
  );
  return exit.failed;
}

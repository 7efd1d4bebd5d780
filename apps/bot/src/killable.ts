// What can be killed from its first moment on: a start that prepares, a supervisor in its pause.
import { BpError, type VenueId } from "@bp/core";
import { type BotEntry, enter } from "./bots/enter.ts";
import { isKilled, markAll } from "./bots/marks.ts";
import type { BotRecord } from "./bots/registry.ts";
import { isThere, signAt } from "./bots/sign.ts";
import type { BotConfig } from "./config/index.ts";
import { messageOf } from "./failures.ts";
import type { Operator } from "./operator.ts";
import { fromHere } from "./paths.ts";
import type { Door } from "./stage/door.ts";
import { stateFolder } from "./state.ts";

/** Who can be killed. */
export interface KillableOptions {
  readonly role: BotRecord["role"];
  readonly config: Pick<BotConfig, "file" | "journal" | "place">;
  /** Whether its exchange outlives it. */
  readonly lasts: boolean;
  /** Where it does, with the ways there. */
  readonly accounts: readonly {
    readonly name: string;
    readonly venue: VenueId;
    readonly door?: Door | undefined;
  }[];
  /** Full path of a file whose presence kills. */
  readonly killFile: string | undefined;
  /** Hears of a kill as of a wish of a person's, and tells of those. */
  readonly operator: Operator;
  readonly tell: (line: string) => void;
}

/** A process that a kill finds. */
export interface Killable {
  /** Its place in the list; `undefined` where the state folder cannot be written and nothing outlives it. */
  readonly entry: BotEntry | undefined;
  /** Whether it was killed, however: its accounts are marked, and stay so until a person resumes them. */
  readonly isKilled: boolean;
  /**
   * Takes back what it, or a run before it in its journal, has left, and says so.
   *
   * @returns whether nothing of ours is left, by the venues' own lists
   */
  takeBack(): Promise<boolean>;
}

/**
 * Why nothing may begin there, for a person: the kill file is there, or an account is killed.
 *
 * @param killFile - full path; `undefined`: none
 */
export function refusalOf(
  { lasts, accounts }: Pick<KillableOptions, "lasts" | "accounts">,
  killFile: string | undefined,
): string | undefined {
  const sign = killFile === undefined ? undefined : signAt(killFile);
  if (sign !== undefined)
    return `the kill file ${killFile} ${sign}; ${sign === isThere ? "remove it" : "make that possible"} to trade again`;
  const account = lasts ? accounts.find(({ name }) => isKilled(name)) : undefined;
  if (account === undefined) return undefined;
  return `the account at ${account.venue} is killed and nothing is traded on it; when you have looked: bot resume ${account.name}`;
}

/** Makes it so, until its process ends. @throws BpError `config/unreadable` where the state folder cannot be written and the exchange outlives it */
export function killable(options: KillableOptions): Killable {
  const { role, config, lasts, accounts, killFile, operator, tell } = options;
  const journal = config.journal === ":memory:" ? ":memory:" : fromHere(config.journal);
  const named = accounts.map(({ name, venue }) => ({ name, venue }));
  const record = {
    role,
    place: config.place,
    lasts,
    accounts: named,
    journal,
    ...(config.file === undefined ? {} : { config: fromHere(config.file) }),
  };
  let entry: BotEntry | undefined;
  try {
    entry = enter({ record, killFile, killed: (by) => operator.ask("halt", by) });
  } catch (error) {
    const why = messageOf(error);
    if (lasts) throw new BpError("config/unreadable", { file: stateFolder(), why }, { cause: error });
    tell(`warning: ${stateFolder()} cannot be written, so bot kill and bot status do not see this bot: ${why}`);
  }
  let wasKilled = false;
  const killed = (by: string) => {
    wasKilled = true;
    for (const [name, why] of lasts ? markAll(named, by) : [])
      tell(`the kill mark of ${name} cannot be written: ${why}; start nothing there before you have looked`);
  };
  operator.hear((what, by) => {
    if (what === "halt") killed(by);
  });
  if (operator.ending === "halt") killed(operator.endedBy ?? "the kill switch"); // asked before there was anybody to hear
  return {
    entry,
    get isKilled() {
      return wasKilled;
    },
    takeBack: async () => {
      if (!lasts) return true; // it is gone with its exchange
      const { takeBack } = await import("./kill/sweep.ts"); // it needs the clients
      const doors = accounts.flatMap(({ name, door }) => (door === undefined ? [] : [{ name, door }]));
      const answers = await takeBack(doors, journal);
      for (const { account, cancelled, clean, trouble } of answers)
        tell(
          clean
            ? `${account}: ${cancelled} cancelled, and none of ours is left by the venue's own list`
            : `${account}: ${cancelled} cancelled, NOT VERIFIED: ${trouble ?? ""}`,
        );
      return answers.length === accounts.length && answers.every(({ clean }) => clean);
    },
  };
}

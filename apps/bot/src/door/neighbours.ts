// All bots of this user, as the registry has them, with a line of each whose door answers.
import { basename } from "node:path";
import type { BotNow, Brief } from "dashboard/contract";
import { type FoundBot, foundBots } from "../bots/registry.ts";
import { cardIn, type DoorCard } from "./card.ts";
import { isNear, pass } from "./link.ts";

/** How long another door may take, ms. */
const patienceMs = 800;
/** The longest line of a bot, bytes. */
const longest = 65_536;

/** The id of a bot in addresses. */
export const botIdOf = (folder: string): string => basename(folder);

/** A bot and its door, if it has one that can be asked. */
export interface Neighbour {
  readonly bot: FoundBot;
  readonly card: DoorCard | undefined;
}

/** One of them. */
export function neighbour(id: string): Neighbour | undefined {
  const bot = foundBots().find(({ folder }) => botIdOf(folder) === id);
  return bot === undefined ? undefined : { bot, card: cardOf(bot) };
}

/** @param self - the folder of the bot here @param own - its line; `undefined`: it has none now */
export async function neighbours(self: string | undefined, own: Brief | undefined): Promise<readonly BotNow[]> {
  return Promise.all(
    foundBots().map(async (bot) => {
      const isSelf = bot.folder === self;
      const card = isSelf ? undefined : cardOf(bot);
      const brief = isSelf ? own : card === undefined ? undefined : await briefFrom(card);
      return botNow(bot, isSelf, isSelf || brief !== undefined, brief === "none" ? undefined : brief);
    }),
  );
}

function cardOf(bot: FoundBot): DoorCard | undefined {
  const card = bot.alive ? cardIn(bot.folder) : undefined;
  return card !== undefined && isNear(card) ? card : undefined;
}

function botNow(bot: FoundBot, self: boolean, reachable: boolean, brief: Brief | undefined): BotNow {
  const { folder, role, pid, place, alive, started, beatAt, accounts, config, run } = bot;
  return {
    id: botIdOf(folder),
    self,
    role,
    pid,
    place,
    alive,
    started,
    beatAt,
    accounts,
    ...(config === undefined ? {} : { config }),
    ...(run === undefined ? {} : { run }),
    reachable,
    ...(brief === undefined ? {} : { brief }),
  };
}

/** `none`: its door answers, and its run shows nothing, or nothing yet; `undefined`: it does not answer. */
async function briefFrom(card: DoorCard): Promise<Brief | "none" | undefined> {
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const answer = await pass(card, { method: "GET", path: "/api/brief", role: "viewer", body: undefined, signal });
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > longest) return undefined;
      chunks.push(chunk);
    }
    if (answer.statusCode === 503) return "none";
    return answer.statusCode === 200 ? (JSON.parse(Buffer.concat(chunks).toString("utf8")) as Brief) : undefined; // of a door like this one
  } catch {
    return undefined;
  }
}

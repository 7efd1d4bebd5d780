// The door of a run: opened with it, told of it, asked through it, closed with it.
import type { BotConfig } from "../config/index.ts";
import type { Script } from "../face/script.ts";
import { messageOf } from "../failures.ts";
import type { Operator } from "../operator.ts";
import type { Stage } from "../stage/stage.ts";
import { addressLine } from "./addressLine.ts";
import { answersOf } from "./asked.ts";
import { faultDesk } from "./faults.ts";
import { createFeed, type Feed } from "./feed.ts";
import type { DoorFlags } from "./flags.ts";
import { doorPlaceOf, isPlaced } from "./flags.ts";
import { openDoor } from "./open.ts";

/** Whose door. */
export interface RunDoorOptions {
  readonly flags: DoorFlags;
  readonly stage: Stage;
  readonly operator: Operator;
  /** The bot's folder in the list of bots; `undefined`: it is in none. */
  readonly folder: string | undefined;
  readonly config: Pick<BotConfig, "lang" | "place" | "allowNegativeEdge">;
  /** In which the run is told. */
  readonly script: Script;
  /** Hears the address, once. */
  readonly say: (line: string) => void;
  /** Whether that goes to a terminal: the token is told to nothing else. */
  readonly isTerminal: boolean;
  readonly tell: (line: string) => void;
}

/** An open door of a run. */
export interface RunDoor {
  readonly feed: Feed;
  close(): Promise<void>;
}

/** How long the last words of a run can be read by who has the page open, ms. */
const lastWordsMs = 300;

/**
 * Opens it, unless nobody wants one: a run in virtual time is over before somebody could look, and `BP_DASHBOARD=off` is for
 * machines that have no use for it.
 *
 * @throws BpError `config/invalid`, `config/conflict` for a place or a certificate that a person has named and that cannot be; one that
 *   nobody has named and that cannot be opened is told, and trading goes on without it
 */
export async function openRunDoor(options: RunDoorOptions): Promise<RunDoor | undefined> {
  const { flags, stage, operator, folder, config, script, say, isTerminal, tell } = options;
  const isNamed = flags.dashboard !== undefined && flags.dashboard !== false;
  const place = doorPlaceOf(flags);
  if (place === undefined || (!isNamed && (stage.place === "memory" || process.env["BP_DASHBOARD"] === "off")))
    return undefined;
  let door: Awaited<ReturnType<typeof openDoor>>;
  try {
    door = await openDoor({ place, folder, language: config.lang, tell });
  } catch (error) {
    if (isNamed || isPlaced(flags)) throw error;
    tell(`warning: no dashboard: ${messageOf(error)}`);
    return undefined;
  }
  const faults = faultDesk(stage);
  const feed = createFeed({ door, tell });
  const terms = () => {
    const seen = feed.seen();
    return seen === undefined ? undefined : { ...seen, config };
  };
  door.onAsk(answersOf({ operator, lasts: stage.lasts, faults, terms }));
  const otherwise = folder === undefined ? "BP_DASHBOARD_TOKEN=shown" : "bot dashboard --address";
  say(addressLine({ door, isTerminal, script, otherwise }));
  return {
    feed,
    close: async () => {
      feed.close();
      faults?.close();
      await new Promise((resolve) => setTimeout(resolve, door.watched() ? lastWordsMs : 0));
      await door.close();
    },
  };
}

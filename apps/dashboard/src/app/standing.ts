// How far what the page shows can be believed.
import type { LinkNow } from "../feed/store.ts";

/**
 * `well`: it is true now. `old`: nothing comes. `unheard`: it has not answered yet, for too long. `refused`: the token is of an
 * earlier start. `missing`: there is no such bot. `gone`: there was one, and its process is no more. `over`: its run has ended, and
 * another door serves the page. `closed`: it has ended, and its door, which served the page, with it.
 */
export type Standing = "well" | "old" | "unheard" | "refused" | "missing" | "gone" | "over" | "closed";

/** What that follows from. */
export interface Seen {
  readonly link: LinkNow["state"];
  /** Seconds since the last frame, where they are too many. */
  readonly stale: number | undefined;
  readonly hasFrame: boolean;
  /** The first frame has been waited for too long. */
  readonly isLate: boolean;
  readonly bot: string | undefined;
  /** The bot that serves the page. */
  readonly self: string | undefined;
}

/**
 * A stream that breaks brings its frames again within a moment, so that these tell; a door without a bot is asked for all that is
 * shown, and one question without an answer makes it old. Of a stream that is open and has no frame yet the door
 * tells why.
 */
export function standingOf({ link, stale, hasFrame, isLate, bot, self }: Seen): Standing {
  if (link === "over") return bot === self ? "closed" : "over";
  if (link === "missing") return hasFrame ? "gone" : "missing";
  if (link === "refused") return "refused";
  if (bot !== undefined && !hasFrame && isLate && link !== "up") return "unheard";
  return stale !== undefined || (link === "down" && bot === undefined) ? "old" : "well";
}

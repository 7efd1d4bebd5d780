// Whether what the page shows may not be true any more.
import type { LinkNow } from "../feed/store.ts";

/**
 * @param stale - seconds since the last frame, where they are too many
 * @param hasBot - a stream that breaks brings its frames again within a moment, so that these tell; a door without a bot is asked for
 * all that is shown, and one question without an answer makes it old
 */
export function isOutdated(link: LinkNow["state"], stale: number | undefined, hasBot: boolean): boolean {
  if (stale !== undefined || link === "refused" || link === "over" || link === "missing") return true;
  return link === "down" && !hasBot;
}

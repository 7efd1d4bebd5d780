// Until when what was known held, where a loss is told: by the last thing that was heard before it.
import { type Event, type Millis, millis } from "@bp/core";

/**
 * Follows what is heard. A loss is told when it is found, and a bot that was away finds it when it comes back: between the last
 * other fact and the loss nothing was known.
 *
 * @returns told each event, by our clock, until when what was known before it held: of a loss that of the last other fact
 */
export function createHeard(): (event: Event) => Millis {
  let heard: number | undefined;
  return ({ type, at }) => {
    if (type === "link.lost") return millis(Math.min(heard ?? at, at));
    heard = Math.max(heard ?? at, at);
    return at;
  };
}

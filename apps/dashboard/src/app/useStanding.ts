// How far what is shown can be believed, for every part that must not say more than is known.
import { stateMs, useKnown, useSession } from "../feed/session.tsx";
import { useStale } from "../feed/useStale.ts";
import { type Standing, standingOf } from "./standing.ts";

/** As of now. */
export function useStanding(): Standing {
  const stale = useStale();
  const { bot, hello } = useSession();
  const seen = useKnown(({ link, frame }) => ({ link: link.state, hasFrame: frame !== undefined }), stateMs);
  return standingOf({ ...seen, stale, bot, self: hello.self });
}

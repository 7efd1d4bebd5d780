// How far what is shown can be believed, for every part that must not say more than is known.
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { stateMs, useKnown, useSession } from "../feed/session.tsx";
import { useLate } from "../feed/useLate.ts";
import { useStale } from "../feed/useStale.ts";
import { type Standing, standingOf } from "./standing.ts";

interface Trust {
  readonly standing: Standing;
  readonly stale: number | undefined;
}

const TrustContext = createContext<Trust>({ standing: "well", stale: undefined });

/** Looks once for everything within. */
export function StandingProvider({ children }: { readonly children: ReactNode }) {
  const stale = useStale();
  const isLate = useLate();
  const { bot, hello } = useSession();
  const seen = useKnown(({ link, frame }) => ({ link: link.state, hasFrame: frame !== undefined }), stateMs);
  const standing = standingOf({ ...seen, stale, isLate, bot, self: hello.self });
  const trust = useMemo(() => ({ standing, stale }), [standing, stale]);
  return <TrustContext value={trust}>{children}</TrustContext>;
}

/** As of now. */
export function useStanding(): Standing {
  return useContext(TrustContext).standing;
}

/** Whole seconds since the last frame, where they are too many. */
export function useSilence(): number | undefined {
  return useContext(TrustContext).stale;
}

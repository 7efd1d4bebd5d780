// What every part of the page may ask for: the door, the bot that is looked at, and what is known of it.
import { createContext, type ReactNode, useContext, useMemo, useRef, useSyncExternalStore } from "react";
import type { Frame, Hello } from "../contract/index.ts";
import { calmly } from "../panes/common/calmly.ts";
import { keepEqual } from "../panes/common/keepEqual.ts";
import type { Api } from "./api.ts";
import type { FeedStore, Known } from "./store.ts";

/** One page with one token. */
export interface Session {
  readonly api: Api;
  readonly store: FeedStore;
  readonly hello: Hello;
  /** The bot that is looked at; `undefined`: none, the overview of a door that stands alone. */
  readonly bot: string | undefined;
}

const SessionContext = createContext<Session | undefined>(undefined);

/** Everything within belongs to it. */
export function SessionProvider({ session, children }: { readonly session: Session; readonly children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** @throws where there is none */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error("no session here");
  return session;
}

/**
 * A part of what is known: the same object for as long as it says the same, and nothing is drawn anew meanwhile.
 *
 * @param everyMs - not more often than so; 0: with each drawing of the browser
 */
export function useKnown<T>(select: (known: Known) => T, everyMs = 0): T {
  const { store } = useSession();
  const kept = useRef<T>(undefined);
  const subscribe = useMemo(
    () => (everyMs === 0 ? store.subscribe : calmly(store.subscribe, everyMs)),
    [store, everyMs],
  );
  return useSyncExternalStore(subscribe, () => {
    const part = keepEqual(kept.current, select(store.get()));
    kept.current = part;
    return part;
  });
}

/** How often panes are drawn anew, ms: all at the same moments, since what a change costs the browser it costs once for all of them. */
export const paneMs = 1_000;
/** How often states are: what a person has to act upon. */
export const stateMs = 250;

/** A part of the newest frame; `undefined` before the first. Four times a second, unless told otherwise. */
export function useFrame<T>(select: (frame: Frame) => T, everyMs = stateMs): T | undefined {
  return useKnown(({ frame }) => (frame === undefined ? undefined : select(frame)), everyMs);
}

/** Frames as they come, for what is drawn outside of React. */
export function useFrames(): Pick<FeedStore, "subscribe"> & { readonly get: () => Frame | undefined } {
  const { store } = useSession();
  return useMemo(() => ({ get: () => store.get().frame, subscribe: store.subscribe }), [store]);
}

/** Whether this token may act. */
export function useMayAct(): boolean {
  return useSession().hello.role === "operator";
}

// Whether a stream stands: told once for each change.
import type { BpError, Millis, News, VenueId } from "@bp/core";

/** Which connection is watched, and who hears of it. */
export interface LinkOptions {
  readonly venue: VenueId;
  readonly stream: "market" | "account";
  /** Hears a connection; returns the way to stop. */
  readonly watch: (watcher: {
    readonly state: (state: "up" | "down", why: string) => void;
    readonly trouble: (error: BpError) => void;
  }) => () => void;
  /** Whether this trouble means that the stream tells nothing although its socket stands. */
  readonly silences?: (error: BpError) => boolean;
  readonly venueNow: () => Millis;
  readonly tell: (news: News, venueAt: Millis) => void;
  readonly trouble: (error: BpError) => void;
  readonly changed: (up: boolean, why: string) => void;
  readonly signal: AbortSignal;
}

/** A stream that stands or does not. */
export interface Link {
  /** What somebody else knows of the connection, and what else there is to say of its end. */
  set(state: "up" | "down", why: string, also?: { readonly clockSet?: true }): void;
  readonly up: boolean;
  stop(): void;
}

/** Watches a connection. */
export function createLink(options: LinkOptions): Link {
  const { venue, stream, silences, venueNow, tell, trouble, changed, signal } = options;
  let up = false;
  const set: Link["set"] = (state, why, also) => {
    if (signal.aborted || up === (state === "up")) return;
    up = !up;
    tell({ type: up ? "link.restored" : "link.lost", venue, stream, why, ...also }, venueNow());
    changed(up, why);
  };
  const stop = options.watch({
    state: set,
    trouble: (error) => {
      trouble(error);
      if (silences?.(error) === true) set("down", error.message);
    },
  });
  return {
    set,
    get up() {
      return up;
    },
    stop,
  };
}

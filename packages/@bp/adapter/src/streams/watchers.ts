// Who hears of a connection: its losses and returns, and what goes wrong on it.
import type { BpError } from "@bp/core";
import { crash } from "../background.ts";

/** Hears what goes on beside the messages. */
export interface Watcher {
  /** The connection stands and everything was asked for, or it is gone. */
  readonly state?: (state: "up" | "down", why: string) => void;
  /** A frame that could not be read, a refusal, a stream that stays silent. */
  readonly trouble?: (error: BpError) => void;
}

/** All who hear of one connection. */
export interface Watchers {
  /** Returns the way to stop. */
  watch(watcher: Watcher): () => void;
  state(state: "up" | "down", why: string): void;
  trouble(error: BpError): void;
}

/** Nobody yet. */
export function createWatchers(): Watchers {
  const watchers = new Set<Watcher>();
  return {
    watch: (watcher) => {
      watchers.add(watcher);
      return () => {
        watchers.delete(watcher);
      };
    },
    state: (state, why) => {
      for (const watcher of watchers) tell(() => watcher.state?.(state, why));
    },
    trouble: (error) => {
      for (const watcher of watchers) tell(() => watcher.trouble?.(error));
    },
  };
}

/** What one watcher throws keeps nothing from the others, nor from the connection. */
function tell(work: () => void): void {
  try {
    work();
  } catch (error) {
    crash(error);
  }
}

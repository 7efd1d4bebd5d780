// Many streams over as many connections as the venue's limit for each asks for.
import type { Connection } from "./connection.ts";
import type { Stream } from "./stream.ts";
import { createWatchers } from "./watchers.ts";

/** How streams are spread. */
export interface SpreadOptions {
  /** Makes one more connection; it opens when it is read from. */
  readonly connect: () => Connection;
  /** Streams that the venue allows on one connection. */
  readonly most: number;
}

interface Part {
  readonly connection: Connection;
  /** Readers of each stream. */
  readonly readers: Map<string, number>;
}

/**
 * Connections that look like one. It is up when all that are in use are, and down as soon as one of them is: whoever relies on its
 * streams must not believe that all of them are whole.
 */
export function spread({ connect, most }: SpreadOptions): Connection {
  const parts: Part[] = [];
  const watchers = createWatchers();

  const inUse = () => parts.filter(({ readers }) => readers.size > 0);
  const stateNow = () => {
    const used = inUse();
    return used.length > 0 && used.every(({ connection }) => connection.state === "up") ? "up" : "down";
  };
  const changed = (told: "up" | "down", why: string) => {
    // Every failed attempt is told, as one connection tells it; a return only when nothing is missing any more.
    if (told === "down" || stateNow() === "up") watchers.state(told, why);
  };
  const partFor = (name: string): Part => {
    const found = parts.find(({ readers }) => readers.has(name)) ?? parts.find(({ readers }) => readers.size < most);
    if (found !== undefined) return found;
    const part: Part = { connection: connect(), readers: new Map() };
    part.connection.watch({ state: changed, trouble: (error) => watchers.trouble(error) });
    parts.push(part);
    return part;
  };
  const enter = (stream: Stream<unknown>, read: (connection: Connection) => () => void) => {
    const { connection, readers } = partFor(stream.name);
    readers.set(stream.name, (readers.get(stream.name) ?? 0) + 1);
    const stop = read(connection);
    let reading = true;
    return () => {
      if (!reading) return;
      reading = false;
      const left = (readers.get(stream.name) ?? 1) - 1;
      if (left > 0) readers.set(stream.name, left);
      else readers.delete(stream.name);
      stop();
    };
  };

  return {
    on: (stream, listener) => enter(stream, (connection) => connection.on(stream, listener)),
    onBytes: (stream, listener) => enter(stream, (connection) => connection.onBytes(stream, listener)),
    watch: (watcher) => watchers.watch(watcher),
    get state() {
      return stateNow();
    },
    get counts() {
      const all = parts.map(({ connection }) => connection.counts);
      const sum = (of: (counts: Connection["counts"]) => number) => all.reduce((total, each) => total + of(each), 0);
      return { frames: sum(({ frames }) => frames), bad: sum(({ bad }) => bad), stray: sum(({ stray }) => stray) };
    },
    close: () => {
      for (const { connection, readers } of parts.splice(0)) {
        readers.clear();
        connection.close();
      }
    },
  };
}

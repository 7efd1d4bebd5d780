// Which frame belongs to which stream: names are compared as bytes, so that a frame costs no string.
import { bytesOf, type Literal, literal, stands } from "../wire/scan.ts";

/** Something that waits for the frames of one stream. */
export interface Routed {
  readonly name: string;
}

/** A table of streams by name. */
export interface Routes<R extends Routed> {
  add(route: R): void;
  remove(route: R): void;
  byName(name: string): R | undefined;
  /** By the bytes of a name, `from` inclusive, `to` exclusive. */
  byBytes(bytes: Uint8Array, from: number, to: number): R | undefined;
  readonly size: number;
  all(): readonly R[];
}

/** An empty table. */
export function createRoutes<R extends Routed>(): Routes<R> {
  const names = new Map<string, R>();
  const hashes = new Map<number, { readonly name: Literal; readonly route: R }[]>();
  return {
    add: (route) => {
      names.set(route.name, route);
      const hash = hashOfName(route.name);
      hashes.set(hash, [...(hashes.get(hash) ?? []), { name: literal(route.name), route }]);
    },
    remove: (route) => {
      names.delete(route.name);
      const hash = hashOfName(route.name);
      hashes.set(
        hash,
        (hashes.get(hash) ?? []).filter((each) => each.route !== route),
      );
    },
    byName: (name) => names.get(name),
    byBytes: (bytes, from, to) => {
      const found = hashes.get(hashOf(bytes, from, to));
      if (found === undefined) return undefined;
      for (const { name, route } of found) if (name.length === to - from && stands(bytes, from, name)) return route;
      return undefined;
    },
    get size() {
      return names.size;
    },
    all: () => [...names.values()],
  };
}

function hashOfName(name: string): number {
  const bytes = bytesOf(name);
  return hashOf(bytes, 0, bytes.length);
}

function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0;
  for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0;
  return hash;
}

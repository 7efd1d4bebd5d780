// Who reads which stream of a connection, as objects or as bytes.
import type { Listener } from "./feed.ts";
import { createRoutes, type Routed, type Routes } from "./routes.ts";
import type { Stream } from "./stream.ts";

/** A stream and those who read it. */
export interface Route extends Routed {
  readonly stream: Stream<unknown>;
  objects: readonly Listener<unknown>[];
  bytes: readonly Listener<Uint8Array>[];
}

/** The readers of a connection. */
export interface Readers {
  readonly routes: Routes<Route>;
  /** Reads a stream as checked objects. Returns the way to stop. */
  on<T>(stream: Stream<T>, listener: Listener<T>): () => void;
  /** Reads a stream as the bytes of whole frames, valid until the listener returns. Returns the way to stop. */
  onBytes(stream: Stream<unknown>, listener: Listener<Uint8Array>): () => void;
}

/** What becomes of a stream. */
export interface ReadersOptions {
  /** Its first reader has come; `wanted` follows. */
  readonly first: (stream: Stream<unknown>) => void;
  /** One more reader has come. */
  readonly wanted: () => void;
  /** Its last reader has gone; it is out of the table. */
  readonly last: (name: string) => void;
}

/** No readers yet. */
export function createReaders({ first, wanted, last }: ReadersOptions): Readers {
  const routes = createRoutes<Route>();
  const enter = (stream: Stream<unknown>, change: (route: Route) => void) => {
    let route = routes.byName(stream.name);
    if (route === undefined) {
      route = { name: stream.name, stream, objects: [], bytes: [] };
      routes.add(route);
      first(stream);
    }
    change(route);
    wanted();
    return route;
  };
  const leave = (route: Route) => {
    if (route.objects.length > 0 || route.bytes.length > 0 || routes.byName(route.name) !== route) return;
    routes.remove(route);
    last(route.name);
  };
  return {
    routes,
    on: (stream, listener) => {
      const heard = listener as Listener<unknown>; // the stream's own schema makes what it is given
      const route = enter(stream, (each) => {
        each.objects = [...each.objects, heard];
      });
      return once(() => {
        route.objects = withoutOne(route.objects, heard);
        leave(route);
      });
    },
    onBytes: (stream, listener) => {
      const route = enter(stream, (each) => {
        each.bytes = [...each.bytes, listener];
      });
      return once(() => {
        route.bytes = withoutOne(route.bytes, listener);
        leave(route);
      });
    },
  };
}

/** One function may read a stream twice, and stop once. */
function withoutOne<L>(listeners: readonly L[], one: L): readonly L[] {
  const place = listeners.indexOf(one);
  return place < 0 ? listeners : listeners.toSpliced(place, 1);
}

function once(stop: () => void): () => void {
  let stopped = false;
  return () => {
    if (stopped) return;
    stopped = true;
    stop();
  };
}

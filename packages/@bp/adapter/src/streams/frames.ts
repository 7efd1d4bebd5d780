// What comes off a socket, brought to those who read it, and counted.
import { BpError, type Clock, type Millis } from "@bp/core";
import { crash } from "../background.ts";
import { jsonOf } from "../wire/json.ts";
import { notJson, schemaError } from "../wire/read.ts";
import type { Dialect, Done, NamePlace, Refused } from "./dialect.ts";
import type { Listener } from "./feed.ts";
import type { Route } from "./readers.ts";
import type { Routes } from "./routes.ts";

/** Since the start of the connection. */
export interface FrameCounts {
  readonly frames: number;
  /** Not JSON, or not what its schema says. */
  readonly bad: number;
  /** Of streams that nobody reads any more. */
  readonly stray: number;
}

/** Whose frames they are, and who hears what. */
export interface FramesOptions {
  readonly dialect: Dialect;
  readonly routes: Routes<Route>;
  readonly clock: Clock;
  /** A frame of a stream has come. */
  readonly heard: (name: string) => void;
  /** The venue answered a request. */
  readonly reply: (reply: Done | Refused) => void;
  /** A frame could not be read. */
  readonly trouble: (error: BpError) => void;
}

/** The way in for frames. */
export interface Frames {
  /** Takes what a socket gives; bytes need to be good only until it returns. */
  receive(data: Uint8Array | string): void;
  readonly counts: FrameCounts;
}

/** A frame of the usual form costs no `JSON.parse` while it is read as bytes; any other is read as JSON. */
export function createFrames(options: FramesOptions): Frames {
  const { dialect, routes, clock, heard, reply, trouble } = options;
  const place: NamePlace = { from: 0, to: 0 };
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  let frames = 0;
  let bad = 0;
  let stray = 0;

  const badFrame = (error: BpError) => {
    bad += 1;
    trouble(error);
  };
  const wanted = () => routes.all().map(({ name }) => name);
  const routeOf = (name: string): Route | undefined =>
    routes.byName(name) ?? (dialect.alias === undefined ? undefined : routes.byName(dialect.alias(name)));

  const deliver = (route: Route, bytes: Uint8Array, at: Millis) => {
    heard(route.name);
    tellAll(route.bytes, bytes, at);
    if (route.objects.length === 0) return;
    const text = decoder.decode(bytes);
    const value = jsonOf(text);
    if (value === undefined) return badFrame(notJson(`frame of ${route.name}`, text));
    const said = dialect.read(value, wanted);
    tell(route, said?.kind === "data" ? said.data : undefined, at);
  };
  const tell = (route: Route, data: unknown, at: Millis) => {
    const result = route.stream.data.safeParse(data);
    if (!result.success) return badFrame(schemaError(`frame of ${route.name}`, result.error, data));
    tellAll(route.objects, result.data, at);
  };

  /** A frame that is not of the usual form: an answer, or data that is written in another way. */
  const unusual = (bytes: Uint8Array, at: Millis) => {
    const text = decoder.decode(bytes);
    const value = jsonOf(text);
    if (value === undefined) return badFrame(notJson("frame", text));
    const said = dialect.read(value, wanted);
    if (said === undefined)
      return badFrame(
        new BpError("wire/schema", { what: "frame", path: "stream", expected: "its name", raw: text.slice(0, 500) }),
      );
    if (said.kind !== "data") return reply(said);
    const route = routeOf(said.name);
    if (route === undefined) {
      stray += 1;
      return;
    }
    heard(route.name);
    tellAll(route.bytes, bytes, at);
    if (route.objects.length > 0) tell(route, said.data, at);
  };

  return {
    receive: (data) => {
      const at = clock.now();
      frames += 1;
      const bytes = typeof data === "string" ? encoder.encode(data) : data;
      const route = dialect.find(bytes, place) ? routes.byBytes(bytes, place.from, place.to) : undefined;
      if (route === undefined) unusual(bytes, at);
      else deliver(route, bytes, at);
    },
    get counts() {
      return { frames, bad, stray };
    },
  };
}

/** What one listener throws keeps nothing from the others. */
function tellAll<T>(listeners: readonly Listener<T>[], message: T, at: Millis): void {
  for (const listener of listeners)
    try {
      listener(message, at);
    } catch (error) {
      crash(error);
    }
}

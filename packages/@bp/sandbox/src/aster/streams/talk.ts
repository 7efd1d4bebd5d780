// What an Aster socket is asked for, by its address and by its messages, and what it says to that.
import type { FrameForm, Hub, Listener } from "../../hub.ts";
import type { Connection, Talk } from "../../sockets.ts";
import type { AsterHouse } from "../house.ts";

const violated = 1008;

/** The frame around what a stream tells. */
export const asterFrame = (stream: string, json: string, form: FrameForm): string =>
  form === "bare" ? json : `{"stream":${JSON.stringify(stream)},"data":${json}}`;

interface Ear extends Listener {
  form: FrameForm;
}

/** A connection on any path that ends like one of the venue's: `/ws`, `/ws/a`, `/stream?streams=a/b`. */
export function asterTalk(house: AsterHouse, hub: Hub, connection: Connection): Talk {
  const listener: Ear = { form: "bare", push: (frame) => connection.push(frame) };
  const streams = new Set<string>();
  const join = (names: readonly string[]) => {
    for (const name of names) streams.add(name);
    if (streams.size > house.settings.mostStreams) return connection.close(violated, "Too many streams");
    for (const name of names) hub.join(listener, name);
  };
  const leave = (names: readonly string[]) => {
    for (const name of names) {
      streams.delete(name);
      hub.leave(listener, name);
    }
  };
  const asked = addressOf(connection.url);
  listener.form = asked.form;
  join(asked.streams);

  let second = 0;
  let heard = 0;
  const count = () => {
    const now = Math.floor(performance.now() / 1000);
    if (now !== second) {
      second = now;
      heard = 0;
    }
    heard += 1;
    if (heard > house.settings.messagesPerSecond) connection.close(violated, "Too many requests");
  };
  return {
    hear: (text) => {
      count();
      connection.say(JSON.stringify(understand(text, { listener, streams, join, leave })));
    },
    ...(house.service === "spot" ? { control: count } : {}),
    end: () => hub.leaveAll(listener),
  };
}

/** What the address asks for. Anything may stand before it. */
function addressOf(url: URL): { readonly form: FrameForm; readonly streams: readonly string[] } {
  const [, word, rest = ""] = /(?:^|\/)(ws|stream)(?:\/(.*))?$/.exec(decoded(url.pathname)) ?? [];
  const names = (text: string) => text.split("/").filter((name) => name !== "");
  if (word !== "stream") return { form: "bare", streams: names(rest) };
  return { form: "wrapped", streams: names(url.searchParams.get("streams") ?? rest) };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

interface Ends {
  readonly listener: Ear;
  readonly streams: ReadonlySet<string>;
  readonly join: (names: readonly string[]) => void;
  readonly leave: (names: readonly string[]) => void;
}

const isId = (id: unknown): id is number => typeof id === "number" && Number.isInteger(id) && id >= 0;

const invalid = (msg: string, id: number | null = null) => ({
  code: 2,
  msg: `Invalid request: ${msg}`,
  ...(id === null ? {} : { id }),
});

/** Does what a message asks for and gives the answer. Names are not looked at: a misspelled one stays silent. */
function understand(text: string, { listener, streams, join, leave }: Ends): unknown {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch (error) {
    return { code: 3, msg: `Invalid JSON: ${error instanceof Error ? error.message : "unreadable"}` };
  }
  if (typeof message !== "object" || message === null || Array.isArray(message))
    return invalid("the message must be an object");
  // Programs that send no id are understood all the same.
  const { method, params, id = null } = message as Record<string, unknown>; // an object, by the line above
  if (id !== null && !isId(id)) return invalid("request ID must be an unsigned integer");
  switch (method) {
    case "SUBSCRIBE":
    case "UNSUBSCRIBE": {
      if (!Array.isArray(params) || params.some((name) => typeof name !== "string"))
        return invalid("params must be an array of strings", id);
      const names = params.map(String);
      if (method === "SUBSCRIBE") join(names);
      else leave(names);
      return { result: null, id };
    }
    case "LIST_SUBSCRIPTIONS":
      return { result: [...streams], id };
    case "GET_PROPERTY":
      if (!isCombined(params)) return { code: 0, msg: "Unknown property", id };
      return { result: listener.form === "wrapped", id };
    case "SET_PROPERTY": {
      if (!isCombined(params)) return { code: 0, msg: "Unknown property", id };
      const on: unknown = params[1];
      if (typeof on !== "boolean") return { code: 1, msg: "Invalid value type: expected Boolean", id };
      listener.form = on ? "wrapped" : "bare";
      return { result: null, id };
    }
    default:
      return invalid(`unknown method ${JSON.stringify(method)?.slice(0, 40)}`, id);
  }
}

const isCombined = (params: unknown): params is readonly unknown[] => Array.isArray(params) && params[0] === "combined";

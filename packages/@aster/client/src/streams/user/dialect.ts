// How the account's connection speaks: it is asked for nothing, and every frame is an event.
import type { Dialect } from "@bp/adapter";
import type { Service } from "../names.ts";
import { userStreamName } from "./shared.ts";

/**
 * The language of the account's connection.
 *
 * @param expired - the venue says that the key has expired; called before the event is told
 */
export function userDialect(service: Service, expired: () => void): Dialect {
  return {
    venue: `aster-${service}`,
    subscribe: () => "",
    unsubscribe: () => "",
    find: () => false,
    read: (value) => {
      const data = withoutKey(isWrapped(value) ? value.data : value);
      if (typeof data === "object" && data !== null && "e" in data && data.e === "listenKeyExpired") expired();
      return { kind: "data", name: userStreamName, data };
    },
  };
}

/** `{"stream":"<listen key>","data":{...}}`. */
function isWrapped(value: unknown): value is { readonly data: unknown } {
  return typeof value === "object" && value !== null && "stream" in value && "data" in value;
}

/** Some events carry the key, and an event may end in a log. */
function withoutKey(data: unknown): unknown {
  if (typeof data !== "object" || data === null || !("listenKey" in data)) return data;
  const { listenKey: _, ...rest } = data;
  return rest;
}

// What a Backpack socket is asked for, and what it says to that.
import type { Hub, Listener } from "../../hub.ts";
import type { Connection, Talk } from "../../sockets.ts";
import { authenticateFrame } from "../auth.ts";
import type { BackpackHouse } from "../house.ts";
import { readStream } from "./names.ts";
import { tellPositions } from "./private.ts";

/** A connection on any path. */
export function backpackTalk(house: BackpackHouse, hub: Hub, connection: Connection): Talk {
  const listener: Listener = { push: (frame) => connection.push(frame) };
  return {
    hear: (text) => {
      for (const answer of understand(house, hub, listener, text)) connection.say(answer);
    },
    end: () => hub.leaveAll(listener),
  };
}

/** The frame around what a stream tells. */
export const backpackFrame = (stream: string, json: string): string => `{"data":${json},"stream":"${stream}"}`;

/** Does what a frame asks for and gives the error frames it earns. A subscription that works is not acknowledged. */
function understand(house: BackpackHouse, hub: Hub, listener: Listener, text: string): readonly string[] {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return [errorFrame(null, 4000, "Invalid request")];
  }
  if (typeof frame !== "object" || frame === null) return [errorFrame(null, 4000, "Invalid request")];
  const { method, params, signature, id = null } = frame as Record<string, unknown>; // an object, by the line above
  if ((method !== "SUBSCRIBE" && method !== "UNSUBSCRIBE") || !Array.isArray(params))
    return [errorFrame(id, 4000, "Invalid request")];
  const names = params.map(String);
  if (method === "UNSUBSCRIBE") {
    for (const name of names) hub.leave(listener, name);
    return [];
  }
  const member = signature === undefined ? undefined : authenticateFrame(house, signature);
  const errors: string[] = [];
  let refused = false;
  for (const name of names) {
    const ask = readStream(house, name);
    if (ask === undefined) errors.push(errorFrame(id, 4006, "Invalid stream"));
    else if (ask.kind !== "account") hub.join(listener, name);
    else if (member === undefined) refused = true;
    else {
      hub.join(listener, name, member.name);
      if (ask.what === "positionUpdate") tellPositions(house, hub, listener, name, member.name, ask.market?.id);
    }
  }
  if (refused || (signature !== undefined && member === undefined))
    errors.push(errorFrame(id, 4003, "Invalid signature"));
  return errors;
}

const errorFrame = (id: unknown, code: number, message: string) => JSON.stringify({ id, error: { code, message } });

// The way to Redis: watched, so that a person hears once that it is away and once that it is back.
import { BpError } from "@bp/core";
import { Redis } from "ioredis";
import { messageOf } from "../failures.ts";
import type { QueueAddress } from "./address.ts";

/** A connection that comes back by itself. */
export interface Link {
  readonly client: Redis;
  /** A further one to the same place, for what waits. */
  another(): Redis;
  /** Whether it is there now. */
  readonly isUp: boolean;
  close(): void;
}

/** How long the first connection may take, ms. */
const firstMs = 10_000;
const longestPauseMs = 2_000;

/**
 * Connects. Afterwards it waits for a Redis that goes away, however long: commands are sent when it is back.
 *
 * @param tell - a line for the person
 * @throws BpError `queue/unreachable` where there is none to begin with
 */
export async function linkTo(address: QueueAddress, tell: (line: string) => void): Promise<Link> {
  let last = "no answer";
  const all: Redis[] = [];
  const connect = () => {
    const made = new Redis(address.url, {
      maxRetriesPerRequest: null,
      retryStrategy: (times) => Math.min(longestPauseMs, 50 * 2 ** Math.min(times, 10)),
    });
    all.push(made);
    made.on("error", (error) => {
      last = address.mask(messageOf(error) || String(Reflect.get(error, "code")));
    });
    return made;
  };
  const close = () => {
    for (const each of all) each.disconnect();
  };
  const client = connect();
  const first = await ready(client, firstMs);
  if (!first) {
    close();
    throw new BpError("queue/unreachable", { queue: address.shown, why: last });
  }
  let isUp = true;
  client.on("close", () => {
    if (!isUp) return;
    isUp = false;
    if (client.status !== "end") tell(`${address.shown} is away; waiting for it, nothing is lost`);
  });
  client.on("ready", () => {
    if (!isUp) tell(`${address.shown} is back`);
    isUp = true;
  });
  return {
    client,
    another: connect,
    get isUp() {
      return isUp;
    },
    close: () => {
      isUp = false;
      close();
    },
  };
}

function ready(client: Redis, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    client.once("ready", () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

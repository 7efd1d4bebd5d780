// An account at one of Aster's two services, cancel-only.
import {
  type AsterConnection,
  createAsterCore,
  type Service,
  type SharedLimits,
  withAgent,
  withHmac,
} from "@aster/client/core";
import { cancel as cancelFutures, openOrders as openFutures } from "@aster/client/rest/futures/trade";
import { cancel as cancelSpot, openOrders as openSpot } from "@aster/client/rest/spot/trade";
import { BpError, type Clock, exchangeOf, isBpError } from "@bp/core";
import { createPause, createPurse } from "@bp/transport";
import type { Door } from "../stage/door.ts";
import { answerMs, type CancelDoor, cancelOnly, type Resting } from "./cancelDoor.ts";

/** Most that it may use by itself, a minute: five sixths of what the narrower of the two services allows. */
const weightAMinute = 2_000;
/** From so many markets on one call for all open orders (weight 40) is the cheaper one. */
const manyMarkets = 40;
/** An agent's request is good for so long, ms; that of an old key for its window, which is shorter. */
const nonceMs = 10_000;

/** Nothing is sent yet. @throws BpError as `openCancelDoor` */
export function asterDoor({ id, rest, proxy, keys, windowMs }: Door, clock: Clock): CancelDoor {
  if (keys === undefined)
    throw new BpError("config/invalid", {
      path: `accounts.${id}`,
      found: "no keys",
      expected: "an agent, or key and secret",
    });
  const service = exchangeOf(id) === "aster-spot" ? "spot" : "futures";
  const core = createAsterCore({
    clock,
    key:
      "apiKey" in keys
        ? withHmac({
            apiKey: keys.apiKey,
            secret: keys.secret,
            ...(windowMs === undefined ? {} : { recvWindowMs: windowMs }),
          })
        : withAgent({
            signer: keys.signer,
            privateKey: keys.privateKey,
            ...(keys.user === undefined ? {} : { user: keys.user }),
          }),
    proxy: proxy ?? {},
    timeoutMs: answerMs,
    [service]: { limits: limitsOf(service, clock), ...(rest === undefined ? {} : { restUrl: rest }) },
  });
  const connection: AsterConnection = core[service];
  const call = cancelOnly(connection.call);
  const listOf = async (which: { readonly symbol?: string }, waitMs: number) => {
    const how = { lane: "cancel", timeoutMs: waitMs, repeat: "never" } as const;
    return service === "futures" ? call(openFutures, which, how) : call(openSpot, which, how);
  };
  const list = async (waitMs: number, symbol?: string) => {
    if (symbol === undefined) return listOf({}, waitMs);
    try {
      return await listOf({ symbol }, waitMs);
    } catch (error) {
      if (!isBpError(error, "venue/refused")) throw error;
      // A market that is no more has no list. What rests on the account is told all the same.
      return (await listOf({}, waitMs)).filter((each) => each.symbol === symbol);
    }
  };
  const take = async ({ symbol, id: orderId }: Resting, waitMs: number) => {
    const which = { symbol, orderId };
    const how = { timeoutMs: waitMs };
    if (service === "futures") await call(cancelFutures, which, how);
    else await call(cancelSpot, which, how);
  };
  return {
    venue: id,
    lateMs: nonceMs + 1_000,
    lists: (symbols = []) => (symbols.length > 0 && symbols.length < manyMarkets ? symbols : [undefined]),
    openOrders: async (waitMs, symbol) =>
      (await list(waitMs, symbol)).map(({ symbol, orderId, clientOrderId }) => ({
        symbol,
        id: orderId,
        clientId: numberIn(clientOrderId),
      })),
    cancel: take,
    warm: () => connection.warm(),
    close: () => core.close(),
  };
}

/**
 * What it allows itself: nothing of what the bot has used up before. The client's own budget would count that in and wait for the next
 * minute; here the venue's word alone counts, and a 429 with its pause is that word.
 */
function limitsOf(service: Service, clock: Clock): SharedLimits {
  const weight = createPurse({ capacity: weightAMinute, perMs: 60_000, reserved: 0, clock });
  return { service, weight: { ...weight, observe: () => undefined }, pause: createPause(clock) };
}

/** Our number in a client id, as the client writes it; anything else is somebody else's. */
function numberIn(clientOrderId: string): number | undefined {
  const digits = /^bp-([1-9]\d{0,9})$/.exec(clientOrderId)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

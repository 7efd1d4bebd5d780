// A way into an account at Aster: its futures, or its spot market.
import { type Aster, asterFuturesVenue, asterSpotVenue, createAster } from "@aster/client";
import { BpError, type Clock, exchangeOf, symbolOf } from "@bp/core";
import { type Connect, type Connection, type Door, midOf } from "./door.ts";
import type { Hands } from "./hands.ts";
import { healthOf } from "./health.ts";
import { type Rights, rightsOfAgent, untoldRights } from "./rights.ts";

/** The client behind a door, and which of its two services the door leads to; nothing is sent yet. @throws BpError as `Connect` does */
export function asterAt(door: Door, clock: Clock): { readonly aster: Aster; readonly service: "futures" | "spot" } {
  const { keys, windowMs } = door;
  const service = serviceOf(door);
  const key =
    keys === undefined
      ? undefined
      : "apiKey" in keys
        ? keys
        : {
            signer: keys.signer,
            privateKey: keys.privateKey,
            ...(keys.user === undefined ? {} : { user: keys.user }),
          };
  const urls = {
    ...(door.rest === undefined ? {} : { restUrl: door.rest }),
    ...(door.ws === undefined ? {} : { wsUrl: door.ws }),
  };
  const { timeoutMs } = door;
  const aster = createAster({
    clock,
    [service]: urls,
    proxy: door.proxy ?? {},
    ...(key === undefined ? {} : { key }),
    ...(windowMs === undefined ? {} : { recvWindowMs: windowMs }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  return { aster, service };
}

/** Connects to one of Aster's two services; nothing is sent yet. */
export const connectAster: Connect = (door, clock, onTrouble) => {
  const { id, keys, windowMs } = door;
  const { aster, service } = asterAt(door, clock);
  const common = { id, clock, onTrouble, ...(windowMs === undefined ? {} : { recvWindowMs: windowMs }) };
  const parts: Parts = service === "futures" ? futuresParts(aster.futures, common) : spotParts(aster.spot, common);
  return {
    ...parts,
    hands: keys === undefined ? undefined : parts.hands,
    rights: () => asterRights(door, aster),
    health: () => healthOf(aster[service].skew, aster[service].budget, door.rest ?? usualHosts[service]),
    close: async () => {
      await aster.close();
    },
  };
};

/** For who looks at the budgets: where the clients go unless they are told otherwise. */
const usualHosts = { futures: "https://fapi.asterdex.com", spot: "https://sapi.asterdex.com" } as const;

/** What Aster tells of a key: of agents all, of old keys nothing (what its account answers is of the account). @throws BpError as any request */
export async function asterRights(door: Door, { futures }: Pick<Aster, "futures">): Promise<Rights> {
  const { keys, rest } = door;
  if (keys === undefined) return untoldRights("there is no key");
  if ("apiKey" in keys)
    return untoldRights("Aster does not tell what an API key may do; its page of keys does. Agents can be looked at");
  const service = serviceOf(door);
  // The list is the futures host's; where spot has an address of its own we do not know that of futures.
  if (service === "spot" && rest !== undefined)
    return untoldRights("the list of agents is at the address of Aster's futures, which is not known here");
  return rightsOfAgent(await futures.rest.account.agents(), keys.signer, service);
}

type Parts = Pick<Connection, "venue" | "hands" | "mid" | "letStay">;
type Common = Omit<Parameters<typeof asterSpotVenue>[0], "client">;

function futuresParts(client: Aster["futures"], common: Common): Parts {
  const { account, market, trade } = client.rest;
  const hands: Hands = {
    leverage: async (symbol) => {
      const [row] = await account.positionRisk({ symbol });
      return { times: Number(row?.leverage ?? 0), of: "market", touches: [] };
    },
    setLeverage: async (symbol, leverage) => void (await account.setLeverage({ symbol, leverage })),
    openOrders: async (symbol) => (await trade.openOrders({ symbol })).map((each) => each.orderId),
    cancelOrder: async (symbol, orderId) => void (await trade.cancel({ symbol, orderId })),
    free: async () => new Map((await account.balance()).map((each) => [each.asset, each.availableBalance ?? "0"])),
  };
  const venue = asterFuturesVenue({ client, ...common });
  return {
    venue,
    hands,
    letStay: () => venue.letStay(),
    mid: async ({ id }) => {
      const { bids, asks } = await market.depth({ symbol: symbolOf(id), limit: 5 });
      return midOf(bids, asks);
    },
  };
}

function spotParts(client: Aster["spot"], common: Common): Parts {
  const { account, market, trade } = client.rest;
  const none = () =>
    Promise.reject(new BpError("venue/unavailable", { venue: common.id ?? "aster-spot", why: "spot has no leverage" }));
  const hands: Hands = {
    leverage: none,
    setLeverage: none,
    openOrders: async (symbol) => (await trade.openOrders({ symbol })).map((each) => each.orderId),
    cancelOrder: async (symbol, orderId) => void (await trade.cancel({ symbol, orderId })),
    free: async () => new Map((await account.get()).balances.map(({ asset, free }) => [asset, free])),
  };
  return {
    venue: asterSpotVenue({ client, ...common }),
    hands,
    mid: async ({ id }) => {
      const { bids, asks } = await market.depth({ symbol: symbolOf(id), limit: 5 });
      return midOf(bids, asks);
    },
  };
}

function serviceOf({ id }: Door): "futures" | "spot" {
  const exchange = exchangeOf(id);
  if (exchange === "aster-futures") return "futures";
  if (exchange === "aster-spot") return "spot";
  throw new BpError("config/invalid", {
    path: `accounts.${id}`,
    found: JSON.stringify(id),
    expected: "backpack, aster-futures, aster-spot, or one of them with a number: backpack-2",
  });
}

// A way into an account at Backpack.
import { type Backpack, backpackVenue, createBackpack } from "@bp/client";
import { BpError, type Clock, symbolOf } from "@bp/core";
import { type Connect, type Door, midOf } from "./door.ts";
import { healthOf } from "./health.ts";
import { type Rights, untoldRights } from "./rights.ts";

/** The client behind a door; nothing is sent yet. @throws BpError `config/invalid`, `signing/*` for keys that cannot be */
export function backpackAt(door: Door, clock: Clock): Backpack {
  const { id, rest, ws, proxy, keys, windowMs, timeoutMs } = door;
  if (keys !== undefined && !("apiKey" in keys))
    throw new BpError("config/invalid", { path: `accounts.${id}`, found: "an agent", expected: "key and secret" });
  return createBackpack({
    clock,
    ...(rest === undefined ? {} : { restUrl: rest }),
    ...(ws === undefined ? {} : { wsUrl: ws }),
    proxy: proxy ?? {}, // a sandbox of ours is reached straight
    ...(keys === undefined ? {} : { key: keys }),
    ...(windowMs === undefined ? {} : { windowMs }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
}

/** Connects to Backpack; nothing is sent yet. */
export const connectBackpack: Connect = (door, clock, onTrouble) => {
  const { id, keys } = door;
  const client = backpackAt(door, clock);
  const { account, capital, markets, orders, positions } = client.rest;
  const venue = backpackVenue({ client, id, clock, onTrouble });
  return {
    venue,
    hands:
      keys === undefined
        ? undefined
        : {
            leverage: async (symbol) => {
              const [{ leverageLimit }, open] = await Promise.all([account.get(), positions.list({})]);
              const others = open.filter((each) => each.symbol !== symbol && Number(each.netQuantity) !== 0);
              return {
                times: Number(leverageLimit ?? 0),
                of: "account",
                touches: others.map((each) => each.symbol),
              };
            },
            setLeverage: (_, times) => account.update({ leverageLimit: String(times) }),
            openOrders: async (symbol) => (await orders.open({ symbol })).map((each) => each.id),
            cancelOrder: async (symbol, orderId) => void (await orders.cancel({ symbol, orderId })),
            free: async () =>
              new Map(Object.entries(await capital.balances()).map(([asset, { available }]) => [asset, available])),
          },
    mid: async (instrument) => {
      const { bids, asks } = await markets.depth({ symbol: symbolOf(instrument.id), limit: 5 });
      return midOf(bids, asks);
    },
    rights: async () => backpackRights,
    health: () => healthOf(client.skew, client.budget, door.rest ?? "https://api.backpack.exchange"),
    close: async () => {
      await venue.close();
      await client.close();
    },
  };
};

/** No answer of the venue's says it, for a withdrawal itself would have to be tried. */
export const backpackRights: Rights = untoldRights(
  "Backpack does not tell what a key may do; withdrawals by API need an address in the account's book that is exempt from 2FA: have none",
);

// What doctor asks of one account: reads alone, of any of our exchanges.
import { exchangeOf, type Instrument } from "@bp/core";
import { type Skew, systemClock } from "@bp/transport";
import type { Door } from "../stage/door.ts";
import type { Rights } from "../stage/rights.ts";

/** A way to one account that is asked about it. */
export interface Probe {
  /** Whether the exchange is there. @throws BpError, or Error with its own words when it is there and not open */
  open(): Promise<string>;
  readonly skew: Skew;
  /** All markets, asked without keys: they are found whatever becomes of those. */
  instruments(): Promise<readonly Instrument[]>;
  /** A signed read, in a few figures. @throws BpError for a key that is refused, Error for an account that may not trade */
  account(): Promise<string>;
  /** What the key may do, as far as the venue tells. @throws BpError */
  rights(): Promise<Rights>;
  close(): Promise<void>;
}

/** Makes the probe of a door; each client is loaded only where it is needed. @throws BpError as `Connect` does */
export async function probeOf(door: Door): Promise<Probe> {
  const bare = { ...door, keys: undefined };
  if (exchangeOf(door.id) === "backpack") {
    const { backpackAt, backpackRights, connectBackpack } = await import("../stage/backpack.ts");
    const client = backpackAt(door, systemClock);
    const open = connectBackpack(bare, systemClock, () => undefined); // what is wrong with a single market is no matter here
    return {
      open: async () => {
        const { status, message } = await client.rest.system.status();
        if (status !== "Ok") throw new Error(`${status}: ${message ?? ""}`);
        return "open";
      },
      skew: client.skew,
      instruments: () => open.venue.instruments(),
      account: async () => {
        const account = await client.rest.account.get();
        if (account.liquidating) throw new Error("the account is being liquidated");
        return `perp fees ${account.futuresMakerFee}/${account.futuresTakerFee} bp, leverage limit ${account.leverageLimit}`;
      },
      rights: async () => backpackRights,
      close: async () => {
        await open.close();
        await client.close();
      },
    };
  }
  const { asterAt, asterRights, connectAster } = await import("../stage/aster.ts");
  const { aster, service } = asterAt(door, systemClock);
  const open = connectAster(bare, systemClock, () => undefined);
  return {
    open: async () => {
      await aster[service].rest.market.ping();
      return "open";
    },
    skew: aster[service].skew,
    instruments: () => open.venue.instruments(),
    account: async () => {
      const { canTrade, feeTier } = await aster[service].rest.account.get();
      if (canTrade === false) throw new Error("the account may not trade");
      return `may trade, fee tier ${feeTier ?? "unknown"}`;
    },
    rights: () => asterRights(door, aster),
    close: async () => {
      await open.close();
      await aster.close();
    },
  };
}

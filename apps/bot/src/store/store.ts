// The store of a configuration: where it is, and the driver that reaches it.
import { type StoreAddress, storeAddress } from "@bp/journal";
import type { BotConfig } from "../config/index.ts";
import { secretOf } from "../config/index.ts";
import { placeOf } from "../config/secrets.ts";

/** The address of the store; `undefined`: there is none. @throws BpError `config/invalid`, without showing any of it */
export function storeOf({ store }: Pick<BotConfig, "store">): StoreAddress | undefined {
  return store === undefined ? undefined : storeAddress(secretOf(store).reveal(), placeOf(store));
}

/** `pg` as it is installed with the bot. */
export const driver = (): Promise<unknown> => import("pg");

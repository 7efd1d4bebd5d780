// What a simulated account begins with.
import { exchangeOf } from "@bp/core";
import type { BotConfig } from "../config/index.ts";

const purse = { USDC: "100000", SOL: "500", BTC: "2", ETH: "30" } as const;
/** The same where Aster is there too. */
const widePurse = { ...purse, USDT: "100000", ASTER: "50000" } as const;

/** The purse of an account, by asset: the same for all of a run. */
export const purseFor = (accounts: BotConfig["accounts"]): Readonly<Record<string, string>> =>
  Object.keys(accounts).some((id) => exchangeOf(id) !== "backpack") ? widePurse : purse;

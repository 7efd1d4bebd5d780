// Balances while something is lent out: the stream leaves lent amounts out, so they are read from the margin figures.
import type { Clock, Decimal } from "@bp/core";
import type { Backpack } from "../client.ts";
import type { Collateral } from "../rest/capital/collateral.ts";
import { balancesOf } from "./account.ts";

/** What is lent, as far as it is known. */
export interface LendWatch {
  /** Reads whether the account lends by itself, and what is lent. */
  start(): Promise<void>;
  /** Whether the stream's word about this asset is only a part of the truth. */
  concerns(asset: string): boolean;
  /** Reads and tells all balances; at most once a second, the last wish counts. */
  read(): Promise<void>;
}

/** Watches what is lent. */
export function createLendWatch(
  client: Backpack,
  redeem: boolean,
  clock: Clock,
  signal: AbortSignal,
  tell: (asset: string, total: Decimal, free: Decimal) => void,
): LendWatch {
  let lendsItself = false;
  let lent = new Set<string>();
  let reading: Promise<void> | undefined;

  const readNow = async () => {
    const [balances, collateral] = await Promise.all([
      client.rest.capital.balances({ signal }),
      client.rest.capital.collateral({ signal }),
    ]);
    lent = lentOf(collateral);
    for (const { asset, total, free } of balancesOf(balances, collateral, redeem))
      if (!signal.aborted) tell(asset, total, free);
  };
  return {
    start: async () => {
      const account = await client.rest.account.get({ signal });
      lendsItself = account.autoLend === true;
      lent = lentOf(await client.rest.capital.collateral({ signal }));
    },
    concerns: (asset) => lendsItself || lent.has(asset),
    read: () => {
      reading ??= clock.sleep(1_000, signal).then(() => {
        reading = undefined;
        return signal.aborted ? undefined : readNow();
      });
      return reading;
    },
  };
}

/** Assets of which something is lent. */
function lentOf({ collateral }: Collateral): Set<string> {
  return new Set(collateral.filter(({ lendQuantity }) => /[1-9]/.test(lendQuantity ?? "")).map(({ symbol }) => symbol));
}

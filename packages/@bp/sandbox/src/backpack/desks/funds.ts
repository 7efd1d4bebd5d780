// Money in and out: deposits that were there from the start, withdrawals that are confirmed after a while, dust.
import type { Millis } from "@bp/core";
import type { SimBalance } from "@bp/sim";
import { Big } from "big.js";
import type { House } from "../../house.ts";
import { addressOf, type Blockchain, transactionOf } from "./chains.ts";
import type { Till } from "./till.ts";
import { dollar, worth } from "./worth.ts";

/** Who may withdraw to where. */
export interface WithdrawalRules {
  /** Addresses that withdrawals may go to without a second factor; default: every one. */
  readonly addresses?: readonly string[];
  /** Whether all others need one; default false: they are refused. */
  readonly twoFactor?: boolean;
}

export interface Deposit {
  readonly id: number;
  readonly account: string;
  readonly asset: string;
  readonly quantity: Big;
  readonly source: "solana" | "internal";
  readonly at: Millis;
}

export interface Withdrawal {
  readonly id: number;
  readonly account: string;
  readonly asset: string;
  readonly quantity: Big;
  readonly fee: Big;
  readonly chain: Blockchain;
  readonly address: string;
  readonly clientId: string | undefined;
  readonly internal: boolean;
  readonly at: Millis;
  /** When the delay ends that the account has set. */
  readonly triggerAt: Millis | undefined;
  status: "pending" | "confirmed";
  transaction: string | undefined;
}

export interface Dust {
  readonly id: number;
  readonly account: string;
  readonly asset: string;
  readonly quantity: Big;
  readonly received: Big;
  readonly at: Millis;
}

export type FundsRefusal = "no-funds" | "below-minimum" | "address" | "two-factor" | "not-dust" | "duplicate-client-id";

/** Terms of a token, in its asset. */
export const tokenTerms = { least: "0.01", fee: "0.001" } as const;

export interface FundsDesk {
  deposits(account: string): readonly Deposit[];
  withdrawals(account: string): readonly Withdrawal[];
  dust(account: string): readonly Dust[];
  withdraw(wish: WithdrawalWish): Withdrawal | FundsRefusal;
  /** Everything of an asset that is too little to be traded. @returns nothing when it was done */
  convert(account: string, asset: string): FundsRefusal | undefined;
  /** Whether there is too little of an asset to be traded. */
  isDust(account: string, asset: string): boolean;
  /** A second factor for this account, good once. */
  issueToken(account: string): string;
  /** Hours; `undefined`: none is set. */
  delay(account: string): Delay | undefined;
  setDelay(account: string, hours: number): Delay;
}

export interface Delay {
  readonly hours: number;
  /** A shorter one comes into force only after the one before has passed. */
  readonly pending: { readonly hours: number; readonly at: Millis } | undefined;
}

interface WithdrawalWish {
  readonly account: string;
  readonly asset: string;
  readonly quantity: Big;
  readonly chain: Blockchain;
  readonly address: string;
  readonly clientId: string | undefined;
  readonly token: string | undefined;
}

const confirmMs = 10_000; // exchange time
const hour = 3_600_000;

/** What the accounts have now is what was deposited. */
export function createFundsDesk(house: House, till: Till, rules: WithdrawalRules): FundsDesk {
  const { exchange, agenda } = house;
  const withdrawals: Withdrawal[] = [];
  const dust: Dust[] = [];
  const tokens = new Map<string, string>();
  const delays = new Map<string, Delay>();
  let ids = 1_498_123;
  const started = (account: string, { asset, total }: SimBalance): Deposit[] =>
    new Big(total).gt(0)
      ? [{ id: ids++, account, asset, quantity: new Big(total), source: "solana", at: exchange.now() }]
      : [];
  const deposits: Deposit[] = exchange.accounts.flatMap((account) =>
    exchange.balances(account).flatMap((balance) => started(account, balance)),
  );

  const delay = (account: string): Delay | undefined => {
    const found = delays.get(account);
    if (found?.pending === undefined || found.pending.at > exchange.now()) return found;
    const now = { hours: found.pending.hours, pending: undefined };
    delays.set(account, now);
    return now;
  };

  const confirm = (withdrawal: Withdrawal) => {
    const { asset, quantity, fee, chain, id, address, internal } = withdrawal;
    withdrawal.status = "confirmed";
    withdrawal.transaction = internal ? undefined : transactionOf(chain, String(id));
    const amount = quantity.minus(fee);
    const taker = internal ? exchange.accounts.find((each) => addressOf(chain, each) === address) : undefined;
    if (taker === undefined) {
      till.bring(asset, amount.times(-1));
      return;
    }
    till.give(taker, asset, amount);
    deposits.push({ id: ids++, account: taker, asset, quantity: amount, source: "internal", at: exchange.now() });
  };

  const smallest = (asset: string): Big | undefined => {
    const market = house.markets().find((each) => each.base === asset && each.kind === "spot");
    return market === undefined ? undefined : new Big(market.minSize).times(market.lotSize);
  };
  const isDust = (account: string, asset: string) => {
    const least = smallest(asset);
    const balance = exchange.balances(account).find((each) => each.asset === asset);
    return least !== undefined && balance !== undefined && new Big(balance.total).gt(0) && least.gt(balance.total);
  };

  return {
    deposits: (account) => deposits.filter((each) => each.account === account),
    withdrawals: (account) => withdrawals.filter((each) => each.account === account),
    dust: (account) => dust.filter((each) => each.account === account),
    withdraw: ({ account, asset, quantity, chain, address, clientId, token }) => {
      const exempt = rules.addresses === undefined || rules.addresses.includes(address);
      if (!exempt && rules.twoFactor !== true) return "address";
      if (!exempt && (token === undefined || tokens.get(token) !== account)) return "two-factor";
      if (clientId !== undefined && withdrawals.some((each) => each.account === account && each.clientId === clientId))
        return "duplicate-client-id";
      const internal = exchange.accounts.some((each) => each !== account && addressOf(chain, each) === address);
      if (quantity.lt(tokenTerms.least)) return "below-minimum";
      if (!till.take(account, asset, quantity)) return "no-funds";
      if (token !== undefined) tokens.delete(token);
      const now = exchange.now();
      const hours = delay(account)?.hours ?? 0;
      const triggerAt = hours > 0 ? ((now + hours * hour) as Millis) : undefined; // whole, as both are
      const withdrawal: Withdrawal = {
        id: ids++,
        account,
        asset,
        quantity,
        fee: new Big(internal ? 0 : tokenTerms.fee),
        chain,
        address,
        clientId,
        internal,
        at: now,
        triggerAt,
        status: "pending",
        transaction: undefined,
      };
      withdrawals.push(withdrawal);
      agenda.at((triggerAt ?? now) + confirmMs, () => confirm(withdrawal));
      return withdrawal;
    },
    isDust,
    convert: (account, asset) => {
      if (!isDust(account, asset)) return "not-dust";
      const quantity = till.free(account, asset);
      if (!till.take(account, asset, quantity)) return "no-funds";
      const received = quantity.times(worth(house, asset)).round(6, 0);
      till.give(account, dollar, received);
      dust.push({ id: ids++, account, asset, quantity, received, at: exchange.now() });
      return undefined;
    },
    issueToken: (account) => {
      const token = transactionOf("Solana", `token ${account} ${tokens.size} ${ids++}`);
      tokens.set(token, account);
      return token;
    },
    delay,
    setDelay: (account, hours) => {
      const before = delay(account);
      const shorter = before !== undefined && hours < before.hours;
      const next: Delay = shorter
        ? {
            hours: before.hours,
            pending: { hours, at: (exchange.now() + before.hours * hour) as Millis }, // whole, as both are
          }
        : { hours, pending: undefined };
      delays.set(account, next);
      return next;
    },
  };
}

// The trading floor: what all parts of the exchange share, and the order in which facts leave it.
import { BpError, type InstrumentId, type Millis } from "@bp/core";
import type { ExchangeOptions, QueueModel, SimFact } from "./contract.ts";
import { depthOf } from "./market.ts";
import { type Money, none, text } from "./money.ts";
import { positionOf } from "./positions.ts";
import type { Account, LiveOrder, Market } from "./state.ts";

export interface Floor {
  now: Millis;
  readonly accounts: readonly Account[];
  readonly byName: ReadonlyMap<string, Account>;
  readonly markets: Map<InstrumentId, Market>;
  readonly rules: Rules;
  /** The last order number. */
  orders: number;
  /** Anonymous single orders that rest: number -> market and slot. */
  readonly others: Map<number, { readonly market: Market; readonly slot: number }>;
  /** Orders that wait for the taker delay, oldest first. */
  readonly waiting: LiveOrder[];
  /** Orders whose trigger was met; they fire when what happens now is complete. */
  readonly due: LiveOrder[];
  readonly books: Books;
  /** Markets with depth to tell. */
  readonly changed: Set<Market>;
  /** Facts that happened and have not been handed out. */
  readonly outbox: SimFact[];
  readonly listeners: Set<(fact: SimFact) => void>;
  /** Those of them that want to hear of positions. */
  readonly positionsFor: Set<(fact: SimFact) => void>;
  telling: boolean;
  /** Whether the market source (or another part of time) acts. */
  acting: boolean;
}

type Rules = Required<
  Omit<ExchangeOptions, "start" | "accounts" | "market" | "brackets" | "collateral" | "remembers">
> & {
  readonly queue: QueueModel;
};

/** The other side of every payment, by asset. */
interface Books {
  readonly others: Map<string, Money>;
  readonly house: Map<string, Money>;
  readonly deposits: Map<string, Money>;
}

/** Adds to one column of the books. */
export function book(column: Map<string, Money>, asset: string, amount: Money): void {
  column.set(asset, (column.get(asset) ?? none).plus(amount));
}

/** @throws BpError `engine/unknown-instrument` */
export function marketOf(floor: Floor, id: InstrumentId): Market {
  const market = floor.markets.get(id);
  if (market === undefined) throw new BpError("engine/unknown-instrument", { instrument: id });
  return market;
}

/** @throws BpError `sim/bad-market` for a name that nobody has */
export function accountOf(floor: Floor, name: string): Account {
  const account = floor.byName.get(name);
  if (account === undefined) throw new BpError("sim/bad-market", { why: `no account ${JSON.stringify(name)}` });
  return account;
}

/** Puts a fact in line; it is heard when the operation is complete. */
export function say(floor: Floor, fact: SimFact): void {
  floor.outbox.push(fact);
}

/**
 * Ends an operation: positions, balances and depth follow the facts that changed them, then everybody hears all of it.
 * A listener that acts on the exchange adds to the end of the line.
 */
export function tell(floor: Floor): void {
  for (const account of floor.accounts) {
    if (account.changedHoldings.size > 0) sayPositions(floor, account);
    if (account.changedWallets.size > 0) sayBalances(floor, account);
  }
  if (floor.changed.size > 0) tellDepth(floor);
  if (floor.telling || floor.outbox.length === 0) return;
  floor.telling = true;
  try {
    for (let at = 0; at < floor.outbox.length; at++) {
      const fact = floor.outbox[at];
      if (fact === undefined) continue;
      const listeners = fact.type === "position" ? floor.positionsFor : floor.listeners;
      for (const listener of listeners) listener(fact);
    }
  } finally {
    floor.outbox.length = 0;
    floor.telling = false;
  }
}

function tellDepth(floor: Floor): void {
  for (const market of floor.changed) {
    const depth = depthOf(market, floor.now, floor.listeners.size > 0);
    if (depth !== undefined) say(floor, depth);
  }
  floor.changed.clear();
}

function sayBalances(floor: Floor, account: Account): void {
  for (const wallet of account.changedWallets)
    say(floor, {
      at: floor.now,
      type: "balance",
      account: account.name,
      balance: { asset: wallet.asset, total: text(wallet.total), locked: text(wallet.locked) },
    });
  account.changedWallets.clear();
}

function sayPositions(floor: Floor, account: Account): void {
  for (const holding of account.changedHoldings) {
    const { size } = holding.position;
    const change = holding.told === 0 ? "opened" : size === 0 ? "closed" : "adjusted";
    if (floor.positionsFor.size > 0 && (holding.told !== 0 || size !== 0))
      say(floor, {
        at: floor.now,
        type: "position",
        account: account.name,
        position: positionOf(account, holding),
        change,
      });
    holding.told = size;
  }
  account.changedHoldings.clear();
}

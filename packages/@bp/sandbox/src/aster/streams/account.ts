// What changed about the money and the positions of an account, one event for each operation of the exchange.
import { type Instrument, type InstrumentId, type Millis, sizeText, symbolOf } from "@bp/core";
import type { SimBalance, SimFact, SimPosition } from "@bp/sim";
import { Big } from "big.js";
import { positionFigures } from "../figures.ts";
import type { AsterHouse, Reason } from "../house.ts";
import { exactly, paid } from "../wire/numbers.ts";
import { positionSideOf } from "../wire/order.ts";
import { datesOf } from "./depth.ts";

/** Changes of an account that are not told yet. */
interface Pending {
  reason: Reason | undefined;
  readonly at: Millis;
  readonly balances: Map<string, SimBalance>;
  readonly positions: Map<string, SimPosition>;
}

export interface WalletTelling {
  hear(fact: SimFact): void;
  /** The margin of a market has another type now. */
  marginType(account: string, market: Instrument): void;
  stop(): void;
}

/** @param tell - hands an event to the account's stream, if there is one; the event is made only then */
export function createWalletTelling(
  house: AsterHouse,
  tell: (account: string, make: () => unknown) => void,
): WalletTelling {
  const waiting = new Map<string, Pending>();
  const totals = new Map<string, Big>();
  const key = (account: string, asset: string) => `${account} ${asset}`;
  for (const account of house.exchange.accounts)
    for (const { asset, total } of house.exchange.balances(account)) totals.set(key(account, asset), new Big(total));
  let scheduled = false;
  let stopped = false;

  const flush = (account: string) => {
    const pending = waiting.get(account);
    if (pending === undefined) return;
    waiting.delete(account);
    const changes = [...pending.balances.values()].map((balance) => {
      const before = totals.get(key(account, balance.asset)) ?? new Big(0);
      totals.set(key(account, balance.asset), new Big(balance.total));
      return { balance, change: new Big(balance.total).minus(before) };
    });
    if (house.service === "spot") {
      if (changes.length > 0)
        tell(account, () =>
          outbound(
            house,
            pending,
            changes.map(({ balance }) => balance),
          ),
        );
      return;
    }
    const moved = changes.filter(({ change }) => !change.eq(0));
    const sum = moved.reduce((total, { change }) => total.plus(change), new Big(0));
    const reason = pending.reason ?? (pending.positions.size > 0 ? "ORDER" : sum.lt(0) ? "WITHDRAW" : "DEPOSIT");
    const positions = [...pending.positions.values()].filter(
      (position) => reason !== "FUNDING_FEE" || position.isolated !== undefined,
    );
    if (moved.length === 0 && positions.length === 0) return;
    tell(account, () => accountUpdate(house, account, pending.at, reason, moved, positions));
  };
  const flushAll = () => {
    scheduled = false;
    if (!stopped) for (const account of waiting.keys()) flush(account);
  };
  const pendingOf = (account: string, at: Millis): Pending => {
    const found = waiting.get(account);
    if (found !== undefined && found.at === at) return found;
    flush(account);
    const fresh: Pending = { reason: house.reason, at, balances: new Map(), positions: new Map() };
    waiting.set(account, fresh);
    if (!scheduled) {
      scheduled = true;
      queueMicrotask(flushAll);
    }
    return fresh;
  };

  return {
    hear: (fact) => {
      if (fact.type === "balance") pendingOf(fact.account, fact.at).balances.set(fact.balance.asset, fact.balance);
      else if (fact.type === "position") {
        const { position } = fact;
        const name = `${position.instrument} ${position.positionSide ?? ""}`;
        pendingOf(fact.account, fact.at).positions.set(name, position);
      } else if (fact.type === "funding") pendingOf(fact.account, fact.at).reason = "FUNDING_FEE";
      else if (fact.type === "order-filled") {
        const before = waiting.get(fact.account);
        // What a new operation changes is an event of its own.
        if (before !== undefined && before.balances.size + before.positions.size > 0) flush(fact.account);
        pendingOf(fact.account, fact.at).reason = "ORDER";
      }
    },
    marginType: (account, market) => {
      const rows = positionFigures(house, account).filter((each) => each.market.id === market.id);
      tell(account, () => ({
        e: "ACCOUNT_UPDATE",
        ...datesOf(house, house.exchange.now()),
        a: {
          m: "MARGIN_TYPE_CHANGE",
          B: [],
          P: rows.map((of) => ({
            s: symbolOf(market.id),
            pa: exactly(of.size),
            ep: of.entry.toFixed(8),
            cr: exactly(of.position?.realized ?? "0"),
            up: exactly(of.unrealized),
            mt: of.isolated ? "isolated" : "cross",
            iw: exactly(of.wallet),
            ps: of.positionSide,
            ma: market.quote,
          })),
        },
      }));
    },
    stop: () => {
      stopped = true;
    },
  };
}

function outbound(
  house: AsterHouse,
  { at, reason }: Pending,
  balances: readonly SimBalance[],
): Record<string, unknown> {
  const { E, T } = datesOf(house, at);
  return {
    B: balances.map(({ asset, total, locked }) => ({
      a: asset,
      f: exactly(new Big(total).minus(locked)),
      l: exactly(locked),
    })),
    e: "outboundAccountPosition",
    T,
    u: T,
    E,
    m: reason ?? "ORDER",
  };
}

function accountUpdate(
  house: AsterHouse,
  account: string,
  at: Millis,
  reason: Reason,
  moved: readonly { readonly balance: SimBalance; readonly change: Big }[],
  positions: readonly SimPosition[],
): Record<string, unknown> {
  const held = house.exchange.positions(account);
  const isolatedIn = (asset: string) =>
    held
      .filter(({ instrument }) => house.marketOf(instrument).quote === asset)
      .reduce((sum, { isolated }) => sum.plus(isolated ?? "0"), new Big(0));
  return {
    e: "ACCOUNT_UPDATE",
    ...datesOf(house, at),
    a: {
      m: reason,
      B: moved.map(({ balance, change }) => ({
        a: balance.asset,
        wb: paid(new Big(balance.total).plus(isolatedIn(balance.asset))),
        cw: paid(balance.total),
        bc: reason === "ORDER" ? "0" : exactly(change),
      })),
      P: positions.map((position) => positionJson(house, account, position)),
    },
  };
}

function positionJson(house: AsterHouse, account: string, position: SimPosition): Record<string, unknown> {
  const id: InstrumentId = position.instrument;
  const market = house.marketOf(id);
  const size = new Big(position.size).times(market.lotSize);
  return {
    s: symbolOf(id),
    pa: position.size === 0 ? "0" : sizeText(market, position.size),
    ep: position.size === 0 ? "0.00000000" : new Big(position.cost).div(size).toFixed(8),
    cr: exactly(position.realized),
    up: exactly(position.unrealized),
    mt: house.exchange.marginType(account, id) === "isolated" ? "isolated" : "cross",
    iw: exactly(position.isolated ?? "0"),
    ps: positionSideOf(position),
    ma: market.quote,
  };
}

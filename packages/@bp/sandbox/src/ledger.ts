// The truth about every account, exact and in one piece, to hold a bot's own books against.
import { type Decimal, priceText, sizeText, symbolOf } from "@bp/core";
import type { ClientKey, PositionSide } from "@bp/sim";
import { Big } from "big.js";
import type { House } from "./house.ts";

/** All accounts at one moment. Plain data; amounts are exact decimal text. */
export interface Ledger {
  /** Wall time in ms. */
  readonly at: number;
  readonly accounts: Readonly<Record<string, LedgerAccount>>;
}

/** One account: what it has, holds, offers and has done. Sizes are base, money is quote unless an asset is named. */
export interface LedgerAccount {
  readonly balances: readonly {
    readonly asset: string;
    readonly total: string;
    readonly free: string;
    readonly locked: string;
  }[];
  readonly positions: readonly {
    readonly symbol: string;
    /** Of hedge mode. */
    readonly side?: PositionSide;
    /** Signed base. */
    readonly quantity: string;
    /** Signed quote. */
    readonly cost: string;
    readonly realized: string;
    readonly funding: string;
    readonly unrealized: string;
  }[];
  readonly orders: readonly {
    readonly id: string;
    readonly clientId: ClientKey | undefined;
    readonly symbol: string;
    readonly side: "buy" | "sell";
    readonly price: string | undefined;
    readonly quantity: string | undefined;
    readonly filled: string;
  }[];
  /** Oldest first. */
  readonly fills: readonly {
    readonly tradeId: number;
    readonly orderId: string;
    readonly clientId: ClientKey | undefined;
    readonly symbol: string;
    readonly side: "buy" | "sell";
    readonly price: string;
    readonly quantity: string;
    readonly fee: string;
    readonly feeAsset: string;
    readonly liquidity: "maker" | "taker";
    /** UTC without a zone. */
    readonly at: string;
  }[];
  /** Sum of the fees paid, by asset; a rebate makes it smaller. */
  readonly fees: Readonly<Record<string, string>>;
  readonly funding: readonly {
    readonly symbol: string;
    readonly amount: string;
    readonly rate: number;
    readonly at: string;
  }[];
  readonly equity: string;
}

/** Reads the present state of every account. */
export function readLedger(house: House): Ledger {
  return {
    at: Math.floor(house.times.now()),
    accounts: Object.fromEntries(house.exchange.accounts.map((name) => [name, accountOf(house, name)])),
  };
}

function accountOf(house: House, name: string): LedgerAccount {
  const { exchange, times } = house;
  const fills = exchange.fills(name);
  const fees: Record<string, Big> = {};
  for (const { fee, feeAsset } of fills) fees[feeAsset] = (fees[feeAsset] ?? new Big(0)).plus(fee);
  const when = (at: Parameters<typeof times.toldMs>[0]) => naive(times.toldMs(at));
  return {
    balances: exchange.balances(name).map(({ asset, total, locked }) => ({
      asset,
      total: exact(total),
      free: new Big(total).minus(locked).toFixed(),
      locked: exact(locked),
    })),
    positions: exchange.positions(name).map((position) => ({
      symbol: symbolOf(position.instrument),
      ...(position.positionSide === undefined ? {} : { side: position.positionSide }),
      quantity: sizeText(house.marketOf(position.instrument), position.size),
      cost: exact(position.cost),
      realized: exact(position.realized),
      funding: exact(position.funding),
      unrealized: exact(position.unrealized),
    })),
    orders: exchange.openOrders(name).map((order) => {
      const market = house.marketOf(order.instrument);
      return {
        id: order.id,
        clientId: order.clientId,
        symbol: symbolOf(order.instrument),
        side: order.side,
        price: order.price === undefined ? undefined : priceText(market, order.price),
        quantity: order.size === undefined ? undefined : sizeText(market, order.size),
        filled: sizeText(market, order.filled),
      };
    }),
    fills: fills.map((fill) => {
      const market = house.marketOf(fill.instrument);
      return {
        tradeId: fill.tradeId,
        orderId: fill.orderId,
        clientId: fill.clientId,
        symbol: symbolOf(fill.instrument),
        side: fill.side,
        price: priceText(market, fill.price),
        quantity: sizeText(market, fill.size),
        fee: exact(fill.fee),
        feeAsset: fill.feeAsset,
        liquidity: fill.liquidity,
        at: when(fill.at),
      };
    }),
    fees: Object.fromEntries(Object.entries(fees).map(([asset, sum]) => [asset, sum.toFixed()])),
    funding: exchange.fundingPayments(name).map(({ instrument, amount, rate, at }) => ({
      symbol: symbolOf(instrument),
      amount: exact(amount),
      rate,
      at: when(at),
    })),
    equity: exact(exchange.margin(name).equity),
  };
}

/** UTC without a zone. */
const naive = (ms: number) => new Date(ms).toISOString().slice(0, -1);

const exact = (value: Decimal) => new Big(value).toFixed();

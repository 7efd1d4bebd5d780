// What happens to an account whose equity no longer carries its positions.
import { lots, type Side, ticks } from "@bp/core";
import { pay, walletOf } from "./account.ts";
import type { OrderRequest } from "./contract.ts";
import { book, type Floor, say } from "./floor.ts";
import { marginOf } from "./margin.ts";
import { MAX_PRICE } from "./matching.ts";
import { none } from "./money.ts";
import { incoming } from "./order.ts";
import { withdraw } from "./settle.ts";
import type { Account, Holding } from "./state.ts";

/**
 * Liquidates if equity is below the maintenance requirement: cancels the orders in perpetuals, closes every position with
 * an order that takes what the book has, and lets the house carry what is owed when nothing is left. What the book cannot
 * take is tried again at the next mark.
 */
export function liquidateIfDue(floor: Floor, account: Account): void {
  if (![...account.holdings.values()].some((holding) => holding.position.size !== 0)) return;
  const { equity, maintenance } = marginOf(account);
  if (equity.gte(maintenance)) return;
  for (const order of account.open.values()) if (order.market.instrument.kind === "perp") withdraw(floor, order);
  for (const holding of account.holdings.values()) closeOut(floor, account, holding);
  const flat = [...account.holdings.values()].every((holding) => holding.position.size === 0);
  const asset = [...account.holdings.keys()][0]?.instrument.quote ?? "USDC";
  const owed = walletOf(account, asset).total;
  if (!flat || owed.gte(none)) return;
  pay(account, asset, owed.times(-1));
  book(floor.books.house, asset, owed);
}

function closeOut(floor: Floor, account: Account, holding: Holding): void {
  const { market } = holding;
  const { matcher } = market;
  const held = holding.position.size;
  if (held === 0) return;
  const side: Side = held > 0 ? "sell" : "buy";
  const best = side === "sell" ? matcher.bid : matcher.ask;
  if (best === 0) return;
  const size = Math.abs(held);
  const limit = side === "buy" ? MAX_PRICE : 1;
  floor.orders += 1;
  const request: OrderRequest = {
    instrument: market.id,
    side,
    type: "market",
    size: lots(size),
    tif: "ioc",
    postOnly: false,
    reduceOnly: true,
    selfTradePrevention: "reject-maker",
  };
  const number = floor.orders;
  const order = incoming({ number, account, market, request, createdAt: floor.now, limit, size, budget: Infinity });
  say(floor, {
    at: floor.now,
    type: "liquidation",
    account: account.name,
    instrument: market.id,
    side,
    size: lots(size),
    price: ticks(best),
  });
  market.taker = { side, number: order.number, order, penalty: floor.rules.liquidationFee };
  matcher.take(side, limit, size, Infinity, account.index);
  market.taker = undefined;
}

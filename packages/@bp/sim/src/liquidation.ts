// What happens to an account whose equity no longer carries its positions.
import { lots, type Side, ticks, unrealizedAt } from "@bp/core";
import { pay, walletOf } from "./account.ts";
import type { OrderRequest } from "./contract.ts";
import { book, type Floor, say } from "./floor.ts";
import { release } from "./isolated.ts";
import { maintenanceOf, marginOf } from "./margin.ts";
import { priceNow } from "./market.ts";
import { MAX_PRICE } from "./matching.ts";
import { type Money, money, none } from "./money.ts";
import { incoming } from "./order.ts";
import { withdraw } from "./settle.ts";
import type { Account, Holding, Market } from "./state.ts";
import { reachFor } from "./tape/hollow.ts";

/**
 * Liquidates what falls below its maintenance requirement: each isolated position by its own margin, the others together by
 * the asset they settle in (in multi-assets mode all of them). Cancels the orders there, closes every position with an order
 * that takes what the book has, and lets the house carry what is owed when nothing is left. What the book cannot take is
 * tried again at the next mark.
 */
export function liquidateIfDue(floor: Floor, account: Account): void {
  if (!account.holdings.some(({ position }) => position.size !== 0)) return;
  const assets = new Set<string>();
  for (const holding of account.holdings) {
    if (holding.position.size === 0) continue;
    if (account.isolated.has(holding.market)) isolatedIfDue(floor, account, holding);
    else assets.add(account.multiAssets ? "" : holding.market.instrument.quote);
  }
  for (const asset of assets) crossIfDue(floor, account, asset);
}

/** Loses at most the position's own margin. */
function isolatedIfDue(floor: Floor, account: Account, holding: Holding): void {
  const { market, position } = holding;
  const mark = priceNow(market) ?? 0;
  const notional = market.unit.times(money(mark)).times(Math.abs(position.size));
  const equity = holding.isolated.plus(unrealizedAt(market.instrument, position, mark));
  if (equity.gte(maintenanceOf(market, notional))) return;
  withdrawAll(floor, account, (each) => each === market);
  const asset = market.instrument.quote;
  const before = walletOf(account, asset).total;
  closeOut(floor, account, holding);
  let missing = before.minus(walletOf(account, asset).total);
  if (missing.gt(none) && holding.isolated.gt(none)) {
    const there = holding.isolated.lt(missing) ? holding.isolated : missing;
    release(account, holding, there);
    missing = missing.minus(there);
  }
  if (missing.gt(none)) forgive(floor, account, asset, missing);
}

/** @param asset - of no meaning in multi-assets mode */
function crossIfDue(floor: Floor, account: Account, asset: string): void {
  const { equity, maintenance } = marginOf(account, asset);
  if (equity.gte(maintenance)) return;
  const concerns = (market: Market) => account.multiAssets || market.instrument.quote === asset;
  withdrawAll(floor, account, concerns);
  const holdings = account.holdings.filter(({ market }) => concerns(market) && !account.isolated.has(market));
  for (const holding of holdings) closeOut(floor, account, holding);
  if (holdings.some(({ position }) => position.size !== 0)) return;
  for (const wallet of account.multiAssets ? account.wallets.values() : [walletOf(account, asset)]) {
    if (wallet.total.lt(none) && account.multiAssets) sellCollateral(floor, account, wallet.asset);
    if (wallet.total.lt(none)) forgive(floor, account, wallet.asset, wallet.total.times(-1));
  }
}

function withdrawAll(floor: Floor, account: Account, concerns: (market: Market) => boolean): void {
  for (const order of account.open.values())
    if (order.market.instrument.kind === "perp" && concerns(order.market)) withdraw(floor, order);
}

/** The house pays what the account cannot. */
function forgive(floor: Floor, account: Account, asset: string, owed: Money): void {
  pay(account, asset, owed);
  book(floor.books.house, asset, owed.times(-1));
}

/** Pays a debt with the account's other assets, at what they count as collateral. The house takes them and pays it. */
function sellCollateral(floor: Floor, account: Account, debt: string): void {
  const owing = account.collateral.get(debt)?.price ?? money(1);
  for (const wallet of account.wallets.values()) {
    const owed = walletOf(account, debt).total.times(-1);
    const worth = account.collateral.get(wallet.asset);
    const each = worth?.price.times(worth.weight) ?? none;
    const free = wallet.total.minus(wallet.locked);
    if (owed.lte(none) || wallet.asset === debt || each.lte(none) || free.lte(none)) continue;
    const wanted = owed.times(owing).div(each).round(8, 3); // up
    const sold = wanted.lt(free) ? wanted : free;
    const paid = sold === wanted ? owed : sold.times(each).div(owing).round(8, 0); // down
    forgive(floor, account, wallet.asset, sold.times(-1));
    forgive(floor, account, debt, paid);
  }
}

function closeOut(floor: Floor, account: Account, holding: Holding): void {
  const { market, side: half } = holding;
  const { matcher } = market;
  const held = holding.position.size;
  if (held === 0) return;
  if (market.lost) return; // the next mark asks again
  const side: Side = held > 0 ? "sell" : "buy";
  const size = Math.abs(held);
  const limit = side === "buy" ? MAX_PRICE : 1;
  reachFor(market, side, limit, size, Infinity);
  const best = side === "sell" ? matcher.bid : matcher.ask;
  if (best === 0) return; // as above: nobody is there
  floor.orders += 1;
  const request: OrderRequest = {
    instrument: market.id,
    side,
    type: "market",
    size: lots(size),
    tif: "ioc",
    postOnly: false,
    reduceOnly: half === undefined,
    selfTradePrevention: "reject-maker",
    ...(half === undefined ? {} : { positionSide: half }),
  };
  const number = floor.orders;
  const order = incoming({ number, account, market, request, createdAt: floor.now, limit, size, budget: Infinity });
  say(floor, {
    at: floor.now,
    type: "liquidation",
    account: account.name,
    instrument: market.id,
    ...(half === undefined ? {} : { positionSide: half }),
    side,
    size: lots(size),
    price: ticks(best),
  });
  market.taker = { side, number: order.number, order, penalty: floor.rules.liquidationFee };
  matcher.take(side, limit, size, Infinity, account.index);
  market.taker = undefined;
}

// What one account owns: balances with locks, positions, orders, and what happened to them.
import { BpError, type Decimal, decimal, flat, type Instrument, type InstrumentId } from "@bp/core";
import type { AccountSketch, ClientKey, ExchangeOptions, PositionSide } from "./contract.ts";
import { createHistory } from "./history.ts";
import { fraction, type Money, none } from "./money.ts";
import type { Account, Holding, LiveOrder, Market, Wallet, Worth } from "./state.ts";

/**
 * @throws BpError `sim/bad-market` for a fee that is no decimal or a leverage below 1
 */
export function createAccount(
  sketch: AccountSketch,
  index: number,
  collateral: ReadonlyMap<string, Worth>,
  { orders = 10_000, fills = 100_000 }: NonNullable<ExchangeOptions["remembers"]> = {},
): Account {
  const leverage = sketch.leverage ?? 10;
  if (!(leverage >= 1))
    throw new BpError("sim/bad-market", { why: `account ${sketch.name}: leverage ${leverage} is below 1` });
  for (const fee of [sketch.fees?.maker, sketch.fees?.taker])
    if (fee !== undefined && fraction(fee) === undefined)
      throw new BpError("sim/bad-market", { why: `account ${sketch.name}: fee ${fee} is not a decimal fraction` });
  const account: Account = {
    index,
    name: sketch.name,
    fees: sketch.fees,
    leverage,
    leverages: new Map(),
    mode: sketch.positionMode ?? "one-way",
    isolated: new Set(),
    multiAssets: sketch.multiAssets ?? false,
    collateral,
    wallets: new Map(),
    holdings: [],
    held: { net: new Map(), long: new Map(), short: new Map() },
    open: new Map(),
    clientIds: new Map(),
    openIn: new Map(),
    waitingIn: new Map(),
    ended: createHistory(orders),
    fills: createHistory(fills),
    payments: createHistory(10_000),
    changedWallets: new Set(),
    changedHoldings: new Set(),
  };
  for (const [asset, amount] of Object.entries(sketch.balances))
    walletOf(account, asset).total = none.plus(decimal(amount));
  return account;
}

/** The wallet of an asset, made empty at its first mention. */
export function walletOf(account: Account, asset: string): Wallet {
  let wallet = account.wallets.get(asset);
  if (wallet === undefined) {
    wallet = { asset, total: none, locked: none };
    account.wallets.set(asset, wallet);
  }
  return wallet;
}

/**
 * The holding of a perpetual, made flat at its first mention.
 *
 * @param side - of hedge mode; `undefined`: the net one
 */
export function holdingOf(account: Account, market: Market, side: PositionSide | undefined): Holding {
  const known = account.held[side ?? "net"];
  let holding = known.get(market);
  if (holding === undefined) {
    holding = { market, side, position: flat, funding: none, isolated: none, buying: 0, selling: 0, told: 0 };
    known.set(market, holding);
    account.holdings.push(holding);
  }
  return holding;
}

/** The leverage that counts in a market. */
export function leverageOf(account: Account, market: Market): number {
  return account.leverages.get(market) ?? account.leverage;
}

/** Adds to (or takes from) what an account owns. */
export function pay(account: Account, asset: string, amount: Money): void {
  const wallet = walletOf(account, asset);
  wallet.total = wallet.total.plus(amount);
  account.changedWallets.add(wallet);
}

/** Brings what is locked for an order to `units`: tick-lots of quote for a buy, lots of base for a sell. Spot only. */
export function lockFor(order: LiveOrder, units: number): void {
  const change = units - order.lock;
  if (change === 0) return;
  const { instrument, unit, lotUnit } = order.market;
  const buying = order.request.side === "buy";
  const wallet = walletOf(order.account, buying ? instrument.quote : instrument.base);
  wallet.locked = wallet.locked.plus((buying ? unit : lotUnit).times(change));
  order.lock = units;
  order.account.changedWallets.add(wallet);
}

/** What an account pays, as fractions of notional. */
export function feesOf(account: Account, instrument: Instrument): { readonly maker: Decimal; readonly taker: Decimal } {
  if (account.fees === undefined) return instrument.fees;
  return { maker: decimal(account.fees.maker), taker: decimal(account.fees.taker) };
}

/** The key of an open order by its client id. */
export function clientKey(instrument: InstrumentId, clientId: ClientKey): string {
  return `${clientId} ${instrument}`;
}

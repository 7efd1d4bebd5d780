// What an account may set: leverage, position mode, margin type, multi-assets mode; and why it may not just now.
import { BpError } from "@bp/core";
import { leverageOf } from "./account.ts";
import type { ChangeResult, MarginType, PositionMode } from "./contract.ts";
import { marginOf } from "./margin.ts";
import { none } from "./money.ts";
import { refuseChange } from "./refuse.ts";
import type { Account, Market } from "./state.ts";

const done: ChangeResult = { ok: true };

/**
 * The account's leverage limit, or one market's.
 *
 * @throws BpError `sim/bad-market` outside of 1 to `most`
 */
export function setLeverage(
  account: Account,
  leverage: number,
  market: Market | undefined,
  most: number,
): ChangeResult {
  if (!(leverage >= 1 && leverage <= most))
    throw new BpError("sim/bad-market", { why: `leverage ${leverage} is not 1 to ${most}` });
  if (market === undefined) {
    account.leverage = leverage;
    return done;
  }
  const before = leverageOf(account, market);
  if (leverage < before && account.isolated.has(market) && hasPosition(account, (each) => each === market))
    return refuseChange("isolated", "Leverage cannot become lower on an isolated position");
  const { quote } = market.instrument;
  const needed = marginOf(account, quote).initial;
  const known = account.leverages.get(market);
  account.leverages.set(market, leverage);
  const { initial, available } = marginOf(account, quote);
  if (!(available.lt(none) && initial.gt(needed))) return done;
  if (known === undefined) account.leverages.delete(market);
  else account.leverages.set(market, known);
  return refuseChange("no-margin", "Insufficient margin for this leverage");
}

/** One net position a market, or two. */
export function setPositionMode(account: Account, mode: PositionMode): ChangeResult {
  if (account.mode === mode) return done;
  const busy = busyIn(account, ({ instrument }) => instrument.kind === "perp");
  if (busy !== undefined) return busy;
  account.mode = mode;
  return done;
}

/** Whether a market's positions stand on the wallet. */
export function setMarginType(account: Account, market: Market, type: MarginType): ChangeResult {
  if (account.isolated.has(market) === (type === "isolated")) return done;
  if (market.instrument.kind !== "perp") return refuseChange("bad-request", "Margin is for perpetuals");
  if (type === "isolated" && account.multiAssets)
    return refuseChange("multi-assets", "Isolated margin does not go together with multi-assets mode");
  const busy = busyIn(account, (each) => each === market);
  if (busy !== undefined) return busy;
  if (type === "isolated") account.isolated.add(market);
  else account.isolated.delete(market);
  return done;
}

/** Whether all assets carry all perpetuals. */
export function setMultiAssets(account: Account, on: boolean): ChangeResult {
  if (account.multiAssets === on) return done;
  if (on && account.isolated.size > 0)
    return refuseChange("isolated", "Multi-assets mode does not go together with isolated margin");
  account.multiAssets = on;
  if (on) return done;
  const settled = new Set(account.holdings.map(({ market }) => market.instrument.quote));
  const short = [...account.wallets.values()].some(({ total }) => total.lt(none));
  if (!short && [...settled].every((asset) => marginOf(account, asset).available.gte(none))) return done;
  account.multiAssets = true;
  return refuseChange("no-margin", "An asset alone does not carry what settles in it");
}

function busyIn(account: Account, concerns: (market: Market) => boolean): ChangeResult | undefined {
  if ([...account.open.values()].some(({ market }) => concerns(market)))
    return refuseChange("open-orders", "There are open orders");
  return hasPosition(account, concerns) ? refuseChange("open-positions", "There are open positions") : undefined;
}

function hasPosition(account: Account, concerns: (market: Market) => boolean): boolean {
  return account.holdings.some(({ market, position }) => position.size !== 0 && concerns(market));
}

// One vault: USDC in, tokens out at what one is worth, and back after a delay. It earns what lending USDC earns.
import type { Millis } from "@bp/core";
import { Big } from "big.js";
import type { House } from "../../house.ts";
import type { LendingDesk } from "./lending.ts";
import type { Till } from "./till.ts";
import { dollar } from "./worth.ts";

/** What does not change of it. */
export const vaultTerms = {
  id: 1,
  token: "SBV",
  symbol: dollar,
  minMint: "10",
  minRedeem: "1",
  /** ms of exchange time between asking and being paid. */
  redeemDelayMs: 60_000,
  step: "0.000001",
  mostTokens: "10000000",
} as const;

export interface Mint {
  readonly id: string;
  readonly account: string;
  readonly quantity: Big;
  readonly tokens: Big;
  readonly nav: Big;
  readonly at: Millis;
}

export interface Redeem {
  readonly id: string;
  readonly account: string;
  readonly tokens: Big;
  readonly requestedAt: Millis;
  status: "Requested" | "Redeemed" | "Cancelled";
  quantity: Big | undefined;
  nav: Big | undefined;
  /** When it came to what it is. */
  at: Millis;
}

/** Figures at one moment. */
export interface VaultState {
  readonly at: Millis;
  readonly nav: Big;
  /** Mean of the hours of a day, and of now. */
  readonly twap: Big;
  readonly equity: Big;
  readonly supply: Big;
}

export type VaultRefusal = "below-minimum" | "off-step" | "no-funds" | "full" | "pending" | "not-found";

export interface Vault {
  state(): VaultState;
  /** What minting asks for a token: the larger of nav and mean. */
  mintNav(): Big;
  /** What redeeming pays for one: the smaller. */
  redeemNav(): Big;
  /** Hourly, oldest first. */
  history(): readonly VaultState[];
  mints(account: string): readonly Mint[];
  redeems(account: string): readonly Redeem[];
  pending(): readonly Redeem[];
  remaining(): Big;
  mint(account: string, quantity: Big): VaultRefusal | undefined;
  /** @param tokens - `undefined`: all there are */
  redeem(account: string, tokens: Big | undefined): VaultRefusal | undefined;
  cancel(account: string): VaultRefusal | undefined;
}

const hour = 3_600_000;
const hoursOfMean = 24;
const larger = (a: Big, b: Big) => (a.gt(b) ? a : b);
const smaller = (a: Big, b: Big) => (a.lt(b) ? a : b);
const seed = 1_000_000; // USDC and tokens that others hold from the start

/** Opens the vault with others' money in it. */
export function createVault(house: House, till: Till, lending: LendingDesk): Vault {
  const { exchange, agenda } = house;
  let equity = new Big(seed);
  let supply = new Big(seed);
  let ids = 59_669_292_001;
  const mints: Mint[] = [];
  const redeems: Redeem[] = [];
  const history: VaultState[] = [];
  till.bring(dollar, equity);

  /** @param rounding - 0 down, 3 up */
  const navAt = (rounding: 0 | 3) => equity.div(supply).round(8, rounding);
  const twap = (rounding: 0 | 3) => {
    const past = history.slice(-hoursOfMean);
    const sum = past.reduce((total, each) => total.plus(each.nav), navAt(rounding));
    return sum.div(past.length + 1).round(8, rounding);
  };
  const state = (): VaultState => ({ at: exchange.now(), nav: navAt(0), twap: twap(0), equity, supply });
  const mintNav = () => larger(navAt(3), twap(3));
  const redeemNav = () => smaller(navAt(0), twap(0));
  const earn = (due: Millis) => {
    const gain = equity.times(lending.pools.of(dollar).lend).div(8760).round(6, 0);
    equity = equity.plus(gain);
    till.bring(dollar, gain);
    history.push({ ...state(), at: due });
    if (history.length > 10_000) history.shift();
    agenda.at(due + hour, earn);
  };
  history.push(state());
  const now = exchange.now();
  agenda.at(now - (now % hour) + hour, earn);

  const remaining = () => new Big(vaultTerms.mostTokens).minus(supply);
  const pay = (redeem: Redeem) => {
    if (redeem.status !== "Requested") return;
    redeem.nav = redeemNav();
    redeem.quantity = redeem.tokens.times(redeem.nav).round(6, 0);
    redeem.status = "Redeemed";
    redeem.at = exchange.now();
    supply = supply.minus(redeem.tokens);
    equity = equity.minus(redeem.quantity);
    till.give(redeem.account, dollar, redeem.quantity);
    till.bring(vaultTerms.token, redeem.tokens.times(-1)); // burnt
  };
  const pending = (account?: string) =>
    redeems.filter((each) => each.status === "Requested" && (account === undefined || each.account === account));

  return {
    state,
    mintNav,
    redeemNav,
    history: () => history,
    mints: (account) => mints.filter((each) => each.account === account),
    redeems: (account) => redeems.filter((each) => each.account === account),
    pending: () => pending(),
    remaining,
    mint: (account, quantity) => {
      if (quantity.lt(vaultTerms.minMint)) return "below-minimum";
      const at = mintNav();
      const tokens = quantity.div(at).round(6, 0);
      if (tokens.gt(remaining())) return "full";
      if (!till.take(account, dollar, quantity)) return "no-funds";
      equity = equity.plus(quantity);
      supply = supply.plus(tokens);
      till.bring(vaultTerms.token, tokens); // minted
      till.give(account, vaultTerms.token, tokens);
      mints.push({ id: String(ids++), account, quantity, tokens, nav: at, at: exchange.now() });
      return undefined;
    },
    redeem: (account, wished) => {
      if (pending(account).length > 0) return "pending";
      const tokens = wished ?? till.free(account, vaultTerms.token);
      if (tokens.lt(vaultTerms.minRedeem)) return "below-minimum";
      if (!tokens.round(6, 0).eq(tokens)) return "off-step";
      if (!till.take(account, vaultTerms.token, tokens)) return "no-funds";
      const now = exchange.now();
      const redeem: Redeem = {
        id: String(ids++),
        account,
        tokens,
        requestedAt: now,
        status: "Requested",
        quantity: undefined,
        nav: undefined,
        at: now,
      };
      redeems.push(redeem);
      agenda.at(now + vaultTerms.redeemDelayMs, () => pay(redeem));
      return undefined;
    },
    cancel: (account) => {
      const [redeem] = pending(account);
      if (redeem === undefined) return "not-found";
      redeem.status = "Cancelled";
      redeem.at = exchange.now();
      till.give(account, vaultTerms.token, redeem.tokens);
      return undefined;
    },
  };
}

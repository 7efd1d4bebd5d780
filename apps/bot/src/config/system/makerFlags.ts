// S2's flags as a market maker, and the demo that runs without any.
import type { InstrumentId, VenueId } from "@bp/core";
import { conflict, invalid } from "../complaint.ts";
import type { Draft } from "../draft.ts";
import type { Finding } from "../finding.ts";
import { type FlagName, type Flags, flagOf } from "../flags.ts";
import type { Said } from "../said.ts";

/** What the demo trades: near enough to the touch that something happens, wide enough that it can earn. */
const demo = {
  symbol: "SOL_USDC_PERP",
  spread: "0.24",
  quantity: "0.5",
  maxOrders: 3,
  interval: 3,
  maxPosition: "6",
  positionThreshold: "5",
  inventorySkew: "0.5",
  stopLoss: "25",
  takeProfit: "50",
} as const satisfies Flags;

/** What it trades on a recording, which may be of any market: sized by the funds, and without moving them about first. */
const recorded = { spread: "0.2", maxOrders: 3, interval: 5, disableRebalance: true } as const satisfies Flags;

/** What limits and leans a position: a wallet of coins has none of it. */
const perpOnly = [
  "targetPosition",
  "maxPosition",
  "positionThreshold",
  "inventorySkew",
  "stopLoss",
  "takeProfit",
  "coolDown",
] as const satisfies readonly FlagName[];

/** The parameter that each flag sets. */
const parameters = {
  spread: "spreadPct",
  quantity: "quantity",
  maxOrders: "maxOrders",
  interval: "intervalMs",
  targetPosition: "targetPosition",
  maxPosition: "maxPosition",
  positionThreshold: "positionThreshold",
  inventorySkew: "inventorySkew",
  stopLoss: "stopLoss",
  takeProfit: "takeProfit",
  coolDown: "coolDownMs",
  fair: "fair",
} as const satisfies Partial<Record<FlagName, string>>;

/** How the flags are read. */
export interface MakerOptions {
  /** An `.env` of S2 is in play: after a stop it quotes again at once, as there. */
  readonly imported: boolean;
  /** Only a place where nothing is at stake may be traded without saying what. */
  readonly place: "sandbox" | "paper" | "live" | "memory";
}

/**
 * The maker that the flags ask for. On a recording it may have no `instrument`: then it is the market of the recording.
 *
 * @throws BpError `config/invalid` for what is missing, `config/conflict` for what contradicts itself
 */
export function makerFromFlags(
  said: Said,
  options: MakerOptions,
): { readonly draft: Draft; readonly findings: readonly Finding[] } {
  const { value } = said;
  const findings: Finding[] = [];
  const tell = (name: FlagName, outcome: Finding["outcome"], why: string, to = "") =>
    findings.push({ ...said.finding(name, to), outcome, why, tell: true });

  const isDemo = value.symbol === undefined;
  if (isDemo && (options.place === "live" || options.place === "paper"))
    throw invalid(said.nameOf("symbol"), "nothing", "a market, for example SOL_USDC_PERP");
  if (!isDemo && value.spread === undefined)
    throw invalid(said.nameOf("spread"), "nothing", "the full width in percent, for example 0.5");
  const wish: Flags = isDemo ? { ...(value.market === undefined ? demo : recorded), ...value } : value;
  const { venue, isPerp } = marketOf(wish, said);

  if (wish.enableRebalance === true && wish.disableRebalance === true)
    throw conflict("--enable-rebalance and --disable-rebalance together", "choose one");
  if (isPerp && (wish.enableRebalance === true || wish.baseAssetTarget !== undefined))
    tell(
      wish.enableRebalance === true ? "enableRebalance" : "baseAssetTarget",
      "ignored",
      "rebalancing is for spot markets: ignored on a perpetual",
    );
  const idle = isPerp || wish.symbol === undefined ? [] : perpOnly.filter((key) => wish[key] !== undefined);
  for (const name of idle) tell(name, "ignored", `ignored on a spot market: ${flagOf(name)}`);
  if (isPerp && wish.targetPosition === undefined && !isDemo)
    tell("targetPosition", "changed", "--target-position left out: 0");

  const at = "strategies.0.params";
  const params: Record<string, unknown> = {};
  if (wish.symbol !== undefined) {
    params["instrument"] = `${venue}:${wish.symbol}` satisfies InstrumentId;
    findings.push(said.finding("symbol", `${at}.instrument`, wish.symbol));
  }
  const intervalSeconds = wish.interval ?? 60;
  const coolDown = wish.coolDown ?? (options.imported ? 0 : undefined);
  const values = {
    ...wish,
    interval: Math.max(1, Math.round(intervalSeconds * 1_000)),
    coolDown: coolDown === undefined ? undefined : Math.round(coolDown * 1_000),
  };
  for (const [name, key] of Object.entries(parameters) as [keyof typeof parameters, string][]) {
    // the keys of an object that is written above
    if (values[name] === undefined) continue;
    params[key] = values[name];
    findings.push(said.finding(name, `${at}.${key}`, values[name]));
  }
  if (options.imported && isPerp && wish.coolDown === undefined)
    tell("coolDown", "changed", "quotes resume at once after a stop, as in S2; --cool-down 60 waits a minute");
  params["rebalance"] = isPerp ? { enabled: false } : rebalanceOf(wish);
  if (!isPerp)
    for (const [name, key] of [
      [wish.disableRebalance === true ? "disableRebalance" : "enableRebalance", "enabled"],
      ["baseAssetTarget", "baseTargetPct"],
      ["rebalanceThreshold", "thresholdPct"],
    ] as const)
      if (wish[name] !== undefined) findings.push(said.finding(name, `${at}.rebalance.${key}`));

  return {
    draft: {
      system: "maker",
      accounts: { [venue]: {} },
      strategies: [{ name: "maker", use: "maker", params }],
      durationSeconds: isDemo ? undefined : 3_600,
      screenSeconds: intervalSeconds,
      database: false,
    },
    findings,
  };
}

/** Venue and kind of the market: Backpack's symbols tell it, Aster's do not. */
function marketOf(wish: Flags, said: Said): { readonly venue: VenueId; readonly isPerp: boolean } {
  const { symbol, marketType } = wish;
  if (wish.exchange === "aster") {
    const kind = marketType ?? "spot";
    if (symbol !== undefined && /[_-]/.test(symbol) && !/_\d{6}$/.test(symbol))
      throw conflict(
        `${said.nameOf("exchange")} aster with ${said.nameOf("symbol")} ${symbol}`,
        `Aster spells it ${symbol
          .replace(/_PERP$/, "")
          .replace(/[_-]/g, "")
          .replace(/USDC$/, "USDT")}`,
      );
    return { venue: kind === "perp" ? "aster-futures" : "aster-spot", isPerp: kind === "perp" };
  }
  const isPerp = symbol?.endsWith("_PERP") === true;
  const kind = isPerp ? "perp" : "spot";
  if (marketType !== undefined && marketType !== kind && symbol !== undefined)
    throw conflict(
      `--market-type ${marketType} with --symbol ${symbol}`,
      isPerp ? "say --market-type perp" : `did you mean ${symbol}_PERP, or --market-type spot?`,
    );
  return { venue: "backpack", isPerp };
}

function rebalanceOf(wish: Flags): Readonly<Record<string, unknown>> {
  return {
    enabled: wish.disableRebalance !== true,
    ...(wish.baseAssetTarget === undefined ? {} : { baseTargetPct: wish.baseAssetTarget }),
    ...(wish.rebalanceThreshold === undefined ? {} : { thresholdPct: wish.rebalanceThreshold }),
  };
}

// S3's `hedge.yaml` and `hedge_futures.yaml`, and the two flat files of its sisters that trade on one venue.
import { Big, type InstrumentId } from "@bp/core";
import { conflict, invalid, shown } from "../complaint.ts";
import type { Draft, NamedAddress } from "../draft.ts";
import { productAt } from "../hosts.ts";
import { doubtFraction } from "../percent.ts";
import type { Reader, Wish } from "../reader.ts";

const at = "strategies.0.params";
const above0 = (value: Big) => value.gt(0);
const quantityOf = (read: Reader, path: string, otherwise?: string) =>
  read.decimal(path, "a quantity above 0, in the coin", above0, {
    to: `${at}.quantity`,
    ...(otherwise === undefined ? {} : { otherwise }),
  });

/** Reads the pair of venues. @throws BpError `config/invalid`, `config/conflict` for host and symbol that do not fit */
export function readHedge(read: Reader): Draft {
  const product = asterProduct(read, "aster.base_url", "aster.symbol");
  const venue = product.venue;
  const isSpot = venue === "aster-spot";
  const symbol = backpackPerp(read, "bp.symbol");
  const other = product.symbol;
  const coins = [symbol.split("_")[0] ?? "", other.replace(/(USDT|USDC|USD1|USDF|USD)$/, "")] as const;
  if (coins[0].toUpperCase() !== coins[1].toUpperCase())
    throw conflict(
      `${read.nameOf("bp.symbol")} is ${symbol} and aster.symbol is ${other}`,
      "two markets of the same coin hedge each other",
    );
  const seconds = (key: string, otherwise: string, to: string, low = 0, unit = 1_000) =>
    Number(
      new Big(
        read.decimal(`trade.${key}`, `a time, ${low} or more`, (value) => value.gte(low) && value.lte(31_536_000), {
          otherwise,
          to: `${at}.${to}`,
        }),
      )
        .times(unit)
        .round(0)
        .toFixed(),
    );
  const newer = read.has("trade.max_order_wait_seconds");
  if (newer) read.drop(["trade.first_wait_seconds"], "trade.max_order_wait_seconds is its newer name and is there too");
  const params = {
    lead: `backpack:${symbol}` satisfies InstrumentId,
    hedge: `${venue}:${other}` satisfies InstrumentId,
    quantity: quantityOf(read, "trade.quantity", "10"),
    offsetPct: offsetOf(read, "trade.offset_percent", "from 0", { otherwise: "0.2", to: `${at}.offsetPct` }),
    legWaitMs: seconds(newer ? "max_order_wait_seconds" : "first_wait_seconds", "10", "legWaitMs", 1),
    legLimitMs: seconds("max_monitor_seconds", "300", "legLimitMs", 1),
    betweenLegsMs: seconds("between_legs_sleep", isSpot ? "20" : "60", "betweenLegsMs"),
    cycleMs: seconds("cycle_sleep", "60", "cycleMs"),
    stopBeforeFundingMs: seconds("stop_before_funding_minutes", "5", "stopBeforeFundingMs", 0, 60_000),
  };
  if (read.has("trade.stop_before_funding_minutes"))
    read.note(
      "trade.stop_before_funding_minutes",
      "changed",
      "no new cycle begins in this time; the original says so and trades on",
      `${at}.stopBeforeFundingMs`,
    );
  const debug = [read.yes("bp.debug", { otherwise: false }), read.yes("aster.debug", { otherwise: false })].includes(
    true,
  );
  return {
    system: "hedge",
    accounts: {
      backpack: {
        key: read.secret(["bp.api_public_key_b64"], "accounts.backpack.key"),
        secret: read.secret(["bp.api_secret_key_b64"], "accounts.backpack.secret"),
        windowMs: windowOf(read, "bp.window", "backpack"),
      },
      [venue]: {
        key: read.secret(["aster.api_key"], `accounts.${venue}.key`),
        secret: read.secret(["aster.api_secret"], `accounts.${venue}.secret`),
        windowMs: windowOf(read, "aster.recv_window", venue),
      },
    },
    keyNames: {
      backpack: { key: read.nameOf("bp.api_public_key_b64"), secret: read.nameOf("bp.api_secret_key_b64") },
      [venue]: { key: read.nameOf("aster.api_key"), secret: read.nameOf("aster.api_secret") },
    },
    strategies: [{ name: "hedge", use: "hedge", params }],
    addresses: [...addressIn(read, "bp.base_url", "backpack"), ...addressIn(read, "aster.base_url", venue)],
    ...(debug ? { logs: debugLogs } : {}),
    screenSeconds: 30,
  };
}

const debugLogs = { folder: "logs", file: "hedge.log", level: "debug", maxBytes: 10_000_000, keep: 5 } as const;

/** Reads Backpack's flat sister: a sell above and a buy below the price, which is a maker with one level. @throws BpError */
export function readBackpackLoop(read: Reader): Draft {
  const symbol = read.text(
    "symbol",
    "a market such as ASTER_USDC_PERP",
    (text) => /^[A-Za-z0-9]+(_[A-Z0-9]+)+$/.test(text),
    {
      otherwise: "ASTER_USDC_PERP",
      to: `${at}.instrument`,
    },
  );
  const loop = oneVenue(read, `backpack:${symbol}`, symbol.endsWith("_PERP"));
  read.drop(["side_short_first"], "both sides are quoted at once");
  return {
    ...loop,
    accounts: {
      backpack: {
        key: read.secret(["api_public_key_b64"], "accounts.backpack.key"),
        secret: read.secret(["api_secret_key_b64"], "accounts.backpack.secret"),
        windowMs: windowOf(read, "window", "backpack"),
      },
    },
    keyNames: { backpack: { key: read.nameOf("api_public_key_b64"), secret: read.nameOf("api_secret_key_b64") } },
    addresses: addressIn(read, "base_url", "backpack"),
  };
}

/** Reads Aster's flat sister. @throws BpError */
export function readAsterLoop(read: Reader): Draft {
  const { venue, symbol } = asterProduct(read, "base_url", "symbol", "instrument");
  const loop = oneVenue(read, `${venue}:${symbol}`, venue === "aster-futures");
  read.drop(["side_short_first"], "both sides are quoted at once");
  return {
    ...loop,
    accounts: {
      [venue]: {
        key: read.secret(["api_key"], `accounts.${venue}.key`),
        secret: read.secret(["api_secret"], `accounts.${venue}.secret`),
        windowMs: windowOf(read, "recv_window", venue),
      },
    },
    keyNames: { [venue]: { key: read.nameOf("api_key"), secret: read.nameOf("api_secret") } },
    addresses: addressIn(read, "base_url", venue),
  };
}

function oneVenue(read: Reader, instrument: InstrumentId, isPerp: boolean): Omit<Draft, "accounts"> {
  const quantity = quantityOf(read, "quantity", "10");
  const offset = offsetOf(read, "price_offset_percent", "above 0", {
    otherwise: "0.2",
    to: `${at}.spreadPct`,
    changed: "the offset to each side; the spread is both together",
  });
  const caps = isPerp ? { maxPosition: quantity, positionThreshold: quantity, coolDownMs: 0 } : {};
  const params = {
    instrument,
    quantity,
    spreadPct: new Big(offset).times(2).toFixed(),
    maxOrders: 1,
    intervalMs: 10_000,
    ...caps,
  };
  const debug = read.yes("debug", { otherwise: false });
  return {
    system: "maker",
    strategies: [{ name: "maker", use: "maker", params: { ...params, rebalance: { enabled: false } } }],
    ...(debug ? { logs: debugLogs } : {}),
    screenSeconds: 30,
  };
}

/**
 * How far from the price orders rest, in percent; 0.1 to 0.5 are usual. At 10 % and more nothing is filled in the seconds that a leg
 * waits, so something else was meant.
 *
 * @throws BpError `config/invalid`
 */
function offsetOf(
  read: Reader,
  path: string,
  low: "from 0" | "above 0",
  wish: Wish<string> & { readonly to: string },
): string {
  const percent = read.decimal(
    path,
    `a percentage ${low}`,
    (value) => (low === "from 0" ? value.gte(0) : value.gt(0)),
    wish,
  );
  const basisPoints = new Big(percent).div(100).toFixed();
  if (new Big(percent).gte(10))
    throw invalid(
      read.nameOf(path),
      percent,
      `a percentage ${low}, below 10: 0.2 is 0.2 % of the price`,
      `as it stands it is ${percent} %; did you mean basis points? then write ${basisPoints}`,
    );
  if (new Big(percent).gte(2))
    read.note(
      path,
      "mapped",
      `it is ${percent} % of the price; did you mean ${basisPoints}, which is ${percent} basis points?`,
      wish.to,
    );
  doubtFraction(read, path, percent, "0.01", wish.to);
  return percent;
}

/** The lead is a perpetual: its short side cannot be held in coins. */
function backpackPerp(read: Reader, path: string): string {
  const symbol = read.text(path, "a market such as ASTER_USDC_PERP", (text) => /^[\w-]{1,40}$/.test(text), {
    otherwise: "ASTER_USDC_PERP",
    to: `${at}.lead`,
  });
  if (!symbol.toUpperCase().endsWith("_PERP"))
    throw invalid(
      read.nameOf(path),
      shown(symbol),
      "a perpetual: the first leg sells what it does not hold",
      `did you mean ${symbol}_PERP?`,
    );
  return symbol;
}

/** Aster's host picks the product; a symbol that is none of it is a mistake in one of the two. */
function asterProduct(
  read: Reader,
  urlPath: string,
  symbolPath: string,
  parameter = "hedge",
): { readonly venue: "aster-futures" | "aster-spot"; readonly symbol: string } {
  const symbol = read.text(symbolPath, "a market such as ASTERUSDT", (text) => /^[\w-]{1,40}$/.test(text), {
    otherwise: "ASTERUSDT",
    to: `${at}.${parameter}`,
  });
  const url = read.has(urlPath) ? read.text(urlPath, "an address", () => true, {}) : "https://fapi.asterdex.com";
  const { hostname = "" } = URL.parse(url) ?? {};
  const isSpot = productAt(url) === "aster-spot" || (productAt(url) === undefined && hostname.startsWith("sapi"));
  if (productAt(url) === "backpack")
    throw conflict(
      `${read.nameOf(urlPath)} is Backpack's host`,
      "https://fapi.asterdex.com for futures, https://sapi.asterdex.com for spot",
    );
  const isFuture = /PERP$|_\d{6}$/i.test(symbol);
  if (isSpot && isFuture)
    throw conflict(
      `${read.nameOf(urlPath)} is Aster's spot host, but ${symbolPath} ${symbol} is a future`,
      `https://fapi.asterdex.com for futures, or the spot market ${symbol.replace(/_?PERP$|_\d{6}$/i, "").replaceAll("_", "")}`,
    );
  if (/_/.test(symbol) && !/_\d{6}$/.test(symbol))
    throw invalid(
      read.nameOf(symbolPath),
      shown(symbol),
      "a market as Aster spells it",
      `did you mean ${symbol
        .replace(/_PERP$/i, "")
        .replaceAll("_", "")
        .replace(/USDC$/, "USDT")}?`,
    );
  return { venue: isSpot ? "aster-spot" : "aster-futures", symbol };
}

function windowOf(read: Reader, path: string, venue: string): number {
  return read.whole(path, 1, 60_000, { otherwise: 5_000, to: `accounts.${venue}.windowMs` });
}

function addressIn(read: Reader, path: string, venue: string): readonly NamedAddress[] {
  if (!read.has(path)) return [];
  const url = read.text(path, "an address", () => true, { to: `accounts.${venue}.restUrl` });
  return [{ name: read.nameOf(path), venue, kind: "rest", url }];
}

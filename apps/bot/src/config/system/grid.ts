// S4's `config.json`: a grid of cells.
import { Big, type InstrumentId } from "@bp/core";
import { conflict, invalid } from "../complaint.ts";
import type { Draft, NamedAddress } from "../draft.ts";
import { doubtFraction } from "../percent.ts";
import type { Reader } from "../reader.ts";

const at = "strategies.0.params";
const above0 = (value: Big) => value.gt(0);

/** Keys that its two groups hold, for files that show one of them without its name. */
export const gridGroups = {
  trading_settings: [
    "target_symbol",
    "base_coin_symbol",
    "grid_price_interval",
    "grid_usdc_per_order",
    "num_grids",
    "out_want",
  ],
  risk_management: ["max_loss_percentage", "stop_loss_enabled", "daily_loss_limit", "max_position_size"],
} as const;

/** Reads it. @throws BpError `config/invalid` */
export function readGrid(read: Reader): Draft {
  const of = (key: string) => `trading_settings.${key}`;
  const risk = (key: string) => `risk_management.${key}`;
  const symbol = read.text(
    of("target_symbol"),
    "a market such as ETH_USDC",
    (text) => /^[A-Za-z0-9]+(_[A-Za-z0-9]+)+$/.test(text),
    {
      otherwise: "SOL_USDC",
      to: `${at}.instrument`,
    },
  );
  const base = symbol.split("_")[0] ?? "";
  const coin = read.text(of("base_coin_symbol"), "the coin of target_symbol", () => true, { otherwise: base });
  const named = /^\w{1,11}$/.test(coin) ? coin : "another one"; // what is longer may be a key in the wrong place
  if (coin.toUpperCase() !== base.toUpperCase())
    throw conflict(
      `${read.nameOf(of("base_coin_symbol"))} is ${named}, but target_symbol is ${symbol}`,
      `write ${base}, or the market of ${named}`,
    );
  const isPerp = symbol.endsWith("_PERP");
  const params = {
    instrument: `backpack:${symbol}` satisfies InstrumentId,
    interval: read.decimal(of("grid_price_interval"), "a price distance above 0", above0, {
      otherwise: "40",
      to: `${at}.interval`,
    }),
    cells: read.whole(of("num_grids"), 1, 200, { otherwise: 3, to: `${at}.cells` }),
    perCell: read.decimal(of("grid_usdc_per_order"), "an amount of USDC above 0", above0, {
      otherwise: "50",
      to: `${at}.perCell`,
    }),
    takeProfitPct: takeProfit(read, of("out_want")),
    entry: "floor",
    ...(isPerp ? { side: "long" } : {}),
    maxPosition: read.decimal(risk("max_position_size"), "an amount of USDC above 0", above0, {
      otherwise: "1000",
      to: `${at}.maxPosition`,
      changed: "of all cells together; the original compares each cell with it",
    }),
    ...stopLoss(read, risk),
    dailyLoss: read.decimal(risk("daily_loss_limit"), "an amount of USDC above 0", above0, {
      otherwise: "100",
      to: `${at}.dailyLoss`,
    }),
    maxLossPct: maxLoss(read, risk("max_loss_percentage")),
    paceMs: Number(
      new Big(
        read.decimal(
          of("delay_between_operations"),
          "seconds, 0 or more",
          (value) => value.gte(0) && value.lte(86_400),
          {
            otherwise: "3",
            to: `${at}.paceMs`,
            changed: "between two orders; risk is looked at all the time",
          },
        ),
      )
        .times(1_000)
        .round(0)
        .toFixed(),
    ),
  };
  read.note(
    of("target_symbol"),
    "changed",
    "a cell buys with an order that rests at its floor (entry floor); the original buys inside the cell",
    `${at}.entry`,
  );
  read.drop(
    [of("trade_pct"), of("delay_between_grids"), "trade_pct", "delay_between_grids"],
    "the original reads it nowhere either",
  );
  read.drop(
    [of("min_grid_interval"), of("max_grid_interval"), "min_grid_interval", "max_grid_interval"],
    "it bounds a suggestion of the interval, not the grid",
  );
  read.drop(
    ["error_handling"],
    "requests are repeated only when that is safe, and limits of the venue are respected by themselves",
  );

  const addresses: NamedAddress[] = [];
  if (read.has("base_url")) {
    const url = read.text("base_url", "an address", () => true, { to: "accounts.backpack.restUrl" });
    addresses.push({ name: read.nameOf("base_url"), venue: "backpack", kind: "rest", url });
  }
  const testnet = read.yes("testnet", { otherwise: false });
  if (testnet) read.note("testnet", "mapped", "real orders are refused with this file");
  return {
    system: "grid",
    accounts: {
      backpack: {
        key: read.secret(["api_key"], "accounts.backpack.key"),
        secret: read.secret(["secret_key"], "accounts.backpack.secret"),
      },
    },
    keyNames: { backpack: { key: read.nameOf("api_key"), secret: read.nameOf("secret_key") } },
    strategies: [{ name: "grid", use: "grid", params }],
    addresses,
    ...(testnet
      ? {
          notLive: {
            what: `${read.nameOf("testnet")} is true, and Backpack has no testnet: --live would trade real money`,
            hint: "trade with --sandbox or --paper, or set testnet to false",
          },
        }
      : {}),
    logs: logsOf(read),
    screenSeconds: 10,
  };
}

/** `out_want` is a fraction among percents. @throws BpError for what can only be a percent */
function takeProfit(read: Reader, path: string): string {
  const fraction = read.decimal(path, "a fraction above 0: 0.004 is 0.4 %", above0, {
    otherwise: "0.004",
    to: `${at}.takeProfitPct`,
  });
  if (new Big(fraction).gte("0.1"))
    throw invalid(
      read.nameOf(path),
      fraction,
      "a fraction below 0.1: 0.004 is 0.4 %",
      `did you mean percent? then write ${new Big(fraction).div(100).toFixed()}`,
    );
  return new Big(fraction).times(100).toFixed();
}

function maxLoss(read: Reader, path: string): string {
  const percent = read.decimal(path, "a percentage between 0 and 100", (value) => value.gt(0) && value.lte(100), {
    otherwise: "5",
    to: `${at}.maxLossPct`,
  });
  doubtFraction(read, path, percent, "0.5", `${at}.maxLossPct`);
  return percent;
}

function stopLoss(read: Reader, risk: (key: string) => string): { readonly stopLossPct?: string } {
  const enabled = read.yes(risk("stop_loss_enabled"), { otherwise: true });
  const path = read.has("stop_loss") ? "stop_loss" : risk("stop_loss");
  if (!enabled) {
    read.drop([path], "stop_loss_enabled is false");
    return {};
  }
  const percent = read.decimal(path, "a percentage between 0 and 100", (value) => value.gt(0) && value.lt(100), {
    otherwise: "2",
    to: `${at}.stopLossPct`,
  });
  doubtFraction(read, path, percent, "0.2", `${at}.stopLossPct`);
  read.note(
    risk("stop_loss_enabled"),
    "changed",
    `a lot that has lost ${percent} % is sold; the original never does it`,
    `${at}.stopLossPct`,
  );
  return { stopLossPct: percent };
}

const levels = {
  DEBUG: "debug",
  INFO: "info",
  WARNING: "warn",
  WARN: "warn",
  ERROR: "error",
  CRITICAL: "error",
} as const;

function logsOf(read: Reader): NonNullable<Draft["logs"]> {
  const folder = read.text("logging.log_directory", "a folder", () => true, { otherwise: "logs", to: "logs.folder" });
  const level = read.choice("logging.log_level", Object.keys(levels) as (keyof typeof levels)[], {
    otherwise: "INFO",
    to: "logs.level",
  }); // the keys of an object that is written above
  read.drop(
    ["logging.log_file_path", "logging.risk_log_file"],
    `in the folder ${folder} under its usual name, and never cut short`,
  );
  return {
    folder,
    file: "trade_detailed.log",
    errorFile: "errors.log",
    level: levels[level],
    maxBytes: 10_000_000,
    keep: 10,
  };
}

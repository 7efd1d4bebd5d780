// S0's `.env.{ENV}`: one account that buys and sells again, or two accounts that hedge each other.
import type { InstrumentId } from "@bp/core";
import { invalid } from "../complaint.ts";
import type { Draft, NamedAddress } from "../draft.ts";
import type { Reader } from "../reader.ts";

/** The variables that are S0's alone: a file or an environment that has one of them is meant for it. */
export const singleVariables = [
  "TRADING_MODE",
  "TRADING_SYMBOL",
  "TRADING_LEVERAGE",
  "TRADING_AMOUNT",
  "HEDGE_CLOSE_DELAY_SECONDS",
] as const;

/** Reads it. @throws BpError `config/invalid` */
export function readSingle(read: Reader): Draft {
  const mode = read.choice("TRADING_MODE", ["single", "dual_hedge"], { otherwise: "single", to: "strategies.0.use" });
  const isDual = mode === "dual_hedge";
  const coin = read.text("TRADING_SYMBOL", "a coin such as SOL, or a market such as SOL_USDC_PERP", isSymbol, {
    otherwise: "SOL",
    to: `strategies.0.params.${isDual ? "long" : "instrument"}`,
  });
  const symbol = coin.includes("_") ? coin : `${coin.toUpperCase()}_USDC_PERP`;
  const leverage = read.whole("TRADING_LEVERAGE", 1, 100, { otherwise: 10, to: "prepare.leverage" });
  const amount = read.decimal("TRADING_AMOUNT", "an amount of USDC above 0", (value) => value.gt(0), {
    otherwise: "100",
    to: "strategies.0.params.amount",
  });
  const holdSeconds = read.whole("HEDGE_CLOSE_DELAY_SECONDS", 0, 31_536_000, {
    otherwise: 30,
    ...(isDual ? { to: "strategies.0.params.holdMs" } : {}),
  });

  const addresses: NamedAddress[] = [];
  const venues = isDual ? ["backpack", "backpack-2"] : ["backpack"];
  if (read.has("BACKPACK_BASE_URL")) {
    const url = read.text("BACKPACK_BASE_URL", "an address", () => true, { to: "accounts.backpack.restUrl" });
    for (const venue of venues) addresses.push({ name: read.nameOf("BACKPACK_BASE_URL"), venue, kind: "rest", url });
  }
  const own = {
    key: read.secret(["BACKPACK_API_KEY"], "accounts.backpack.key"),
    secret: read.secret(["BACKPACK_PRIVATE_KEY"], "accounts.backpack.secret"),
  };
  const first = {
    key: own.key ?? read.secret(["BACKPACK_KEY"], "accounts.backpack.key"),
    secret: own.secret ?? read.secret(["BACKPACK_SECRET"], "accounts.backpack.secret"),
  };
  const second = {
    key: read.secret(["BACKPACK_API_KEY2", "BACKPACK_KEY2"], "accounts.backpack-2.key"),
    secret: read.secret(["BACKPACK_PRIVATE_KEY2", "BACKPACK_SECRET2"], "accounts.backpack-2.secret"),
  };
  // A file without any keys is for a sandbox's accounts; one that has the first pair is for two accounts of its owner's.
  if (isDual && (own.key ?? own.secret) !== undefined) {
    const missing = [
      ...(second.key === undefined ? ["BACKPACK_API_KEY2"] : []),
      ...(second.secret === undefined ? ["BACKPACK_PRIVATE_KEY2"] : []),
    ];
    if (missing.length > 0)
      throw invalid(
        missing.map((each) => read.nameOf(each)).join(" and "),
        "nothing",
        "the API key pair of the second account: dual_hedge trades on two",
        "name it, or say TRADING_MODE=single",
      );
  }
  read.skip(["BACKPACK_KEY", "BACKPACK_SECRET"]);
  read.drop(["ENV"], "it names the file alone");

  const instruments = venues.map((venue): InstrumentId => `${venue}:${symbol}`);
  const [long = "", short = ""] = instruments;
  return {
    system: isDual ? "dual-hedge" : "single",
    accounts: isDual ? { backpack: first, "backpack-2": second } : { backpack: first },
    strategies: [
      isDual
        ? { name: "dual-hedge", use: "dual-hedge", params: { long, short, amount, holdMs: holdSeconds * 1_000 } }
        : { name: "single", use: "single", params: { instrument: long, amount } },
    ],
    prepare: {
      leverage: Object.fromEntries(instruments.map((each) => [each, leverage])),
      clearOrders: instruments,
    },
    keyNames: {
      backpack: { key: read.nameOf("BACKPACK_API_KEY"), secret: read.nameOf("BACKPACK_PRIVATE_KEY") },
      "backpack-2": { key: read.nameOf("BACKPACK_API_KEY2"), secret: read.nameOf("BACKPACK_PRIVATE_KEY2") },
    },
    addresses,
    logs: { folder: "logs", file: "app.log", level: "debug", maxBytes: 10_000_000, keep: 5 },
    screenSeconds: 10,
  };
}

const isSymbol = (text: string) => /^[A-Za-z0-9]{1,20}(_[A-Z0-9]{1,10})*$/.test(text);

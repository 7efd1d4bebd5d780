// The market that the stub plays, known to every contender beforehand.
import { createEd25519Pair } from "@bp/signing";

export const symbol = "SOL_USDC_PERP";
/** Of ccxt. */
export const unified = "SOL/USDC:USDC";
export const { apiKey, secret } = createEd25519Pair(Uint8Array.from({ length: 32 }, (_, place) => place + 1));
export const size = "0.01";

/** Where the stub listens, with the contender's name in both paths. */
export interface Place {
  readonly rest: string;
  readonly ws: string;
}

/** Answers a contender needs to begin: Backpack's, as little of them as the schemas ask for. */
export function answerOf(path: string): unknown {
  if (path.endsWith("/time")) return Date.now();
  if (path.endsWith("/account")) return account;
  if (path.endsWith("/market")) return market;
  if (path.endsWith("/markets")) return [market];
  if (path.endsWith("/capital")) return { USDC: { available: "1000000000", locked: "0", staked: "0" } };
  if (path.endsWith("/collateral")) return collateral;
  return []; // nothing rests, is held or was traded
}

const account = {
  autoBorrowSettlements: false,
  autoLend: false,
  autoRealizePnl: true,
  autoRepayBorrows: false,
  borrowLimit: "0",
  futuresMakerFee: "2",
  futuresTakerFee: "5",
  leverageLimit: "10",
  limitOrders: 0,
  liquidating: false,
  positionLimit: "1000000000",
  spotMakerFee: "8",
  spotTakerFee: "10",
  triggerOrders: 0,
};

const market = {
  baseSymbol: "SOL",
  quoteSymbol: "USDC",
  symbol,
  marketType: "PERP",
  orderBookState: "Open",
  createdAt: "2025-01-21T06:34:54.691858",
  filters: {
    price: { minPrice: "0.01", maxPrice: null, tickSize: "0.01" },
    quantity: { minQuantity: "0.01", maxQuantity: null, stepSize: "0.01" },
  },
  fundingInterval: 3_600_000,
  imfFunction: { base: "0.02", factor: "0.00006", type: "sqrt" },
  mmfFunction: { base: "0.0125", factor: "0.000036", type: "sqrt" },
};

const collateral = {
  assetsValue: "0",
  borrowLiability: "0",
  collateral: [],
  imf: "0",
  unsettledEquity: "0",
  liabilitiesValue: "0",
  marginFraction: null,
  mmf: "0",
  netEquity: "0",
  netEquityAvailable: "0",
  netEquityLocked: "0",
  netExposureFutures: "0",
  pnlUnrealized: "0",
};

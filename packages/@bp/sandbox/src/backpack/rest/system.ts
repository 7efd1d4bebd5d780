// Status, ping, time, assets and what they count.
import { ok } from "../../answer.ts";
import { addressOf } from "../desks/chains.ts";
import { tokenTerms } from "../desks/funds.ts";
import { assetsOf } from "../desks/worth.ts";
import { publicGet, type Route } from "../route.ts";
import { collateralParameters } from "./collateral.ts";

const nothing = () => undefined;

const coins: Readonly<Record<string, string>> = { USDC: "usd-coin", SOL: "solana", BTC: "bitcoin", ETH: "ethereum" };
const decimals: Readonly<Record<string, number>> = { USDC: 6, SOL: 9, BTC: 8, ETH: 18 };

export const systemRoutes: readonly Route[] = [
  publicGet("/api/v1/status", nothing, () => ok({ message: null, status: "Ok" })),
  publicGet("/api/v1/ping", nothing, () => ({ status: 200, text: "pong" })),
  publicGet("/api/v1/time", nothing, (house) => ({ status: 200, text: String(Math.floor(house.times.now())) })),
  publicGet(
    "/api/v1/assets",
    (fields) => fields.text("country"),
    (house) => ok(assetsOf(house).map(asset)),
  ),
  publicGet("/api/v1/collateral", nothing, (house) => ok(collateralParameters(house))),
];

function asset(symbol: string): Record<string, unknown> {
  return {
    coingeckoId: coins[symbol] ?? null,
    displayName: symbol,
    symbol,
    tokens: [
      {
        blockchain: "Solana",
        contractAddress: symbol === "SOL" ? null : addressOf("Solana", `token ${symbol}`),
        depositEnabled: true,
        displayName: symbol,
        maximumWithdrawal: null,
        minimumDeposit: "0.01",
        minimumWithdrawal: tokenTerms.least,
        nativeDecimals: decimals[symbol] ?? 9,
        withdrawEnabled: true,
        withdrawalFee: tokenTerms.fee,
      },
    ],
  };
}

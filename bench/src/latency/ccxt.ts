// A peer: ccxt.pro as its manual shows it.
import { pro } from "ccxt";
import { apiKey, type Place, secret, size, symbol, unified } from "./market.ts";

export async function byCcxt({ rest, ws }: Place): Promise<void> {
  const exchange = new pro.backpack({ apiKey, secret: secret.reveal(), enableRateLimit: false });
  exchange.urls["api"] = { public: rest, private: rest, ws: { public: ws, private: ws } };
  await exchange.loadHttpProxyAgent(); // ws: without TLS asks for it
  const market = {
    id: symbol,
    symbol: unified,
    base: "SOL",
    quote: "USDC",
    settle: "USDC",
    baseId: "SOL",
    quoteId: "USDC",
    settleId: "USDC",
  };
  const filters = {
    precision: { amount: 0.01, price: 0.01 },
    limits: {},
    contract: true,
    linear: true,
    contractSize: 1,
    active: true,
  };
  exchange.setMarkets([{ ...market, ...filters, type: "swap", swap: true, spot: false }]);
  const trade = async () => {
    for (;;) {
      const { bids } = await exchange.watchOrderBook(unified);
      const price = bids[0]?.[0];
      if (price !== undefined)
        await exchange.createOrder(unified, "limit", "buy", Number(size), price, { postOnly: true });
    }
  };
  trade().catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
}

// Ours without engine and rules: the client's book and its order call, joined by three lines.
import { createBackpack, followBook } from "@bp/client";
import { instrument, symbolOf } from "@bp/core";
import { createBudget, systemClock } from "@bp/transport";
import { apiKey, type Place, secret, size, symbol } from "./market.ts";

const sol = instrument({
  id: `backpack:${symbol}`,
  kind: "perp",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
});

export async function byClient({ rest, ws }: Place): Promise<void> {
  const budget = createBudget({ capacity: 1_000_000, perMs: 60_000, reserved: 0.2, clock: systemClock }); // the stub has no limit
  const client = createBackpack({ key: { apiKey, secret }, restUrl: rest, wsUrl: ws, budget });
  await client.skew.sync();
  await client.warm();
  const market = symbolOf(sol.id);
  const follower = followBook({
    instrument: sol,
    onChange: ({ bids }) => {
      const price = (bids.prices[0] ?? 0) / 100;
      client.rest.orders
        .place({
          symbol: market,
          side: "Bid",
          orderType: "Limit",
          price: price.toFixed(2),
          quantity: size,
          timeInForce: "GTC",
          postOnly: true,
        })
        .catch((error: unknown) => console.error(error));
    },
  });
  client.streams.depth(market).onBytes((bytes, at) => follower.frame(bytes, at));
  await systemClock.sleep(500); // the subscription stands
  follower.snapshot(await client.rest.markets.depth({ symbol: market, limit: 1_000 }), systemClock.now());
}

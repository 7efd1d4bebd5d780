// Ours through ky: the client's book, and each order a `request` of @bp/transport, signed when it goes out.
import { createBackpack, followBook } from "@bp/client";
import { instrument, symbolOf } from "@bp/core";
import { createHttp, systemClock } from "@bp/transport";
import { type Place, symbol } from "./market.ts";
import { orderAt } from "./sign.ts";

const sol = instrument({
  id: `backpack:${symbol}`,
  kind: "perp",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
});

export async function viaKy({ rest, ws }: Place): Promise<void> {
  const client = createBackpack({ restUrl: rest, wsUrl: ws });
  const http = createHttp({ baseUrl: rest });
  await http.warm("/api/v1/time");
  const market = symbolOf(sol.id);
  const follower = followBook({
    instrument: sol,
    onChange: ({ bids }) => {
      const price = (bids.prices[0] ?? 0) / 100;
      http
        .request({ method: "POST", path: "/api/v1/order", sign: () => orderAt(price.toFixed(2)), safe: false })
        .catch((error: unknown) => console.error(error));
    },
  });
  client.streams.depth(market).onBytes((bytes, at) => follower.frame(bytes, at));
  await systemClock.sleep(500); // the subscription stands
  follower.snapshot(await client.rest.markets.depth({ symbol: market, limit: 1_000 }), systemClock.now());
}

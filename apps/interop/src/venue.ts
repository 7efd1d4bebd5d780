// One market of one venue of the sandbox, as ccxt is told of it: nothing but base addresses and keys is ours.
import type { Sandbox } from "@bp/sandbox";
import { type Exchange, pro } from "ccxt";

/** A market to trade on, with the sizes that fit it. */
export interface Place {
  readonly name: string;
  /** ccxt's own spelling. */
  readonly symbol: string;
  readonly kind: "spot" | "swap";
  /** Base; above the market's minimum. */
  readonly amount: number;
  /** A fresh client of ccxt for the account `alice`. Close it. */
  readonly connect: (sandbox: Sandbox) => Promise<Exchange>;
}

const usual = { enableRateLimit: false, timeout: 60_000 }; // ms, for an answer

async function backpack({ rest, ws, accounts }: Sandbox): Promise<Exchange> {
  const alice = accounts[0];
  if (alice === undefined) throw new Error("the sandbox has no account");
  const exchange = new pro.backpack({ apiKey: alice.apiKey, secret: alice.secret, ...usual });
  exchange.urls["api"] = { public: rest, private: rest, ws: { public: ws, private: ws } };
  await exchange.loadHttpProxyAgent(); // ccxt wants its agents for `ws:`
  return exchange;
}

function aster(defaultType: "spot" | "swap"): (sandbox: Sandbox) => Promise<Exchange> {
  return async ({ aster: venue }) => {
    const alice = venue?.accounts[0];
    if (venue === undefined || alice === undefined) throw new Error("the sandbox has no Aster");
    const { futures, spot } = venue;
    const { privateKey } = alice.wallet; // ccxt signs with the key of the main wallet
    const exchange = new pro.aster({ privateKey, ...usual, options: { defaultType } });
    exchange.urls["api"] = {
      fapiPublic: `${futures.rest}/fapi`,
      fapiPrivate: `${futures.rest}/fapi`,
      sapiPublic: `${spot.rest}/api`,
      sapiPrivate: `${spot.rest}/api`,
      ws: {
        // its code tells the two services apart by a word in the address
        public: { spot: `${spot.ws}/stream`, swap: `${futures.ws}/fstream/stream` },
        private: { spot: `${spot.ws}/ws`, swap: `${futures.ws}/fstream/ws` },
      },
    };
    await exchange.loadHttpProxyAgent();
    return exchange;
  };
}

/** Every market that ccxt trades here. */
export const places: readonly Place[] = [
  { name: "Backpack spot", symbol: "SOL/USDC", kind: "spot", amount: 1, connect: backpack },
  { name: "Backpack perp", symbol: "SOL/USDC:USDC", kind: "swap", amount: 1, connect: backpack },
  { name: "Aster spot", symbol: "SOL/USDT", kind: "spot", amount: 1, connect: aster("spot") },
  { name: "Aster futures", symbol: "SOL/USDT:USDT", kind: "swap", amount: 1, connect: aster("swap") },
];

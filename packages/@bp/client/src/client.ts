// The client: REST as groups of functions, streams, the venue's clock.
import { type Bound, bind } from "@bp/adapter";
import { ed25519Key, type Secret } from "@bp/signing";
import { type BackpackCore, type BackpackCoreOptions, createBackpackCore } from "./createCore.ts";
import * as account from "./rest/account/index.ts";
import * as assets from "./rest/assets/index.ts";
import * as borrowLend from "./rest/borrowLend/index.ts";
import * as capital from "./rest/capital/index.ts";
import { type AllFills, allFills } from "./rest/history/allFills.ts";
import * as history from "./rest/history/index.ts";
import * as markets from "./rest/markets/index.ts";
import * as orders from "./rest/orders/index.ts";
import * as positions from "./rest/positions/index.ts";
import * as prediction from "./rest/prediction/index.ts";
import * as rfq from "./rest/rfq/index.ts";
import * as stocks from "./rest/stocks/index.ts";
import * as strategies from "./rest/strategies/index.ts";
import * as system from "./rest/system/index.ts";
import * as trades from "./rest/trades/index.ts";
import * as vaults from "./rest/vaults/index.ts";
import { type Streams, streamsOver } from "./streams/streams.ts";

/** Who asks, where, and for how long. Without any: public data of the real venue. */
export interface BackpackOptions extends Omit<BackpackCoreOptions, "key"> {
  /** Left out: public data only. `apiKey` is the base64 of the public key, `secret` that of the 32-byte seed. */
  readonly key?: { readonly apiKey: string; readonly secret: Secret | string };
}

/**
 * The REST interface in groups, each function `(params, { signal, timeoutMs })`. Decimals stay text, names are the
 * venue's.
 */
export interface Rest {
  readonly markets: Bound<typeof markets>;
  readonly assets: Bound<typeof assets>;
  readonly trades: Bound<typeof trades>;
  readonly system: Bound<typeof system>;
  readonly orders: Bound<typeof orders>;
  readonly account: Bound<typeof account>;
  readonly capital: Bound<typeof capital>;
  readonly positions: Bound<typeof positions>;
  readonly borrowLend: Bound<typeof borrowLend>;
  readonly history: Bound<typeof history> & { readonly allFills: AllFills };
  readonly rfq: Bound<typeof rfq>;
  readonly strategies: Bound<typeof strategies>;
  readonly vaults: Bound<typeof vaults>;
  readonly prediction: Bound<typeof prediction>;
  readonly stocks: Bound<typeof stocks>;
}

/** A client of one account, or of public data alone. */
export interface Backpack extends BackpackCore {
  readonly rest: Rest;
  readonly streams: Streams;
}

/**
 * A client of Backpack Exchange with everything in it. Where size matters, `createBackpackCore` has only what is handed to it.
 *
 * @throws BpError `signing/bad-key`, `signing/key-mismatch` for a key that cannot sign; `config/invalid` for a URL, window, proxy or
 *   broker that cannot be
 * @example
 * const backpack = createBackpack({});
 * const book = await backpack.rest.markets.depth({ symbol: "SOL_USDC_PERP", limit: 20 });
 */
export function createBackpack({ key, ...options }: BackpackOptions = {}): Backpack {
  const core = createBackpackCore(
    key === undefined ? options : { ...options, key: ed25519Key(key.apiKey, key.secret) },
  );
  const { call } = core;
  const past = bind(call, history);
  return {
    ...core,
    rest: {
      markets: bind(call, markets),
      assets: bind(call, assets),
      trades: bind(call, trades),
      system: bind(call, system),
      orders: bind(call, orders),
      account: bind(call, account),
      capital: bind(call, capital),
      positions: bind(call, positions),
      borrowLend: bind(call, borrowLend),
      history: { ...past, allFills: allFills(past.fills) },
      rfq: bind(call, rfq),
      strategies: bind(call, strategies),
      vaults: bind(call, vaults),
      prediction: bind(call, prediction),
      stocks: bind(call, stocks),
    },
    streams: streamsOver(core.streams),
  };
}

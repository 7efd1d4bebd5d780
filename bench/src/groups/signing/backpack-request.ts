// signing/backpack-request: parameters of an order in, headers and body out.
import { createPrivateKey, sign } from "node:crypto";
import { type PlaceParams, placeParams } from "@bp/client";
import { canonical, createEd25519Pair, ed25519Key, prepare, signedHeaders, verifyEd25519 } from "@bp/signing";
import { backpack as Backpack } from "ccxt";
import type { Group } from "../../group.ts";
import { raceRequests } from "../../signedRequests.ts";

const at = 1_750_000_000_000;
const windowMs = 5_000;
const seed = Uint8Array.from({ length: 32 }, (_, place) => place + 1);
const { apiKey, secret } = createEd25519Pair(seed);

interface Signed {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const orderOf = (count: number): PlaceParams => ({
  symbol: "SOL_USDC_PERP",
  side: "Bid",
  orderType: "Limit",
  price: `${100 + (count % 50)}.5`,
  quantity: "0.25",
  timeInForce: "GTC",
  clientId: 1 + (count % 1_000_000),
  postOnly: true,
});

export const backpackRequest: Group = {
  about: "Whole signed order requests a second: parameters in, headers and JSON body out, ED25519 included.",
  run: async (options) => {
    const contenders = [
      { name: "hand-built + node:crypto", role: "limit", make: byHand() },
      {
        name: "@bp/signing prepare",
        role: "ours",
        make: byPrepare(),
        goals: [
          { against: "hand-built + node:crypto", atLeast: 0.9 },
          { against: "ccxt backpack.sign", atLeast: 10 },
        ],
      },
      {
        name: "@bp/client, parameters checked",
        role: "ours",
        make: byClient(),
        goals: [
          { against: "hand-built + node:crypto", atLeast: 0.9 },
          { against: "ccxt backpack.sign", atLeast: 10 },
        ],
      },
      { name: "ccxt backpack.sign", role: "peer", make: byCcxt() },
    ] as const;
    return raceRequests(contenders, { orderOf, isRight, perPiece: 50 }, options);
  },
};

/** The body says what was asked, and the signature is that of the text which the venue makes of the body. */
function isRight({ headers, body }: Signed, order: PlaceParams): boolean {
  const sent = JSON.parse(body) as PlaceParams; // made of one
  const text = canonical("orderExecute", sent, Number(headers["X-Timestamp"]), Number(headers["X-Window"]));
  const same = Object.entries(order).every(([key, value]) => sent[key as keyof PlaceParams] === value);
  return same && headers["X-API-Key"] === apiKey && verifyEd25519(apiKey, text, headers["X-Signature"] ?? "");
}

/** As fast as it goes: this one instruction with these very fields, nothing checked. */
function byHand(): (order: PlaceParams) => Signed {
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  return ({ symbol, side, orderType, price, quantity, timeInForce, clientId, postOnly }) => {
    const text = `instruction=orderExecute&clientId=${clientId}&orderType=${orderType}&postOnly=${postOnly}&price=${price}&quantity=${quantity}&side=${side}&symbol=${symbol}&timeInForce=${timeInForce}&timestamp=${at}&window=${windowMs}`;
    return {
      headers: {
        "X-API-Key": apiKey,
        "X-Signature": sign(null, Buffer.from(text), key).toString("base64"),
        "X-Timestamp": String(at),
        "X-Window": String(windowMs),
      },
      body: `{"clientId":${clientId},"orderType":"${orderType}","postOnly":${postOnly},"price":"${price}","quantity":"${quantity}","side":"${side}","symbol":"${symbol}","timeInForce":"${timeInForce}"}`,
    };
  };
}

function byPrepare(): (order: PlaceParams) => Signed {
  const key = ed25519Key(apiKey, secret);
  const place = prepare("orderExecute", Object.keys(placeParams.shape));
  return (order) => {
    const { headers, body } = place.sign(key, order, at, windowMs);
    return { headers: { ...headers }, body };
  };
}

/** What the client does with an order before it goes out. */
function byClient(): (order: PlaceParams) => Signed {
  const key = ed25519Key(apiKey, secret);
  return (order) => {
    const params = placeParams.parse(order);
    const headers = signedHeaders(key, canonical("orderExecute", params, at, windowMs), at, windowMs);
    return { headers: { ...headers }, body: JSON.stringify(params) };
  };
}

function byCcxt(): (order: PlaceParams) => Signed {
  const exchange = new Backpack({ apiKey, secret: secret.reveal(), enableRateLimit: false });
  return (order) => {
    const { headers, body } = exchange.sign("api/v1/order", "private", "POST", { ...order });
    return { headers, body };
  };
}

// A signed order by hand, for the contenders that have no client.
import { createPrivateKey, sign } from "node:crypto";
import { apiKey, secret, size, symbol } from "./market.ts";

const der = Buffer.concat([
  Buffer.from("302e020100300506032b657004220420", "hex"),
  Buffer.from(secret.reveal(), "base64"),
]);
const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });

/** Headers and body of a limit order to buy. */
export function orderAt(price: string): { readonly headers: Readonly<Record<string, string>>; readonly body: string } {
  const at = Date.now();
  const text = `instruction=orderExecute&orderType=Limit&postOnly=true&price=${price}&quantity=${size}&side=Bid&symbol=${symbol}&timeInForce=GTC&timestamp=${at}&window=5000`;
  return {
    headers: {
      "X-API-Key": apiKey,
      "X-Signature": sign(null, Buffer.from(text), key).toString("base64"),
      "X-Timestamp": String(at),
      "X-Window": "5000",
    },
    body: `{"orderType":"Limit","postOnly":true,"price":"${price}","quantity":"${size}","side":"Bid","symbol":"${symbol}","timeInForce":"GTC"}`,
  };
}

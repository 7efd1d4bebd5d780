// signing/aster-hmac-request: parameters of an order in, header and form body out, by the old kind of key (V1).
import { hash } from "node:crypto";
import { formText, hmacKey, verifyHmac } from "@bp/signing";
import { binanceusdm as Binance } from "ccxt";
import type { Group } from "../../group.ts";
import { raceRequests } from "../../signedRequests.ts";

const at = 1_750_000_000_000;
const apiKey = "dbefbc809e3e83c283a984c3a1459732ea7db1360ca80c5c2c8867408d28cc83"; // of the venue's documents
const secret = "2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9";

interface Signed {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const orderOf = (count: number) => ({
  symbol: "ASTERUSDT",
  side: "BUY",
  type: "LIMIT",
  timeInForce: "GTX",
  quantity: "20",
  price: `${100 + (count % 50)}.5`,
  newClientOrderId: `bp-${1 + (count % 1_000_000)}`,
});
type Order = ReturnType<typeof orderOf>;

export const asterHmacRequest: Group = {
  about: "Whole signed order requests a second: parameters in, key header and form body out, HMAC-SHA256 included.",
  run: async (options) => {
    const contenders = [
      { name: "hand-built + crypto.hash, pads made once", role: "limit", make: byHand() },
      {
        name: "@bp/signing",
        role: "ours",
        make: bySigning(),
        goals: [
          { against: "hand-built + crypto.hash, pads made once", atLeast: 0.85 },
          { against: "ccxt binanceusdm.sign", atLeast: 5 },
        ],
      },
      { name: "ccxt binanceusdm.sign", role: "peer", make: byCcxt() },
    ] as const;
    return raceRequests(contenders, { orderOf, isRight, perPiece: 200 }, options);
  },
};

/** The body says what was asked, and its signature, the last parameter, is that of all before it. */
function isRight({ headers, body }: Signed, order: Order): boolean {
  const [text = "", signature = "", ...more] = body.split("&signature=");
  const sent = new URLSearchParams(text);
  const same = Object.entries(order).every(([key, value]) => sent.get(key) === value);
  return same && more.length === 0 && headers["X-MBX-APIKEY"] === apiKey && verifyHmac(secret, text, signature);
}

/** As fast as it goes: these very fields, nothing checked, nothing encoded. */
function byHand(): (order: Order) => Signed {
  const block = Buffer.alloc(64);
  block.write(secret);
  const inner = Buffer.from(block.map((byte) => byte ^ 0x36)).toString("latin1"); // of ASCII comes ASCII
  const outer = Buffer.alloc(96);
  outer.set(block.map((byte) => byte ^ 0x5c));
  return ({ symbol, side, type, timeInForce, quantity, price, newClientOrderId }) => {
    const text = `symbol=${symbol}&side=${side}&type=${type}&timeInForce=${timeInForce}&quantity=${quantity}&price=${price}&newClientOrderId=${newClientOrderId}&recvWindow=5000&timestamp=${at}`;
    outer.set(hash("sha256", inner + text, "buffer"), 64);
    return {
      headers: { "X-MBX-APIKEY": apiKey },
      body: `${text}&signature=${hash("sha256", outer, "hex")}`,
    };
  };
}

function bySigning(): (order: Order) => Signed {
  const key = hmacKey(apiKey, secret);
  return (order) => {
    const text = formText({ ...order, recvWindow: 5000, timestamp: at });
    return { headers: { "X-MBX-APIKEY": key.apiKey }, body: `${text}&signature=${key.sign(text)}` };
  };
}

function byCcxt(): (order: Order) => Signed {
  const exchange = Object.assign(new Binance(), { apiKey, secret, enableRateLimit: false });
  return (order) => {
    const { headers, body } = exchange.sign("order", "fapiPrivate", "POST", { ...order });
    return { headers, body };
  };
}

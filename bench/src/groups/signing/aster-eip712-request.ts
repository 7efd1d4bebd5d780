// signing/aster-eip712-request: parameters of an order in, form body out, by the key of an agent (V3).
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { agentKey, createNonces, formText, loadFastSecp256k1, type Secp256k1, verifyEip712 } from "@bp/signing";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { aster as Aster } from "ccxt";
import { signRecoverable } from "tiny-secp256k1";
import type { Group } from "../../group.ts";
import { raceRequests } from "../../signedRequests.ts";

// Of the venue's documents; nobody's money.
const user = "0x63DD5aCC6b1aa0f563956C0e534DD30B6dcF7C4e";
const signer = "0x21cF8Ae13Bb72632562c6Fff438652Ba1a151bb0";
const privateKey = "0x4fd0a42218f3eae43a6ce26d22544e986139a01e5b34a62db53757ffca81bae1";
const chainId = 1666;

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

const wasmLimit = "hand-built + tiny-secp256k1, cached domain";
const nobleLimit = "hand-built + noble curves, cached domain";
const ccxtSign = "ccxt aster.sign";

export const asterEip712Request: Group = {
  about: "Whole signed order requests a second: parameters in, form body out, nonce and EIP-712 signature included.",
  run: async (options) => {
    const directory = mkdtempSync(join(tmpdir(), "bench-nonces-"));
    try {
      const contenders = [
        { name: wasmLimit, role: "limit", make: byHand(tinySign) },
        {
          name: "@bp/signing, WebAssembly",
          role: "ours",
          make: bySigning(directory, await loadFastSecp256k1()),
          goals: [
            { against: wasmLimit, atLeast: 0.9 },
            { against: ccxtSign, atLeast: 2.7 },
          ],
        },
        { name: nobleLimit, role: "note", make: byHand(nobleSign) },
        {
          name: "@bp/signing, JavaScript alone",
          role: "ours",
          make: bySigning(directory, undefined),
          goals: [{ against: nobleLimit, atLeast: 0.9 }],
        },
        { name: ccxtSign, role: "peer", make: byCcxt() },
      ] as const;
      return raceRequests(contenders, { orderOf, isRight, perPiece: 20 }, options);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

/** The body says what was asked, and its signature, the last parameter, is the agent's under all before it. */
function isRight(body: string, order: Order): boolean {
  const [text = "", signature = "", ...more] = body.split("&signature=");
  const sent = new URLSearchParams(text);
  const same = Object.entries(order).every(([key, value]) => sent.get(key) === value);
  return (
    same &&
    more.length === 0 &&
    /^\d{16}$/.test(sent.get("nonce") ?? "") &&
    verifyEip712(signer, text, signature, chainId)
  );
}

const key = Buffer.from(privateKey.slice(2), "hex");

function tinySign(digest: Uint8Array): string {
  const { signature, recoveryId } = signRecoverable(digest, key);
  return Buffer.from(signature).toString("hex") + (27 + recoveryId).toString(16);
}

function nobleSign(digest: Uint8Array): string {
  const signed = Buffer.from(secp256k1.sign(digest, key, { prehash: false, format: "recovered" }));
  return signed.toString("hex", 1) + (27 + (signed[0] ?? 0)).toString(16);
}

/** As fast as it goes: these very fields, nothing checked, nothing encoded. */
function byHand(sign: (digest: Uint8Array) => string): (order: Order) => string {
  const struct = Buffer.alloc(64);
  struct.write("c4cfb57eea370ef2a92403a7e865b2de262d7ca272333665b54ad7e6a602ef68", "hex"); // Message(string msg)
  const signed = Buffer.alloc(66);
  signed.write("1901a95d0a7a6f3f17fcebb0c2336645385ce79cde7523f71ab147fdb7f15e9f37f9", "hex"); // domain of chain 1666
  let last = Date.now() * 1_000;
  return ({ symbol, side, type, timeInForce, quantity, price, newClientOrderId }) => {
    const text = `symbol=${symbol}&side=${side}&type=${type}&timeInForce=${timeInForce}&quantity=${quantity}&price=${price}&newClientOrderId=${newClientOrderId}&nonce=${++last}&user=${user}&signer=${signer}`;
    struct.set(keccak_256(Buffer.from(text, "utf8")), 32);
    signed.set(keccak_256(struct), 34);
    return `${text}&signature=0x${sign(keccak_256(signed))}`;
  };
}

function bySigning(directory: string, backend: Secp256k1 | undefined): (order: Order) => string {
  const agent = agentKey({ user, signer, privateKey, chainId, backend });
  const nonces = createNonces({ signer, directory });
  return (order) => {
    const text = formText({ ...order, nonce: nonces.next(), user: agent.user, signer: agent.signer });
    return `${text}&signature=${agent.sign(text)}`;
  };
}

function byCcxt(): (order: Order) => string {
  const exchange = new Aster({ privateKey, enableRateLimit: false });
  return (order) => exchange.sign("v3/order", "fapiPrivate", "POST", { ...order })["body"];
}

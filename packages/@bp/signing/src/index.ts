// What leaves the package.
export { masked } from "@bp/core";
export { type Address, addressFrom } from "./address.ts";
export { canonical, canonicalBatch, type Params, type ParamValue } from "./canonical.ts";
export { createEd25519Pair, type Ed25519Key, type Ed25519Pair, ed25519Key, verifyEd25519 } from "./ed25519.ts";
export {
  type Agent,
  type AgentKey,
  type AgentKeyOptions,
  agentKey,
  createAgent,
  recoverEip712,
  verifyEip712,
} from "./eip712.ts";
export { type FormParams, formText, rawFormText } from "./form.ts";
export { type HmacKey, hmacKey, verifyHmac } from "./hmac.ts";
export { createNonces, createSpareNonces, type NonceOptions, type Nonces, type SpareNonces } from "./nonce.ts";
export { type Prepared, prepare, type SignedHeaders, type SignedRequest, signedHeaders } from "./prepare.ts";
export { loadFastSecp256k1, type Secp256k1, type TinySecp256k1 } from "./secp256k1.ts";
export { Secret } from "./secret.ts";

// What leaves the package.
export { canonical, canonicalBatch, type Params, type ParamValue } from "./canonical.ts";
export { createEd25519Pair, type Ed25519Key, type Ed25519Pair, ed25519Key, verifyEd25519 } from "./ed25519.ts";
export { type Prepared, prepare, type SignedHeaders, type SignedRequest, signedHeaders } from "./prepare.ts";
export { masked, Secret } from "./secret.ts";

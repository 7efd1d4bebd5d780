// Node's one-shot hash, where there is one.
import { builtin } from "./files.ts";

/** The member of `node:crypto` used here; this package is compiled without Node's types. */
export interface NodeHash {
  readonly hash: {
    (algorithm: "sha256", data: string | Uint8Array, encoding: "hex"): string;
    (algorithm: "sha256", data: string | Uint8Array, encoding: "buffer"): Uint8Array;
  };
}

/** `undefined` where there is no Node, or one that has no `crypto.hash`. */
export const nodeHash: NodeHash | undefined = /* @__PURE__ */ find();

function find(): NodeHash | undefined {
  const crypto = builtin("node:crypto") as Partial<NodeHash> | undefined; // the module of that name
  return typeof crypto?.hash === "function" ? (crypto as NodeHash) : undefined; // just looked at
}

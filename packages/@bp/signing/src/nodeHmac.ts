// HMAC-SHA256 by Node's one-shot hash: the two pads are made once, then each signature is two hashes.
import { utf8Of } from "./bytes.ts";
import type { NodeHash } from "./hash.ts";

/** The inner pad of an ASCII key is ASCII again, so that pad and text are hashed as one string. */
export function nodeHmac({ hash }: NodeHash, secret: string): (text: string) => string {
  const bytes = secret.length > 64 ? hash("sha256", secret, "buffer") : utf8Of(secret);
  const block = new Uint8Array(64);
  block.set(bytes);
  const inner = Uint8Array.from(block, (byte) => byte ^ 0x36);
  const outer = new Uint8Array(96);
  outer.set(block.map((byte) => byte ^ 0x5c));
  if (bytes.every((byte) => byte < 0x80)) {
    const pad = String.fromCharCode(...inner);
    return (text) => {
      outer.set(hash("sha256", pad + text, "buffer"), 64);
      return hash("sha256", outer, "hex");
    };
  }
  return (text) => {
    const rest = utf8Of(text);
    const all = new Uint8Array(64 + rest.length);
    all.set(inner);
    all.set(rest, 64);
    outer.set(hash("sha256", all, "buffer"), 64);
    return hash("sha256", outer, "hex");
  };
}

// Bytes out of texts, and back: hex and UTF-8.

const digits = /* @__PURE__ */ Array.from({ length: 256 }, (_, byte) => (byte + 256).toString(16).slice(1));
const encoder = /* @__PURE__ */ new TextEncoder();

/** Two digits a byte, in lower case. */
export function hexOf(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += digits[byte];
  return text;
}

/** @param hex - an even number of hex digits of either case, checked before */
export function bytesOfHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16);
  return bytes;
}

/** UTF-8. */
export function utf8Of(text: string): Uint8Array {
  return encoder.encode(text);
}

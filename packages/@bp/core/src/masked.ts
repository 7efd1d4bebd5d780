// Texts of others on their way into a log or an error: what looks like a key is blotted out.

const hidden = "[secret]";

// Base64 of 32 bytes (a key, a seed) or of 64 (a signature, an exported secret); a slash or a plus may be escaped.
const base64Like =
  /(?:[A-Za-z0-9+/]|\\\/|%2[BbFf]){86}(?:==|%3[Dd]%3[Dd])|(?:[A-Za-z0-9+/]|\\\/|%2[BbFf]){43}(?:=|%3[Dd])/g;
// Hex of 32 bytes (a secret, a private key, an HMAC) or of 64 and 65 (a signature).
const hexLike = /(?:\b0[xX]|(?<![0-9A-Za-z]))(?:[0-9a-fA-F]{130}|[0-9a-fA-F]{128}|[0-9a-fA-F]{64})(?![0-9A-Za-z])/g;
// Values that are known by their names, whatever they look like: a parameter, a member of JSON (also in a list), a header.
const named =
  /(\bsignature=|"(?:signature|listenKey|secret|secretKey|apiSecret|privateKey|password|twoFactorToken)"\s*:[\s[]*"|\blistenKey=|\bx-mbx-apikey\b["'\\]*\s*[:=,]\s*["'\\]*)(?!\[secret\])[^\s"'\\&,;}\]]+/gi;

/**
 * Blots out everything that looks like a key, a secret or a signature: base64 of 32 or 64 bytes, hex of 32, 64 or 65, and the
 * values of names such as `signature`, `listenKey` and `X-MBX-APIKEY`. For texts of others (an answer, a header dump) on
 * their way into a log or an error. Mask before cutting: half a key looks like none.
 */
export function masked(text: string): string {
  return text.replace(base64Like, hidden).replace(hexLike, hidden).replace(named, `$1${hidden}`);
}

// A text that can be used and never printed.

const hidden = "[secret]";

/**
 * Holds a secret so that it shows as `[secret]` wherever it might be printed: in a template string, in JSON, in
 * `console.log`, in an error. The only way to the text is `reveal()`, which is easy to search for.
 */
export class Secret {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  /** Wraps a text. Nothing is checked: what a secret must look like is known where it is used. */
  static of(text: string): Secret {
    return new Secret(text);
  }

  /** The text itself. Call it as late as possible and keep the answer nowhere. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return hidden;
  }

  toJSON(): string {
    return hidden;
  }

  /** What `util.inspect` and `console.log` of Node and Bun print. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return hidden;
  }

  /** What `console.log` of Deno prints. */
  [Symbol.for("Deno.customInspect")](): string {
    return hidden;
  }
}

// Base64 of 32 bytes (a key, a seed) or of 64 (a signature, an exported secret); a slash or a plus may be escaped.
const base64Like =
  /(?:[A-Za-z0-9+/]|\\\/|%2[BbFf]){86}(?:==|%3[Dd]%3[Dd])|(?:[A-Za-z0-9+/]|\\\/|%2[BbFf]){43}(?:=|%3[Dd])/g;
// Hex of 32 bytes (a secret, a private key, an HMAC) or of 64 and 65 (a signature).
const hexLike = /(?:\b0[xX]|(?<![0-9A-Za-z]))(?:[0-9a-fA-F]{130}|[0-9a-fA-F]{128}|[0-9a-fA-F]{64})(?![0-9A-Za-z])/g;
// Values that are known by their names, whatever they look like: a parameter, a member of JSON, a header.
const named =
  /(\bsignature=|"signature":\s*"|\bx-mbx-apikey\b["'\\]*\s*[:=,]\s*["'\\]*)(?!\[secret\])[^\s"'\\&,;}\]]+/gi;

/**
 * Blots out everything that looks like a key, a secret or a signature: base64 of 32 or 64 bytes, hex of 32, 64 or 65, and the
 * values of `signature` and of the header `X-MBX-APIKEY`. For texts of others (an answer, a header dump) on their way into
 * a log or an error.
 */
export function masked(text: string): string {
  return text.replace(base64Like, hidden).replace(hexLike, hidden).replace(named, `$1${hidden}`);
}

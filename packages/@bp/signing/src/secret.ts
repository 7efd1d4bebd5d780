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
const keyLike =
  /(?:[A-Za-z0-9+/]|\\\/|%2[BbFf]){86}(?:==|%3[Dd]%3[Dd])|(?:[A-Za-z0-9+/]|\\\/|%2[BbFf]){43}(?:=|%3[Dd])/g;

/**
 * Blots out everything that looks like a key, a secret or a signature: base64 of 32 or 64 bytes. For texts of others
 * (an answer, a header dump) on their way into a log or an error.
 */
export function masked(text: string): string {
  return text.replace(keyLike, hidden);
}

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

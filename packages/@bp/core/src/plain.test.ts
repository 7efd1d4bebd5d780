import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BpError } from "./errors.ts";
import { plain, plainLines } from "./plain.ts";

const hostile = "\x1b]0;title\x07a\x1b[2J\x1b[31mb\x9b31mc\r\nd\u202ee\u2028f\x08g\x7f";

describe("plain", () => {
  it("leaves nothing that a terminal obeys, and no second line", () => {
    expect(plain(hostile)).toBe("�]0;title�a�[2J�[31mb�31mc� d�e�f�g�");
  });

  it("leaves letters of any script alone", () => {
    for (const text of ["insufficient margin (-2019)", "余额不足", "é ß 🙂", "SOL_USDC_PERP"])
      expect(plain(text)).toBe(text);
  });

  it("never leaves a control, and is stable", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const shown = plain(text);
        expect(shown).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        expect(plain(shown)).toBe(shown);
        expect(plainLines(text).replaceAll(/[\n\t]/g, "")).not.toMatch(/\p{Cc}/u);
      }),
    );
  });

  it("keeps the lines of a text of several", () => {
    expect(plainLines("a\n\tb\x1b[1mc\r\n")).toBe("a\n\tb�[1mc�\n");
  });
});

describe("the message of a BpError", () => {
  it("is one line that steers nothing, whatever a venue said", () => {
    const { message, context } = new BpError("config/unreadable", { file: "a", why: hostile });
    expect(message).toBe(`a cannot be read: ${plain(hostile)}`);
    expect(context.why).toBe(hostile); // as it was, for programs
  });
});

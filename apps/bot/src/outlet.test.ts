import { describe, expect, it } from "vitest";
import { cleaned, watchOutlets } from "./outlet.ts";

const esc = "\u001b";

describe("cleaned", () => {
  it("keeps lines, tabs, letters of any script and our colours", () => {
    const piece = `a\tb\n${esc}[1;31m余额${esc}[0m ✓\n`;
    expect(cleaned(piece)).toBe(piece);
  });

  it("takes away what clears, moves, renames, rings or turns around", () => {
    for (const hostile of [
      `${esc}[2J`,
      `${esc}[1A`,
      `${esc}]0;title\u0007`,
      `${esc}c`,
      "\u009b2J",
      "\b",
      "\r",
      "\u202e",
      `${esc}P1$q`,
    ])
      expect(cleaned(`said: ${hostile}\n`)).toMatch(/^said: [^\p{Cc}\u202e]+\n$/u);
  });

  it("lets a prompt move the cursor by pieces of its own", () => {
    for (const piece of [`${esc}[1G`, `${esc}[0J`, "\r\n"]) expect(cleaned(piece)).toBe(piece);
  });

  it("leaves JSON readable", () => {
    expect(JSON.parse(cleaned(JSON.stringify({ text: "a\u009bb\u001b[2J\u202e" })))).toEqual({
      text: "a\ufffdb\u001b[2J\ufffd",
    });
  });
});

describe("watchOutlets", () => {
  it("looks at texts and leaves bytes and callbacks as they are", () => {
    const seen: unknown[] = [];
    const stream = { write: (...all: unknown[]) => seen.push(...all) > 0 } as unknown as NodeJS.WriteStream; // all that is used of one
    watchOutlets(stream);
    const heard = () => undefined;
    stream.write(`a${esc}[2Jb\n`, heard);
    stream.write(Uint8Array.of(27));
    expect(seen).toEqual(["a\ufffd[2Jb\n", heard, Uint8Array.of(27)]);
  });
});

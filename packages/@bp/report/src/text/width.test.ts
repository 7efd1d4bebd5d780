// Columns of a terminal.
import { describe, expect, it } from "vitest";
import { painted } from "./look.ts";
import { displayWidth, pad } from "./width.ts";

describe("displayWidth", () => {
  it("gives a Chinese character two columns", () => {
    expect(displayWidth("市場狀態")).toBe(8);
    expect(displayWidth("mid 中間價")).toBe(10);
    expect(displayWidth("（全形）")).toBe(8);
    expect(displayWidth("한국 かな 🚀")).toBe(12);
  });

  it("gives letters, rules and accents one, combining marks and colours none", () => {
    expect(displayWidth("── bid")).toBe(6);
    expect(displayWidth("é")).toBe(1);
    expect(displayWidth("e\u0301")).toBe(1);
    expect(displayWidth(painted("+2.45", "good", { language: "en", paint: "ansi" }))).toBe(5);
  });
});

describe("pad", () => {
  it("fills to columns, not to characters", () => {
    expect(pad("買", 4, "right")).toBe("買  ");
    expect(pad("買", 4, "left")).toBe("  買");
    expect(pad("too long", 3, "left")).toBe("too long");
  });
});

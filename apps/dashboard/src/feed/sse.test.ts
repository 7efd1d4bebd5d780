import { describe, expect, it } from "vitest";
import { createSseReader } from "./sse.ts";

function heard(pieces: readonly string[]) {
  const all: (readonly [string, string])[] = [];
  const reader = createSseReader((event, data) => all.push([event, data]));
  for (const piece of pieces) reader.push(piece);
  return all;
}

const text = 'event: frame\ndata: {"seq":1}\n\n:\n\nevent: news\r\ndata: [1]\r\n\r\ndata: a\ndata: b\n\n';
const whole = [
  ["frame", '{"seq":1}'],
  ["news", "[1]"],
  ["message", "a\nb"],
];

describe("createSseReader", () => {
  it("hears the same wherever the text is cut", () => {
    expect(heard([text])).toEqual(whole);
    expect(heard(text.split(""))).toEqual(whole);
    for (let at = 1; at < text.length; at += 1) expect(heard([text.slice(0, at), text.slice(at)])).toEqual(whole);
  });

  it("hears nothing of an event that is not whole, and nothing in a sign of life", () => {
    expect(heard(["event: frame\ndata: {}\n"])).toEqual([]);
    expect(heard([":\n\n:\n\n"])).toEqual([]);
  });
});

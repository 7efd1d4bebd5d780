import { describe, expect, it } from "vitest";
import { frameFixture } from "./frame.fixture.ts";
import { createShelf } from "./shelf.ts";

describe("createShelf", () => {
  it("says how old a frame is that it gives late, and of none that it gives at once", () => {
    let now = 7_000;
    const shelf = createShelf(() => now);
    const given = () => /event: age\ndata: (.*)\n\n$/.exec(String(shelf.after(shelf.nothing())?.text))?.[1];
    expect(shelf.after(shelf.nothing())).toBeUndefined();
    shelf.put({ event: "frame", data: frameFixture() });
    expect(given()).toBeUndefined();
    now += 12_000.4;
    expect(given()).toBe("12000");
    shelf.put({ event: "frame", data: frameFixture() });
    expect(given()).toBeUndefined();
  });

  it("says it of no frame that was given before", () => {
    let now = 0;
    const shelf = createShelf(() => now);
    shelf.put({ event: "frame", data: frameFixture() });
    const { seen = shelf.nothing() } = shelf.after(shelf.nothing()) ?? {};
    now += 12_000;
    shelf.put({ event: "bots", data: [] });
    expect(String(shelf.after(seen)?.text)).toBe("event: bots\ndata: []\n\n");
  });
});

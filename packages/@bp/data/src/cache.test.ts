import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openTape, writeTape } from "./cache.ts";
import { messagesOf, testFolder } from "./files.fixture.ts";
import { marketOf, tapeOf } from "./tapes.fixture.ts";

const { folder, file } = testFolder();
const sol = marketOf("backpack:SOL_USDC_PERP");
const tape = tapeOf(
  [sol],
  [
    [
      ["reset", 1_000, 0, 0],
      ["bid", 1_000, 15_000, 25],
      ["ask", 1_000, 15_002, 30],
    ],
    [["sold", 1_250.5, 15_000, 3]],
  ],
  ["nothing of tomorrow"],
);

describe("writeTape, openTape", () => {
  const path = join(folder, "sol.tape");

  it("gives back what was written, on memory that can be shared", () => {
    writeTape(path, tape);
    const opened = openTape(path);
    expect(opened).toMatchObject({ rows: 4, digest: tape.digest, lacks: tape.lacks, instruments: [sol] });
    expect(messagesOf(opened)).toEqual(messagesOf(tape));
    expect([...opened.at]).toEqual([...tape.at]);
    expect(opened.a.buffer).toBe(opened.kinds.buffer);
    expect(opened.a.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it("holds an empty tape", () => {
    const empty = tapeOf([], []);
    writeTape(join(folder, "empty.tape"), empty);
    expect(openTape(join(folder, "empty.tape"))).toMatchObject({ rows: 0, digest: empty.digest });
  });

  it("replaces what is there and leaves no draft behind", () => {
    writeTape(path, tape);
    writeTape(path, tape);
    expect(readdirSync(folder).filter((name) => name.includes("draft"))).toEqual([]);
  });

  it("notices every byte that is other than it was written", () => {
    writeTape(path, tape);
    const bytes = readFileSync(path);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0x01;
      const other = file("changed.tape", changed);
      expect(() => openTape(other), `byte ${at}`).toThrow(/is damaged|of no known format/);
    }
  });

  it("notices that it was cut, at any byte, and that something was added", () => {
    const bytes = readFileSync(path);
    for (let length = 0; length < bytes.length; length += 1)
      expect(() => openTape(file("cut.tape", bytes.subarray(0, length))), `${length} bytes`).toThrow(
        /is damaged|of no known format/,
      );
    expect(() => openTape(file("long.tape", Buffer.concat([bytes, bytes])))).toThrow(/something was added/);
  });

  it("says what a file is that is no tape, and that one is not there", () => {
    writeFileSync(join(folder, "other.tape"), "open,high,low,close\n");
    expect(() => openTape(join(folder, "other.tape"))).toThrow(
      /of no known format: "open,high,low,cl"; a tape begins with/,
    );
    expect(() => openTape(join(folder, "none.tape"))).toThrow(/none\.tape/);
  });

  it("says where it cannot be written", () => {
    expect(() => writeTape(join(folder, "no", "folder.tape"), tape)).toThrow(/cannot be written/);
  });
});

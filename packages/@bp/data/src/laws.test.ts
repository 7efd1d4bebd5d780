// What must hold of every tape, tried on many that were drawn.
import { join } from "node:path";
import { createBook, lastOfMessage, lots, millis, random, type Tape, tapeRow } from "@bp/core";
import { describe, expect, it } from "vitest";
import { openTape, writeTape } from "./cache.ts";
import { castTape } from "./cast.ts";
import { checkTape } from "./check.ts";
import { testFolder } from "./files.fixture.ts";
import { joinTapes } from "./join.ts";
import { shiftTape } from "./shift.ts";
import { sliceTape } from "./slice.ts";
import { marketOf, type Row, tapeOf } from "./tapes.fixture.ts";

const { folder } = testFolder();
const sol = marketOf("backpack:SOL_USDC_PERP");
const btc = marketOf("backpack:BTC_USDC_PERP", { base: "BTC" });

/** Two markets whose books never cross: bids below 1000, asks above it. */
function drawn(seed: number): Tape {
  const chance = random(seed);
  const below = (count: number) => Math.floor(chance.next() * count);
  const messages: Row[][] = [];
  let at = 1_000;
  for (const market of [0, 1])
    messages.push([
      ["reset", at, 0, 0, market],
      ["bid", at, 990, 5, market],
      ["ask", at, 1_010, 5, market],
    ]);
  for (let each = 0; each < 200; each++) {
    at += below(40);
    const market = below(2);
    const level = (): Row =>
      below(2) === 0
        ? ["bid", at, 999 - below(40), below(3) * below(9), market]
        : ["ask", at, 1_001 + below(40), below(3) * below(9), market];
    const kind = below(10);
    if (kind === 0) messages.push([["sold", at, 999 - below(5), 1 + below(9), market]]);
    else if (kind === 1) messages.push([["mark", at, 1_000 + below(8) / 4, 1_000, market]]);
    else messages.push(Array.from({ length: 1 + below(4) }, level));
  }
  return tapeOf([sol, btc], messages);
}

/** Both books after each message, as text. */
function booksOf(tape: Tape): readonly string[] {
  const books = tape.instruments.map(() => createBook());
  const all: string[] = [];
  for (let row = 0; row < tape.rows; row++) {
    const kind = tape.kinds[row] ?? 0;
    const book = books[tape.markets[row] ?? 0];
    const what = kind & 0x7f;
    if (what === tapeRow.reset) book?.reset([], [], millis(0));
    if (what === tapeRow.bid || what === tapeRow.ask)
      book?.apply(what === tapeRow.bid ? "bid" : "ask", tape.a[row] ?? 0, lots(tape.b[row] ?? 0));
    if (kind >= lastOfMessage)
      all.push(JSON.stringify(books.map((each) => [each.levels("bid", 1_000), each.levels("ask", 1_000)])));
  }
  return all;
}

describe("tapes", () => {
  const seeds = Array.from({ length: 30 }, (_, at) => at + 1);

  it("end with the same books, wherever they are cut", () => {
    for (const seed of seeds) {
      const tape = drawn(seed);
      const end = booksOf(tape).at(-1);
      for (const share of [0.1, 0.5, 0.9]) {
        const cut = Math.floor(1_000 + ((tape.at[tape.rows - 1] ?? 0) - 1_000) * share);
        expect(booksOf(sliceTape(tape, cut)).at(-1), `seed ${seed}`).toBe(end);
        const again = joinTapes([sliceTape(tape, undefined, cut), sliceTape(tape, cut)]);
        expect(booksOf(again).at(-1), `seed ${seed}`).toBe(end);
      }
    }
  });

  it("are the same again after a way there and back", () => {
    for (const seed of seeds) {
      const tape = drawn(seed);
      const fine = [sol, btc].map(({ id }) => ({
        from: id,
        as: marketOf(id, { tickSize: "0.0005", lotSize: "0.001" }),
      }));
      const back = [sol, btc].map((as) => ({ from: as.id, as }));
      const there = castTape(tape, fine);
      expect(there.digest).not.toBe(tape.digest);
      const names = castTape(there, back);
      expect([names.a, names.b, names.kinds]).toEqual([tape.a, tape.b, tape.kinds]);
      expect(shiftTape(shiftTape(tape, 3_600_000), -3_600_000).digest).toBe(tape.digest);
      writeTape(join(folder, "drawn.tape"), tape);
      expect(openTape(join(folder, "drawn.tape"))).toEqual({ ...tape, instruments: [sol, btc] });
    }
  });

  it("have no better prices on a coarser tick, and all of their size", () => {
    for (const seed of seeds) {
      const tape = drawn(seed);
      const casts = [sol, btc].map(({ id }) => ({ from: id, as: marketOf(id, { tickSize: "0.07" }), round: true }));
      const coarse = castTape(tape, casts);
      expect(checkTape(coarse)).toMatchObject({ markets: [{ crossed: 0 }, { crossed: 0 }] });
      const sides = (text: string | undefined) => JSON.parse(text ?? "[]") as [number, number][][][];
      const sum = (levels: readonly [number, number][] = []) => levels.reduce((total, [, size]) => total + size, 0);
      const [one, other] = [sides(booksOf(tape).at(-1)), sides(booksOf(coarse).at(-1))];
      for (const market of [0, 1]) {
        const [bids, asks] = one[market] ?? [];
        const [coarseBids, coarseAsks] = other[market] ?? [];
        expect([sum(coarseBids), sum(coarseAsks)]).toEqual([sum(bids), sum(asks)]);
        expect((coarseBids?.[0]?.[0] ?? 0) * 7).toBeLessThanOrEqual(bids?.[0]?.[0] ?? 0);
        expect((coarseAsks?.[0]?.[0] ?? 1e9) * 7).toBeGreaterThanOrEqual(asks?.[0]?.[0] ?? 1e9);
      }
    }
  });
});

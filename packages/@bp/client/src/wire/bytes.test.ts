import { bytesOf, DepthFrame, type FrameSide } from "@bp/adapter";
import { instrument, toLots, toTicks } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixture } from "../../test/server.ts";
import { bookTickerUpdate } from "../streams/bookTicker.ts";
import { type DepthUpdate, depthUpdate } from "../streams/depth.ts";
import { tradeUpdate } from "../streams/trade.ts";
import { type BookTickerFrame, bookTickerReader } from "./bookTickerBytes.ts";
import { depthReader } from "./depthBytes.ts";
import { type TradeFrame, tradeReader } from "./tradeBytes.ts";

const sol = instrument({
  id: "backpack:SOL_USDC",
  kind: "spot",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
});
const coarse = instrument({
  id: "backpack:SOL_USDC",
  kind: "spot",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.25",
  lotSize: "10",
});
const readDepth = depthReader("SOL_USDC", sol);

const data = (name: string) => (fixture(name) as { readonly data: Record<string, unknown> }).data;
/** The form that was captured, and that of the documentation. */
const forms = (stream: string, content: unknown) => [
  JSON.stringify({ data: content, stream }),
  JSON.stringify({ stream, data: content }),
];

/** The data of a damaged frame. Damage in what no reader looks at changes nothing, even where the frame is no JSON any more. */
function meantBy(damaged: string): unknown {
  const read = damaged.replace(/"E":.{16},/, '"E":1,').replace(/,"stream":".*"}$/, "}");
  return (JSON.parse(read) as { readonly data: unknown }).data;
}

function levels({ count, prices, sizes }: FrameSide) {
  return Array.from({ length: count }, (_, at) => [prices[at], sizes[at]]);
}
function expected(update: DepthUpdate) {
  const side = (rows: DepthUpdate["a"]) => rows.map(([price, size]) => [toTicks(sol, price), toLots(sol, size)]);
  return { first: update.U, last: update.u, time: update.T, bids: side(update.b), asks: side(update.a) };
}
function found(frame: DepthFrame) {
  return { first: frame.first, last: frame.last, time: frame.time, bids: levels(frame.bids), asks: levels(frame.asks) };
}

describe("depthReader", () => {
  it("reads every recorded frame as the schema does, in both forms", () => {
    for (const name of ["ws-depth.json", "ws-depth-remove-level.json", "ws-depth-aggregated.json"])
      for (const text of forms("depth.SOL_USDC", data(name))) {
        const frame = new DepthFrame();
        expect(readDepth(bytesOf(text), frame)).toBe(true);
        expect(found(frame)).toEqual(expected(depthUpdate.parse(data(name))));
      }
  });

  it("reads generated frames as the schema does, with the keys of the data in any order", () => {
    const price = fc.integer({ min: 0, max: 10 ** 9 }).map((units) => (units / 100).toFixed(2));
    const size = fc
      .integer({ min: 0, max: 10 ** 7 })
      .chain((units) =>
        fc.constantFrom((units / 100).toFixed(2), `${units}`, `${units}.0`, `${(units / 100).toFixed(2)}000`),
      );
    const side = fc.array(fc.tuple(price, size), { maxLength: 100 });
    const id = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    const keys = fc.shuffledSubarray(["E", "T", "U", "a", "b", "e", "s", "u"], { minLength: 8 });
    fc.assert(
      fc.property(side, side, id, id, keys, (a, b, U, u, order) => {
        const all: Record<string, unknown> = {
          E: 1788367430247494,
          T: 1788367430246081,
          U,
          a,
          b,
          e: "depth",
          s: "SOL_USDC",
          u,
        };
        const content = Object.fromEntries(order.map((key) => [key, all[key]]));
        for (const text of forms("depth.SOL_USDC", content)) {
          const frame = new DepthFrame();
          expect(readDepth(bytesOf(text), frame)).toBe(true);
          expect(found(frame)).toEqual(expected(depthUpdate.parse(content)));
        }
      }),
    );
  });

  it("never reads something else than the schema: a damaged frame is refused or means the same", () => {
    const [text = ""] = forms("depth.SOL_USDC", data("ws-depth-remove-level.json"));
    fc.assert(
      fc.property(
        fc.nat(text.length - 1),
        fc.integer({ min: 32, max: 126 }),
        fc.constantFrom("replace", "insert", "delete", "cut"),
        (at, code, how) => {
          const letter = String.fromCharCode(code);
          const damaged =
            how === "cut"
              ? text.slice(0, at)
              : text.slice(0, at) + (how === "delete" ? "" : letter) + text.slice(how === "insert" ? at : at + 1);
          const frame = new DepthFrame();
          if (!readDepth(bytesOf(damaged), frame)) return;
          expect(found(frame)).toEqual(expected(depthUpdate.parse(meantBy(damaged))));
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it("leaves to the slow way what it does not know", () => {
    const good = data("ws-depth.json");
    const refused = [
      { ...good, s: "ETH_USDC" },
      { ...good, e: "trade" },
      { ...good, a: [["98.971", "1"]] }, // off the grid
      { ...good, a: [["-98.97", "1"]] },
      { ...good, a: [["9e1", "1"]] },
      { ...good, a: [[98.97, "1"]] },
      { ...good, u: "4330360995" },
      { ...good, T: -1 },
      { ...good, extra: 1 },
      { ...good, U: undefined },
    ];
    for (const content of refused)
      for (const text of forms("depth.SOL_USDC", content))
        expect(readDepth(bytesOf(text), new DepthFrame())).toBe(false);
    expect(
      readDepth(bytesOf(JSON.stringify({ data: good, stream: "depth.SOL_USDC" }, null, 1)), new DepthFrame()),
    ).toBe(false);
    expect(readDepth(bytesOf(""), new DepthFrame())).toBe(false);
  });

  it("counts in steps that are no power of ten", () => {
    const frame = new DepthFrame();
    const content = { ...data("ws-depth.json"), a: [["98.75", "120"]] };
    expect(depthReader("SOL_USDC", coarse)(bytesOf(forms("depth.SOL_USDC", content)[0] ?? ""), frame)).toBe(true);
    expect(levels(frame.asks)).toEqual([[395, 12]]);
    expect(
      depthReader("SOL_USDC", coarse)(bytesOf(forms("depth.SOL_USDC", data("ws-depth.json"))[0] ?? ""), frame),
    ).toBe(false);
  });
});

describe("bookTickerReader", () => {
  const read = bookTickerReader("SOL_USDC", sol);
  const empty = (): BookTickerFrame => ({ time: 0, id: 0, bid: 0, bidSize: 0, ask: 0, askSize: 0 });

  it("reads the recorded frames, an empty side as 0", () => {
    for (const name of ["ws-book-ticker.json", "ws-book-ticker-one-sided.json"])
      for (const text of forms("bookTicker.SOL_USDC", data(name))) {
        const frame = empty();
        expect(read(bytesOf(text), frame)).toBe(true);
        const { T, u, a, A, b, B } = bookTickerUpdate.parse(data(name));
        expect(frame).toEqual({
          time: T,
          id: Number(u),
          bid: b === null ? 0 : toTicks(sol, b),
          bidSize: B === null ? 0 : toLots(sol, B),
          ask: a === null ? 0 : toTicks(sol, a),
          askSize: A === null ? 0 : toLots(sol, A),
        });
      }
  });

  it("leaves an id above 2^53, as the documentation has it, to the slow way", () => {
    const [text = ""] = forms("bookTicker.SOL_USDC", data("ws-book-ticker-docs-form.json"));
    expect(read(bytesOf(text), empty())).toBe(false);
    expect(bookTickerUpdate.parse(data("ws-book-ticker-docs-form.json")).u).toBe("111063070525358080");
  });
});

describe("tradeReader", () => {
  const eth = instrument({
    id: "backpack:ETH_USDC_PERP",
    kind: "perp",
    base: "ETH",
    quote: "USDC",
    tickSize: "0.01",
    lotSize: "0.0001",
  });
  const read = tradeReader("ETH_USDC_PERP", eth);

  it("reads the recorded frame as the schema does", () => {
    for (const text of forms("trade.ETH_USDC_PERP", data("ws-trade.json"))) {
      const frame: TradeFrame = { time: 0, id: 0, price: 0, size: 0, buyerRested: true };
      expect(read(bytesOf(text), frame)).toBe(true);
      const update = tradeUpdate.parse(data("ws-trade.json"));
      expect(frame).toEqual({
        time: update.T,
        id: Number(update.t),
        price: toTicks(eth, update.p),
        size: toLots(eth, update.q),
        buyerRested: update.m,
      });
    }
  });

  it("never reads something else than the schema", () => {
    const [text = ""] = forms("trade.ETH_USDC_PERP", data("ws-trade.json"));
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 32, max: 126 }), (at, code) => {
        const damaged = text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
        const frame: TradeFrame = { time: 0, id: 0, price: 0, size: 0, buyerRested: true };
        if (!read(bytesOf(damaged), frame)) return;
        const update = tradeUpdate.parse(meantBy(damaged));
        expect([frame.time, frame.id, frame.price, frame.buyerRested]).toEqual([
          update.T,
          Number(update.t),
          toTicks(eth, update.p),
          update.m,
        ]);
      }),
      { numRuns: 3_000 },
    );
  });
});

// What strategies are told of their own trades, what they say, and how they come to an end.
import {
  type AnyStrategy,
  decimal,
  type Fill,
  lots,
  millis,
  type News,
  type OwnFill,
  type StrategyEnd,
  type StrategyRemark,
  ticks,
} from "@bp/core";
import { describe, expect, it } from "vitest";
import { createEngine, type Engine } from "./engine.ts";
import { book, nth, perp, quote, snapshot, start } from "./scene.fixture.ts";

/** A strategy in a test's hands: it bids in two slots, and keeps what it hears. */
function listener(name: string) {
  const heard: OwnFill[][] = [];
  const ends: string[] = [];
  const says: { remarks: readonly StrategyRemark[]; end: StrategyEnd | undefined } = { remarks: [], end: undefined };
  let counted = 0;
  const strategy: AnyStrategy = {
    name,
    params: { parse: () => ({}) },
    instruments: () => [perp.id],
    start: () => 0,
    remember: (memory, event, view) => {
      if (event.type === "order.rejected") ends.push(event.text);
      const fills = view.fills();
      if (fills.length === 0) return memory;
      heard.push([...fills]);
      counted += fills.length;
      return counted;
    },
    want: () => [quote("buy", 14_990, 10, { slot: `${name}.near` }), quote("buy", 14_980, 10, { slot: `${name}.far` })],
    remarks: () => says.remarks,
    ends: () => says.end,
  };
  return { strategy, heard, ends, says };
}

const fillOf = (count: number, tradeId: string, total: number): Fill => ({
  type: "order.filled",
  clientId: nth(count),
  venueOrderId: `v${count}`,
  tradeId,
  instrument: perp.id,
  side: "buy",
  price: ticks(14_990),
  size: lots(4),
  total: lots(total),
  fee: decimal("0.01"),
  feeAsset: "USDC",
  liquidity: "maker",
  venueAt: millis(start + 500),
});

function engineWith(strategies: readonly AnyStrategy[], existing?: "flatten") {
  const engine = createEngine({
    run: 1,
    instruments: [perp],
    strategies: strategies.map((strategy) => ({ strategy, params: {} })),
    rules: [],
    ...(existing === undefined ? {} : { existing }),
  });
  let seq = 0;
  let at = start;
  const tell = (news: News) => engine.step({ ...news, at: millis(++at), venueAt: millis(at), seq: ++seq });
  tell({ type: "link.restored", venue: "v", stream: "account", why: "test" });
  tell(book());
  return { engine, tell, at: () => at };
}
const beat: News = { type: "timer.fired", name: "beat" };
const said = (engine: Engine) => engine.notes().map(({ rule, why }) => `${rule} | ${why}`);

describe("view.fills", () => {
  it("brings each trade once to the strategy that ordered it, with its slot, whoever tells it and how often", () => {
    const [a, b] = [listener("a"), listener("b")];
    const { tell, at } = engineWith([a.strategy, b.strategy]);
    const placed = tell(snapshot({ asOf: at() }));
    expect(placed.filter(({ type }) => type === "order.place")).toHaveLength(4); // a.near, a.far, b.near, b.far
    tell(fillOf(2, "t1", 4));
    tell(fillOf(2, "t1", 4)); // twice
    expect(a.heard).toHaveLength(1);
    expect(a.heard[0]).toMatchObject([{ tradeId: "t1", slot: "a.far" }]);
    expect(b.heard).toHaveLength(0);
    // A stream has not told of two more; a snapshot does, and repeats the first.
    const fills = [fillOf(2, "t1", 4), fillOf(1, "t2", 4), fillOf(3, "t3", 4)];
    tell(snapshot({ asOf: at(), fills, position: 12 }));
    expect(a.heard[1]).toMatchObject([{ tradeId: "t2", slot: "a.near" }]);
    expect(b.heard[0]).toMatchObject([{ tradeId: "t3", slot: "b.near" }]);
    tell(beat);
    expect(a.heard).toHaveLength(2);
  });
});

describe("remember", () => {
  it("hears of a strategy's own orders, and not of another's", () => {
    const [a, b] = [listener("a"), listener("b")];
    const { tell, at } = engineWith([a.strategy, b.strategy]);
    tell(snapshot({ asOf: at() }));
    const refused = (count: number) =>
      tell({ type: "order.rejected", clientId: nth(count), reason: "would-take", text: `order ${count}` });
    for (const count of [1, 3, 99]) refused(count); // of a, of b, of nobody here
    expect([a.ends, b.ends]).toEqual([
      ["order 1", "order 99"],
      ["order 3", "order 99"],
    ]);
  });
});

describe("remarks and ends", () => {
  it("are told once until they change, alerts as such", () => {
    const a = listener("a");
    const { engine, tell } = engineWith([a.strategy]);
    a.says.remarks = [
      { topic: "funds", say: "30 of 50" },
      { topic: "stop", say: "cannot close", alert: true },
    ];
    tell(beat);
    expect(said(engine)).toEqual(expect.arrayContaining(["a | a/funds: 30 of 50", "alert | a/stop: cannot close"]));
    tell(beat);
    expect(said(engine)).toEqual([]);
    a.says.remarks = [{ topic: "funds", say: "20 of 50" }];
    tell(beat);
    expect(said(engine)).toEqual(["a | a/funds: 20 of 50"]);
  });

  it("ends the run when all are done, and halts when one says so", () => {
    const [a, b] = [listener("a"), listener("b")];
    const { engine, tell } = engineWith([a.strategy, b.strategy]);
    a.says.end = { kind: "done", why: "sold" };
    tell(beat);
    expect(engine.done).toBeUndefined();
    b.says.end = { kind: "done", why: "three cycles" };
    tell(beat);
    expect(engine.done).toBe("sold; three cycles");
    b.says.end = { kind: "halt", why: "one leg is naked" };
    tell(beat);
    expect(engine.view.halted).toBe("b: one leg is naked");
    expect(engine.done).toBeUndefined();
  });
});

describe("existing: flatten", () => {
  it("closes what was there within the cap before the strategy is asked, then lets it begin", () => {
    const a = listener("a");
    const { tell, at } = engineWith([a.strategy], "flatten");
    const first = tell(snapshot({ asOf: at(), position: 500, cost: "750" })).filter(
      ({ type }) => type === "order.place",
    );
    expect(first).toMatchObject([{ side: "sell", size: 500, tif: "ioc", reduceOnly: true, price: 14_925 }]); // 150.00 · 0.995
    const sold: Fill = { ...fillOf(1, "x", 500), side: "sell", size: lots(500), price: ticks(14_990) };
    const after = tell(sold).filter(({ type }) => type === "order.place");
    expect(after).toMatchObject([
      { side: "buy", price: 14_990 },
      { side: "buy", price: 14_980 },
    ]);
  });
});

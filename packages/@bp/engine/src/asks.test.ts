// When the venue's truth is asked for.
import { millis } from "@bp/core";
import { describe, expect, it } from "vitest";
import { createAsks } from "./asks.ts";
import { nth, quote, scene } from "./scene.fixture.ts";

const at = (ms: number) => millis(1_000_000 + ms);

describe("createAsks", () => {
  it("asks at once for a reason, and not again while the answer may be on its way", () => {
    const asks = createAsks(60_000, 3_000);
    asks.want("v", "order 1 is in doubt", at(0));
    expect(asks.due(at(0))).toEqual([{ type: "account.ask", venue: "v", why: "order 1 is in doubt" }]);
    expect(asks.due(at(2_999))).toEqual([]);
    expect(asks.due(at(3_000))).toHaveLength(1);
  });

  it("asks nothing without a reason", () => {
    expect(createAsks(60_000, 3_000).due(at(0))).toEqual([]);
  });

  it("is content with an answer, and waits a second before the next question", () => {
    const asks = createAsks(60_000, 3_000);
    asks.want("v", "a", at(0));
    asks.due(at(0));
    asks.answer("v", at(100));
    expect(asks.due(at(200))).toEqual([]);
    asks.want("v", "b", at(0));
    expect(asks.due(at(999))).toEqual([]);
    expect(asks.due(at(1_000))).toHaveLength(1);
  });

  it("asks every minute without a reason, once there was a first answer", () => {
    const asks = createAsks(60_000, 3_000);
    asks.routine(at(0));
    expect([asks.due(at(0)), asks.answered("v")]).toEqual([[], false]);
    asks.answer("v", at(0));
    asks.routine(at(59_999));
    expect(asks.due(at(59_999))).toEqual([]);
    asks.routine(at(60_000));
    expect(asks.due(at(60_000))).toEqual([{ type: "account.ask", venue: "v", why: "routine" }]);
  });

  it("keeps venues apart", () => {
    const asks = createAsks(60_000, 3_000);
    asks.want("v", "a", at(0));
    asks.due(at(0));
    asks.want("w", "b", at(0));
    expect(asks.due(at(1))).toEqual([{ type: "account.ask", venue: "w", why: "b" }]);
  });
});

describe("wantWhatIsUnclear", () => {
  it("asks about an order that nobody speaks of, and doubts it after the grace time", () => {
    const { engine, wants, tell, pass, log } = scene();
    wants["a"] = [quote("buy", 14_990, 10)];
    tell({ type: "timer.fired", name: "x" });
    expect(pass(3_000)).toEqual([]);
    expect(pass(1_000)).toEqual(["ask v"]);
    expect(engine.orders.get(nth(1))?.state).toBe("placing");
    pass(7_000);
    expect(engine.orders.get(nth(1))?.state).toBe("unknown");
    expect(log.flatMap(({ commands }) => commands).filter(({ type }) => type === "order.place")).toHaveLength(1);
  });

  it("keeps asking every three seconds while no answer comes, never more often", () => {
    const { wants, tell, pass } = scene();
    wants["a"] = [quote("buy", 14_990, 10)];
    tell({ type: "timer.fired", name: "x" });
    tell({ type: "order.doubted", clientId: nth(1), request: "place", text: "no answer in 5000 ms" });
    expect(pass(30_000)).toEqual(Array.from({ length: 10 }, () => "ask v"));
  });

  it("asks no more than once a second while answers come and clear up nothing", () => {
    const made = scene();
    const { tell, truth, pass } = made;
    made.wants["a"] = [quote("buy", 14_990, 10)];
    tell({ type: "timer.fired", name: "x" });
    tell({ type: "order.doubted", clientId: nth(1), request: "place", text: "no answer" });
    let asks = 0;
    for (let second = 0; second < 9; second++) {
      asks += pass(1_000).filter((each) => each === "ask v").length;
      truth();
    }
    expect(asks).toBeLessThanOrEqual(9);
    expect(made.engine.orders.size).toBe(1); // still on the wire, perhaps
  });

  it("asks for the account when its stream is back and no snapshot came by itself", () => {
    const { tell, pass } = scene({ bare: true });
    expect(pass(2_000)).toEqual([]);
    tell({ type: "link.restored", venue: "v", stream: "account", why: "connected" });
    expect(pass(1_000)).toEqual(["ask v"]);
  });
});

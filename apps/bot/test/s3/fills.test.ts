// What came of an order, and that only what was traded is hedged: S3.7, S3.8, S3.10, S3.11.
import { type Command, millis, type PlaceOrder } from "@bp/core";
import type { OrderRequest } from "@bp/sim";
import { describe, expect, it } from "vitest";
import { type Desk, futures, layDesk, lead, refuse, spot } from "./desk.ts";

const isHedge = (command: Command) => command.type === "order.place" && command.instrument === futures.id;
/** An order as it reaches the exchange. */
const requestOf = ({ instrument, side, price, size, reduceOnly, clientId }: PlaceOrder): OrderRequest => ({
  instrument,
  side,
  price,
  size,
  reduceOnly,
  clientId,
  type: "limit",
  tif: "ioc",
  postOnly: false,
  selfTradePrevention: "reject-taker",
});
/** The order of the lead that was placed last. */
const leading = (desk: Desk) => {
  const found = desk.commands.findLast((each) => each.type === "order.place" && each.instrument === lead.id);
  if (found?.type !== "order.place") throw new Error("nothing was placed on the lead");
  return found;
};

describe("S3, trades and their hedges", () => {
  it("S3.7 4 of 10 are hedged at once; only 6 are placed anew; in the end -10 and +10", () => {
    const desk = layDesk();
    desk.run(9_000);
    desk.fill("4");
    desk.run(100);
    expect(desk.held()).toEqual(["-4", "4"]);
    expect(desk.placed(futures.id)).toEqual(["buy 4 @ 1.7287 ioc"]);
    desk.book(lead.id, "1.7230", "1.7310");
    desk.last(lead.id, "1.7300");
    desk.run(3_000);
    expect(desk.placed(lead.id)).toEqual(["sell 10 @ 1.7234 gtx", "sell 6 @ 1.7335 gtx"]);
    desk.take(lead.id, "buy", "6", "1.7335");
    desk.run(1_000);
    expect(desk.held()).toEqual(["-10", "10"]);
    expect(desk.memory().phase).toBe("between");
  });

  it("S3.8 an order that is gone, cancelled and unfilled, is no fill: nothing is hedged, the leg is placed again", () => {
    const desk = layDesk();
    desk.run(1_000);
    const [order] = desk.exchange("backpack").openOrders("backpack");
    desk.exchange("backpack").cancel("backpack", { instrument: lead.id, id: order?.id ?? "" }); // by the venue or the user
    desk.run(5_000);
    expect(desk.placed(futures.id)).toEqual([]);
    expect(desk.placed(lead.id)).toEqual(["sell 10 @ 1.7234 gtx", "sell 10 @ 1.7234 gtx"]);
    expect([desk.open(lead.id), desk.held()]).toEqual([["sell 10 @ 1.7234"], ["0", "0"]]);
  });

  it("S3.8 an order that is gone, and filled by the history, is hedged in full", () => {
    const desk = layDesk({ seat: { faults: { seed: 1, account: { lose: 1 } } } }); // streams tell nothing, histories do
    desk.run(1_000);
    desk.fill("10");
    desk.run(3_000);
    expect(desk.held()[0]).toBe("-10");
    desk.until("hedged by the history", () => desk.held()[1] === "10", 90_000);
    expect(desk.placed(futures.id)[0]).toBe("buy 10 @ 1.7287 ioc");
    expect(desk.placed(lead.id)).toEqual(["sell 10 @ 1.7234 gtx"]);
  });

  it("S3.8 while nothing is known of it nothing is hedged or placed; then the venue's word decides", () => {
    const desk = layDesk();
    let deaf = false;
    desk.swallow((command) => deaf && command.type !== "order.place"); // cancels and questions get no answer
    desk.run(1_000);
    const { clientId } = leading(desk);
    deaf = true;
    const at = () => ({ at: millis(desk.now()), venueAt: millis(desk.now()) });
    desk.tell({ type: "order.doubted", clientId, request: "cancel", text: "no answer", ...at() });
    desk.book(lead.id, "1.7230", "1.7310");
    desk.last(lead.id, "1.7300");
    desk.run(30_000);
    expect(desk.commands.filter((each) => each.type === "order.place")).toHaveLength(1); // unknown: no hedge, no relist
    expect(desk.commands.filter(({ type }) => type === "account.ask").length).toBeGreaterThan(3); // asked again and again
    deaf = false;
    desk.run(10_000);
    expect(desk.placed(lead.id)).toEqual(["sell 10 @ 1.7234 gtx", "sell 10 @ 1.7335 gtx"]);
    expect([desk.open(lead.id), desk.held()]).toEqual([["sell 10 @ 1.7335"], ["0", "0"]]);
  });

  it("S3.10 the cancel came too late because it had just been filled: one order, 10 hedged, nothing placed anew", () => {
    const desk = layDesk();
    desk.run(1_000);
    desk.last(lead.id, "1.7300");
    desk.until("the cancel is on its way", () => desk.cancels(lead.id) === 1, 20_000);
    desk.take(lead.id, "buy", "10", "1.7234");
    desk.run(3_000);
    expect(desk.placed(lead.id)).toEqual(["sell 10 @ 1.7234 gtx"]);
    expect(desk.placed(futures.id)).toEqual(["buy 10 @ 1.7287 ioc"]);
    expect([desk.held(), desk.memory().phase]).toEqual([["-10", "10"], "between"]);
  });

  it("S3.11 a fill of 2, worth 3.44, waits for the next one and is hedged with it", () => {
    const desk = layDesk();
    desk.run(1_000);
    desk.fill("2");
    desk.run(4_000);
    expect([desk.placed(futures.id), desk.held()]).toEqual([[], ["-2", "0"]]);
    desk.fill("3");
    desk.run(100);
    expect([desk.placed(futures.id), desk.held()]).toEqual([["buy 5 @ 1.7287 ioc"], ["-5", "5"]]);
    desk.run(20_000);
    expect(desk.placed(lead.id)).toEqual(["sell 10 @ 1.7234 gtx"]);
  });

  it("S3.11 without another fill within 10 s the 2 are bought back, and the leg goes on", () => {
    const desk = layDesk();
    desk.run(1_000);
    desk.fill("2");
    desk.run(9_900);
    expect(desk.held()).toEqual(["-2", "0"]);
    desk.run(1_500);
    expect([desk.placed(futures.id), desk.held()]).toEqual([[], ["0", "0"]]);
    expect(desk.placed(lead.id)).toContain("buy 2 @ 1.7287 ioc reduce-only");
    expect(desk.said("too little to hedge")).not.toEqual([]);
    desk.run(3_000);
    // our own purchase at 1.7201 was the last trade
    expect([desk.open(lead.id), desk.engine.view.halted]).toEqual([["sell 10 @ 1.7235"], undefined]);
  });

  it("a hedge that the venue refuses is tried again, then the lead is bought back, and everything halts", () => {
    const desk = layDesk();
    desk.run(1_000);
    desk.refuseHedges();
    desk.fill("10");
    desk.run(9_900);
    expect(desk.commands.filter(isHedge).length).toBeGreaterThan(2);
    expect(desk.held()).toEqual(["-10", "0"]);
    desk.run(1_500);
    expect(desk.held()).toEqual(["0", "0"]);
    expect(desk.placed(lead.id).at(-1)).toBe("buy 10 @ 1.7287 ioc reduce-only");
    desk.run(2_000);
    expect(desk.engine.view.halted).toContain("not hedged within 10 s");
    expect(desk.notes.some(({ rule }) => rule === "alert")).toBe(true);
    desk.run(600_000);
    expect(desk.open(lead.id)).toEqual([]);
  });

  it("a second leg whose hedge is refused is sold again: the lead goes to the side that makes the pair equal", () => {
    const desk = layDesk({ params: { betweenLegsMs: 1_000 } });
    desk.run(1_000);
    desk.fill("10");
    desk.run(3_000);
    desk.refuseHedges();
    desk.fill("4");
    desk.run(1_000);
    expect(desk.held()).toEqual(["-6", "10"]);
    desk.run(12_000);
    expect(desk.held()).toEqual(["-10", "10"]);
    expect(desk.placed(lead.id).at(-1)).toBe("sell 4 @ 1.7114 ioc");
    expect(desk.engine.view.halted).toContain("not hedged within 10 s");
  });

  it("a hedge whose answer is lost is not sent twice: traded back in time, and whatever comes of it late is closed", () => {
    const desk = layDesk();
    desk.run(1_000);
    let held: PlaceOrder | undefined;
    desk.swallow((command) => {
      if (!isHedge(command) || held !== undefined) return false;
      held = command.type === "order.place" ? command : undefined;
      return true;
    });
    desk.fill("10");
    desk.run(9_500);
    expect([desk.commands.filter(isHedge).length, desk.held()]).toEqual([1, ["-10", "0"]]);
    desk.run(2_500);
    expect(desk.held()).toEqual(["0", "0"]);
    desk.run(500);
    expect(desk.engine.view.halted).toContain("not hedged within 10 s");
    if (held === undefined) throw new Error("no hedge was sent");
    desk.exchange("aster-futures").place("aster-futures", requestOf(held)); // it had only been slow
    expect(desk.held()).toEqual(["0", "10"]);
    desk.run(3_000);
    expect(desk.held()).toEqual(["0", "0"]);
  });

  it("after a halt a person resumes: what is open is closed, and the loop goes on", () => {
    const desk = layDesk({ params: { betweenLegsMs: 1_000 } });
    desk.run(1_000);
    desk.fill("10");
    desk.run(3_000);
    const mend = desk.refuseHedges();
    desk.fill("10");
    desk.run(15_000);
    expect([desk.held(), desk.engine.view.halted !== undefined]).toEqual([["-10", "10"], true]);
    mend();
    const at = millis(desk.now());
    desk.tell({ type: "operator.asked", ask: "resume", by: "test", at, venueAt: at });
    desk.run(10_000);
    expect([desk.held(), desk.engine.view.halted, desk.memory().phase]).toEqual([["0", "0"], undefined, "sleep"]);
    desk.price("1.7200");
    desk.run(60_000);
    expect(desk.open(lead.id)).toEqual(["sell 10 @ 1.7234"]);
  });

  it("on spot the fee is taken in coins: what is left is tracked, sold, and never asked for twice", () => {
    const desk = layDesk({ hedge: spot, params: { betweenLegsMs: 1_000, cycleMs: 1_000 } });
    desk.run(1_000);
    desk.fill("10");
    desk.run(3_000);
    expect(desk.held()).toEqual(["-10", "9.99"]); // 0.1 % of 10
    expect(desk.memory().wallets.hedge).toEqual({ base: "9.99", fees: "0.01" });
    desk.run(9_000);
    expect(desk.open(lead.id)).toEqual(["buy 10 @ 1.7166"]);
    desk.fill("10");
    desk.run(500);
    expect(desk.placed(spot.id)).toEqual(["buy 10.00 @ 1.7287 ioc", "sell 9.99 @ 1.7114 ioc"]);
    expect([desk.held(), desk.memory().totals.cycles]).toEqual([["0", "0"], 1]);
    expect(desk.memory().wallets.hedge).toEqual({ base: "0", fees: "0" });
  });

  it("on spot no rest is kept that could not be sold: the last trades of a second leg are hedged together", () => {
    const desk = layDesk({ hedge: spot, params: { betweenLegsMs: 1_000 } });
    desk.run(1_000);
    desk.fill("10");
    desk.run(12_000);
    desk.fill("9");
    desk.run(500);
    expect(desk.placed(spot.id).slice(1)).toEqual(["sell 6.91 @ 1.7114 ioc"]); // 2.93 are worth 5 USDT at that price
    desk.fill("1");
    desk.run(500);
    expect([desk.held(), desk.memory().totals.cycles]).toEqual([["0", "0"], 1]);
    expect(desk.placed(spot.id).slice(2)).toEqual(["sell 3.08 @ 1.7114 ioc"]);
  });

  it("a rest of the first leg that could not be hedged is not left to trade: the pair stays smaller", () => {
    const desk = layDesk({ params: { betweenLegsMs: 5_000 } });
    desk.run(1_000);
    desk.fill("9");
    desk.run(1_000);
    expect([desk.held(), desk.open(lead.id), desk.memory().phase]).toEqual([["-9", "9"], [], "between"]);
    desk.run(6_000);
    desk.fill("9");
    desk.run(1_000);
    expect([desk.held(), desk.memory().totals.cycles]).toEqual([["0", "0"], 1]);
  });

  it("a rest that trades while it is being pulled is given back at once: nothing could come to hedge it with", () => {
    const desk = layDesk();
    desk.run(1_000);
    desk.swallow(({ type }) => {
      if (type === "order.cancel") desk.take(lead.id, "buy", "1", "1.7234"); // while the cancel is on its way
      return false;
    });
    desk.fill("9");
    desk.run(300);
    expect(desk.placed(lead.id)).toEqual(["sell 10 @ 1.7234 gtx", "buy 1 @ 1.7287 ioc reduce-only"]);
    expect([desk.held(), desk.memory().phase]).toEqual([["-9", "9"], "between"]);
  });

  it("when the way back is lost as well it halts, and a person is called", () => {
    const desk = layDesk();
    desk.run(1_000);
    desk.swallow((command) => command.type === "order.place");
    desk.fill("10");
    desk.run(25_000);
    expect(desk.engine.view.halted).toContain("neither hedged nor traded back in time");
    desk.swallow(() => false);
    desk.run(15_000);
    expect(desk.held()).toEqual(["0", "0"]);
  });

  it("on spot a missing coin that is worth an order is bought after all", () => {
    const desk = layDesk({ hedge: spot, params: { quantity: "5000", betweenLegsMs: 5_000 } });
    desk.run(1_000);
    desk.fill("5000");
    desk.run(3_000);
    expect(desk.placed(spot.id)).toEqual(["buy 5000.00 @ 1.7287 ioc", "buy 5.00 @ 1.7287 ioc"]); // 5 of 5000 went in fees
    expect(desk.memory().phase).toBe("between");
  });

  it("a refused order of the lead is not taken for one that rests", () => {
    const desk = layDesk();
    let refusing = true;
    desk.swallow((command) => {
      if (!refusing || command.type !== "order.place") return false;
      refuse(desk, command);
      return true;
    });
    desk.run(5_000);
    expect(desk.open(lead.id)).toEqual([]);
    refusing = false;
    desk.run(30_000);
    expect(desk.open(lead.id)).toEqual(["sell 10 @ 1.7234"]);
  });
});

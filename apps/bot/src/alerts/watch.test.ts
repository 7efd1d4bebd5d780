import {
  type AnyStrategy,
  clientIdOf,
  type Event,
  instrument,
  lots,
  millis,
  type News,
  type Quote,
  ticks,
} from "@bp/core";
import { createEngine } from "@bp/engine";
import { createTally } from "@bp/report";
import { describe, expect, it } from "vitest";
import { watchForAlerts } from "./watch.ts";
import { alertWords } from "./words.ts";

const sol = instrument({
  id: "backpack:SOL_USDC_PERP",
  kind: "perp",
  base: "SOL",
  quote: "USDC",
  tickSize: "0.01",
  lotSize: "0.01",
});
const wish: Quote = {
  kind: "quote",
  instrument: sol.id,
  slot: "buy",
  side: "buy",
  price: ticks(14_990),
  size: lots(10),
  postOnly: true,
};
/** Wishes one order, and wants a person to look once it has been filled. */
const strategy: AnyStrategy = {
  name: "test",
  params: { parse: () => undefined },
  instruments: () => [sol.id],
  start: () => false,
  remember: (memory, _event, view) => memory === true || view.fills().length > 0,
  want: (_view, memory) => (memory === true ? [] : [wish]),
  remarks: (_view, memory) => (memory === true ? [{ topic: "naked", say: "one leg is ahead", alert: true }] : []),
};
const start = Date.UTC(2026, 0, 1, 23, 59, 0);

/** A run by hand. @returns what takes a fact `seconds` after the start, and gives the alerts of it */
function run() {
  const engine = createEngine({ run: 1, instruments: [sol], strategies: [{ strategy, params: undefined }], rules: [] });
  const tally = createTally({ instruments: [sol] });
  const watch = watchForAlerts(() => 7, alertWords("en"));
  let seq = 0;
  return (seconds: number, news: News) => {
    const at = millis(start + seconds * 1_000);
    const event = { ...news, at, venueAt: at, seq: ++seq } as Event; // a fact with its dates
    const commands = engine.step(event);
    const notes = engine.notes();
    tally.event(event);
    for (const command of commands) tally.command(command);
    return watch
      .step(event, notes, { engine, tally, instruments: [sol] })
      .map(({ kind, topic, text, at: told }) => `${told} ${kind} ${topic} | ${text}`);
  };
}

const venue = "backpack";
const beat: News = { type: "timer.fired", name: "beat" };
const lost: News = { type: "link.lost", venue, stream: "market", why: "socket closed" };
const restored: News = { type: "link.restored", venue, stream: "market", why: "" };
const own = (news: News): News => ({ ...news, stream: "account" }) as News; // of a link
const book: News = {
  type: "book.reset",
  instrument: sol.id,
  bids: [[ticks(15_000), lots(100)]],
  asks: [[ticks(15_002), lots(100)]],
};
const snapshot: News = {
  type: "account.snapshot",
  venue,
  asOf: millis(start),
  orders: [],
  positions: [],
  balances: [],
  fills: [],
};

describe("watchForAlerts", () => {
  it("tells of a silent venue after ten seconds, once, and that it is back; of a short silence nothing", () => {
    const step = run();
    expect([step(0, lost), step(5, beat), step(6, restored)].flat()).toEqual([]);
    expect([step(10, lost), step(19, beat)].flat()).toEqual([]);
    expect(step(20, beat)).toEqual(["7 link backpack | backpack has been silent for 10 s: socket closed"]);
    expect([step(25, beat), step(26, lost)].flat()).toEqual([]);
    expect(step(30, restored)).toEqual(["7 link backpack | backpack is back"]);
  });

  it("takes a venue for back only when none of its streams is lost", () => {
    const step = run();
    expect([step(0, lost), step(0, own(lost))].flat()).toEqual([]);
    expect(step(10, beat)).toHaveLength(1);
    expect([step(12, restored), step(50, beat)].flat()).toEqual([]);
    expect(step(51, own(restored))).toEqual(["7 link backpack | backpack is back"]);
  });

  it("tells of an account that stays silent while the market comes and goes", () => {
    const step = run();
    step(0, own(lost));
    for (const second of [1, 3, 5, 7, 9]) expect([step(second, lost), step(second + 1, restored)].flat()).toEqual([]);
    expect(step(11, beat)).toEqual(["7 link backpack | backpack has been silent for 11 s: socket closed"]);
    expect([step(12, lost), step(13, restored), step(40, beat)].flat()).toEqual([]);
  });

  it("tells of a halt once, and again after it was resumed", () => {
    const step = run();
    const ask = (what: "halt" | "resume"): News => ({ type: "operator.asked", ask: what, by: "console" });
    expect(step(0, ask("halt"))).toEqual([expect.stringMatching(/^7 halt 1 \| halted: .*console/)]);
    expect(step(1, beat)).toEqual([]);
    expect(step(2, ask("resume"))).toEqual([]);
    expect(step(3, ask("halt"))).toHaveLength(1);
  });

  it("tells of an order in doubt after some seconds, of what a strategy wants looked at, and of the day", () => {
    const step = run();
    const up = ["market", "account"].map((stream) => ({ ...restored, stream }) as News);
    for (const news of [...up, snapshot, book]) step(0, news);
    const clientId = clientIdOf(1, 1);
    expect(step(1, { type: "order.doubted", clientId, request: "place", text: "timeout" })).toEqual([]);
    expect(step(3, beat)).toEqual([]);
    expect(step(7, beat)).toEqual([
      expect.stringMatching(/^7 unknown orders \| 1 orders in doubt, .*: \d+ \(test\/buy, backpack:SOL_USDC_PERP\)$/),
    ]);
    expect(step(8, beat)).toEqual([]);
    const fill: News = {
      type: "order.filled",
      clientId,
      venueOrderId: "1",
      tradeId: "1",
      instrument: sol.id,
      side: "buy",
      price: ticks(14_990),
      size: lots(10),
      total: lots(10),
      fee: "0.003" as Extract<News, { readonly type: "order.filled" }>["fee"],
      feeAsset: "USDC",
      liquidity: "maker",
    };
    expect(step(9, fill)).toEqual(["7 strategy test/naked | test/naked: one leg is ahead"]);
    expect(step(10, beat)).toEqual(["7 unknown orders | no order is in doubt any more"]);
    expect(step(61, beat)).toEqual([
      expect.stringMatching(
        /^7 day \d+ \| 2026-01-01: 1 trades, volume 14\.99 USDC, realized 0\.0000, fees 0\.0030\. Since the start: net /,
      ),
    ]);
  });
});

// The exchanges' books beside ours.
import { Big, lots, millis } from "@bp/core";
import { createTally, type Figures } from "@bp/report";
import { describe, expect, it } from "vitest";
import { groundOf, marketsOf, type Seat } from "./ground.ts";
import { booksOf } from "./ledger.ts";
import { usualModels } from "./models.ts";
import { books, sol, tapeOf } from "./tape.fixture.ts";

const seats: readonly Seat[] = [{ venue: "backpack", balances: { USDC: "10000" } }];

/** An account that buys 100 lots and holds them over two hours, and what a tally makes of its facts. */
function held() {
  const tape = tapeOf(books(180, (minute) => 15_000 + minute, 60_000));
  const ground = groundOf(tape, seats, usualModels, 1);
  const ours = booksOf(ground);
  const instruments = marketsOf(tape, seats, usualModels);
  const tally = createTally({ instruments, sole: true });
  let seq = 0;
  const [venue] = ground.venues;
  const over = new AbortController();
  venue
    ?.open({ instruments: [sol.id], account: true }, (fact) => void tally.event({ ...fact, seq: ++seq }), over.signal)
    .catch(() => undefined); // ends with the test
  ground.timeline.runUntil(millis(ground.from + 1_000));
  const exchange = ground.exchanges.get("backpack");
  const order = {
    instrument: sol.id,
    side: "buy",
    type: "market",
    size: lots(100),
    tif: "ioc",
    postOnly: false,
    reduceOnly: false,
    selfTradePrevention: "reject-taker",
  } as const;
  expect(exchange?.place("backpack", order).ok).toBe(true);
  ground.timeline.runUntil(millis(ground.to + 1_000));
  return { ours, figures: tally.figures() };
}

/** The figures with another sum. */
function changed(figures: Figures, sums: Partial<Figures["session"]["sums"]>): Figures {
  const instruments = figures.instruments.map((each) => ({
    ...each,
    session: { ...each.session, sums: { ...each.session.sums, ...sums } },
  }));
  return { ...figures, instruments };
}

describe("booksOf", () => {
  it("agrees with figures of the same facts: fills, fees, position and money", () => {
    const { ours, figures } = held();
    expect(figures.session.sums).toMatchObject({ fills: 1 });
    expect(figures.session.sums.funding.eq(0)).toBe(false);
    expect(ours.equal(figures)).toBe(true);
    expect([ours.liquidated, ours.carried().size]).toEqual([undefined, 0]);
  });

  it("sees funding that is missing or there twice, a fee that differs in its last digit, and a fill too many", () => {
    const { ours, figures } = held();
    const { funding, fees, feesByAsset, fills } = figures.session.sums;
    const more = new Map([...feesByAsset].map(([asset, fee]) => [asset, fee.plus("0.00000001")]));
    for (const wrong of [
      { funding: new Big(0) },
      { funding: funding.times(2) },
      { feesByAsset: more },
      { fills: fills + 1 },
    ])
      expect(ours.equal(changed(figures, wrong))).toBe(false);
    expect(ours.equal(changed(figures, { fees: fees.plus(0) }))).toBe(true);
  });
});

import { clientIdOf, lots, millis, type PlaceOrder, type Side, ticks } from "@bp/core";
import { createExchange, scriptedMarket } from "@bp/sim";
import { describe, expect, it } from "vitest";
import { perp, subjectWith } from "./trial.fixture.ts";
import { byHand, createTruth } from "./truth.ts";

/** An account in one perpetual, and orders of the bot and of the user's hand that trade at once. */
function scene() {
  const market = scriptedMarket([perp]);
  const subject = subjectWith();
  const [account] = subject.accounts;
  if (account === undefined) throw new Error("the subject has an account");
  const exchange = createExchange({
    start: millis(0),
    market,
    accounts: [{ name: account.name, balances: { USDC: "100000" } }],
  });
  market.hands.level(perp.id, "bid", ticks(14_999), lots(10_000));
  market.hands.level(perp.id, "ask", ticks(15_001), lots(10_000));
  const truth = createTruth(subject, () => exchange);
  let count = 0;
  const take = (whose: "bot" | "hand") => (side: Side, size: number) => {
    const command = {
      type: "order.place" as const,
      clientId: clientIdOf(1, ++count),
      slot: "quoter/buy",
      instrument: perp.id,
      side,
      price: ticks(side === "buy" ? 15_100 : 14_900),
      size: lots(size),
      tif: "ioc" as const,
      reduceOnly: false,
    } satisfies PlaceOrder;
    if (whose === "bot") truth.sent(command);
    exchange.place(account.name, {
      ...command,
      type: "limit",
      clientId: whose === "bot" ? command.clientId : byHand,
      postOnly: false,
      selfTradePrevention: "reject-taker",
    });
  };
  return { truth, bot: take("bot"), hand: take("hand"), held: () => truth.held(perp.id) };
}

describe("truth", () => {
  it("counts what another hand took of ours until a person writes it off, and no more than there is", () => {
    const { truth, bot, hand, held } = scene();
    bot("buy", 100);
    hand("sell", 88);
    expect(held()).toBe(100);
    truth.writeOff();
    expect(held()).toBe(12);
    truth.writeOff();
    expect(held()).toBe(12);
    hand("sell", 30);
    truth.writeOff();
    expect(held()).toBe(0);
  });

  it("leaves the user his own: held before ours, it goes before ours does; held against ours, it is none of it", () => {
    const { truth, bot, hand, held } = scene();
    hand("buy", 50);
    bot("buy", 100);
    hand("sell", 60);
    truth.writeOff();
    expect(held()).toBe(90);
    bot("sell", 90);
    hand("sell", 40);
    bot("buy", 20);
    truth.writeOff();
    expect(held()).toBe(20);
  });
});

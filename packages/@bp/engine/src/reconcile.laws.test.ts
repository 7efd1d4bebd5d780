// Laws of reconciliation: whatever comes late, never, twice or out of order, the end equals the venue, and each class is right.
import { Big, type ClientId, type Fill, lots, millis, type News, type OpenOrder, type Side } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fill, nth, perp, quote, type Scene, scene, snapshot } from "./scene.fixture.ts";

/** What happens at the venue, one after the other. */
type Happening =
  | {
      readonly kind: "fill";
      readonly side: Side;
      readonly size: number;
      readonly told: "at once" | "late" | "twice" | "never";
    }
  | { readonly kind: "taken-away"; readonly side: Side; readonly told: "at once" | "late" | "never" }
  | { readonly kind: "hand"; readonly side: Side; readonly size: number; readonly told: "at once" | "late" | "never" }
  | { readonly kind: "deposit"; readonly amount: number }
  | { readonly kind: "snapshot"; readonly lateMs: number; readonly twice: boolean };

const side = fc.constantFrom<Side>("buy", "sell");
const told = fc.constantFrom("at once" as const, "late" as const, "never" as const);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("fill" as const),
      side,
      size: fc.integer({ min: 1, max: 9 }),
      told: fc.constantFrom("at once" as const, "late" as const, "twice" as const, "never" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("taken-away" as const), side, told }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("hand" as const), side, size: fc.integer({ min: 1, max: 9 }), told }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("deposit" as const),
      amount: fc.integer({ min: -50, max: 50 }).filter((each) => each !== 0),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("snapshot" as const),
      lateMs: fc.constantFrom(0, 40, 900, 2_500),
      twice: fc.boolean(),
    }),
  },
);

interface Resting {
  readonly clientId: ClientId;
  readonly side: Side;
  readonly price: number;
  readonly size: number;
  filled: number;
}

/** A venue that does what the script says, and a scene that hears of it as the script says. */
function play(script: readonly Happening[]): { readonly made: Scene; readonly venue: Venue; readonly doubled: number } {
  const made = scene({ unexplainedLots: 1_000 });
  const venue = createVenue();
  let doubled = 0;
  let mail: { readonly at: number; readonly deliver: () => readonly string[] }[] = [];
  made.wants["a"] = [quote("buy", 14_990, 10), quote("sell", 15_010, 10)];

  /** What we command happens at once at the venue and is told a moment later. */
  const obey = (commands: readonly string[]) => {
    for (const command of commands) {
      const [verb, number, , way, price, , size] = command.split(" ");
      const clientId = nth(verb === "ask" ? 1 : Number(number));
      if (verb === "place" && (way === "buy" || way === "sell")) {
        doubled += venue.resting.some((each) => each.side === way) ? 1 : 0;
        venue.resting.push({ clientId, side: way, price: Number(price), size: Number(size), filled: 0 });
        send(20, { type: "order.accepted", clientId, venueOrderId: `v${clientId}` });
      } else if (verb === "cancel") {
        const there = venue.resting.findIndex((each) => each.clientId === clientId);
        if (there < 0) send(20, { type: "order.doubted", clientId, request: "cancel", text: "unknown order" });
        else {
          venue.resting.splice(there, 1);
          send(20, { type: "order.cancelled", clientId, venueOrderId: `v${clientId}` });
        }
      } else if (verb === "ask") answer(30);
    }
  };
  const send = (afterMs: number, news: News) => {
    const venueAt = made.now;
    mail.push({ at: made.now + afterMs, deliver: () => made.tell(news, venueAt) });
  };
  const answer = (afterMs: number) => send(afterMs, venue.truth(made.now));
  const pass = (ms: number) => {
    const until = made.now + ms;
    for (;;) {
      const due = mail.filter((each) => each.at <= until).toSorted((a, b) => a.at - b.at)[0];
      const beatAt = Math.floor(made.now / 1_000) * 1_000 + 1_000;
      if (due !== undefined && due.at <= beatAt) {
        mail = mail.filter((each) => each !== due);
        made.now = Math.max(made.now, due.at);
        obey(due.deliver());
      } else if (beatAt <= until) {
        made.now = beatAt;
        obey(made.tell({ type: "timer.fired", name: "beat" }));
      } else break;
    }
    made.now = until;
  };
  const tellAs = (how: "at once" | "late" | "twice" | "never", news: News) => {
    if (how !== "never") send(how === "late" ? 1_700 : 10, news);
    if (how === "twice") send(800, news);
  };

  pass(1_000);
  for (const each of script) {
    if (each.kind === "fill") {
      const order = venue.resting.find((one) => one.side === each.side);
      if (order !== undefined)
        tellAs(
          each.told,
          venue.trade(order.clientId, each.side, order.price, Math.min(each.size, order.size - order.filled), made.now),
        );
    } else if (each.kind === "taken-away") {
      const order = venue.resting.find((one) => one.side === each.side);
      if (order !== undefined) {
        venue.resting.splice(venue.resting.indexOf(order), 1);
        tellAs(each.told, { type: "order.cancelled", clientId: order.clientId, venueOrderId: `v${order.clientId}` });
      }
    } else if (each.kind === "hand") tellAs(each.told, venue.trade(undefined, each.side, 15_000, each.size, made.now));
    else if (each.kind === "deposit") venue.cash = venue.cash.plus(each.amount);
    else {
      const taken = venue.truth(made.now);
      send(each.lateMs, taken);
      if (each.twice) send(each.lateMs + 500, taken);
    }
    pass(137);
  }
  // everything heals: nothing happens any more, the wishes are empty
  made.wants["a"] = [];
  obey(made.tell({ type: "timer.fired", name: "x" }));
  for (let minute = 0; minute < 4; minute++) {
    pass(60_000);
    answer(30);
    pass(100);
  }
  return { made, venue, doubled };
}

interface Venue {
  readonly resting: Resting[];
  cash: Big;
  readonly fills: Fill[];
  /** Ours and everybody's position, in lots. */
  size(whose: "ours" | "all"): number;
  trade(clientId: ClientId | undefined, side: Side, price: number, size: number, at: number): News;
  truth(asOf: number): ReturnType<typeof snapshot>;
}

function createVenue(): Venue {
  const resting: Resting[] = [];
  const fills: Fill[] = [];
  const sum = (whose: "ours" | "all") =>
    fills.reduce(
      (total, { side: way, size, clientId }) =>
        whose === "ours" && clientId === undefined ? total : total + (way === "buy" ? size : -size),
      0,
    );
  const venue: Venue = {
    resting,
    cash: new Big(10_000),
    fills,
    size: sum,
    trade: (clientId, way, price, size, at) => {
      const order = resting.find((each) => each.clientId === clientId);
      const total = (order?.filled ?? 0) + size;
      if (order !== undefined) {
        order.filled = total;
        if (total === order.size) resting.splice(resting.indexOf(order), 1);
      }
      const trade = fill(clientId, way, price, size, { tradeId: `t${fills.length}`, total: lots(total) });
      fills.push({ ...trade, venueAt: millis(at) });
      venue.cash = venue.cash.plus(
        new Big(price)
          .times(size)
          .times(way === "buy" ? -1 : 1)
          .div(10_000),
      );
      return trade;
    },
    truth: (asOf) => {
      const size = sum("all");
      const cost = new Big(size).times("1.5");
      return snapshot({
        asOf,
        orders: resting.map(
          (each): OpenOrder => ({
            ...each,
            price: quote(each.side, each.price, 1).price,
            size: lots(each.size),
            filled: lots(each.filled),
            venueOrderId: `v${each.clientId}`,
            instrument: perp.id,
          }),
        ),
        position: size,
        cost: cost.toFixed(),
        fills: [...fills],
        balances: { USDC: venue.cash.plus(cost).toFixed() },
      });
    },
  };
  return venue;
}

describe("reconciliation, whatever befalls the facts", () => {
  it("ends equal to the venue, never two orders of a slot, each difference in its class", () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (script) => {
        const { made, venue, doubled } = play(script);
        const { view, orders } = made.engine;
        expect([view.position(perp.id), (view.position(perp.id) ?? 0) + (view.external(perp.id) ?? 0)]).toEqual([
          venue.size("ours"),
          venue.size("all"),
        ]);
        expect([orders.size, venue.resting.length, doubled, view.halted]).toEqual([0, 0, 0, undefined]);
        const trades = venue.fills.filter(({ clientId }) => clientId !== undefined);
        const bought = trades.reduce(
          (total, { side: way, price, size }) => total.plus(new Big(price).times(size).times(way === "buy" ? -1 : 1)),
          new Big(0),
        );
        const { cost, realized } = view.holding(perp.id) ?? {};
        expect(realized?.minus(cost ?? 0).toFixed()).toBe(bought.div(10_000).toFixed());

        const found = made.engine.differences().venues["v"] ?? {};
        const hands = script.filter(({ kind }) => kind === "hand").length;
        const deposits = script.filter(({ kind }) => kind === "deposit").length;
        expect(found.fill?.external ?? 0).toBe(hands);
        expect(found.order?.external ?? 0).toBe(0);
        expect(found.fill?.unexplained ?? 0).toBe(0);
        expect(found.position?.unexplained ?? 0).toBe(0);
        expect(found.balance?.unexplained ?? 0).toBe(0);
        expect(found.balance?.external ?? 0).toBeLessThanOrEqual(deposits);
        const net = script.reduce((total, each) => (each.kind === "deposit" ? total + each.amount : total), 0);
        const told = made.said.flatMap((each) => /balance of USDC at v changed by \+?(-?\d+) /.exec(each)?.[1] ?? []);
        expect(told.reduce((total, each) => total + Number(each), 0)).toBe(net);
      }),
      { numRuns: 300 },
    );
  });
});

// backtest/matching: what an order costs the simulated exchange's matcher.
import type { Group } from "../../group.ts";
import { flatMatching } from "../../matching/flat.ts";
import { draw, type Matching } from "../../matching/orders.ts";
import { ourMatching } from "../../matching/ours.ts";
import { peerMatching } from "../../matching/peer.ts";
import { type Contender, race } from "../../race.ts";

const limit = "js flat arrays";
const peer = "nodejs-order-book";

export const matching: Group = {
  about:
    "Operations a second: 55 % limit orders, 5 % market orders, 40 % cancels, price-time priority, from an empty book each pass. All end with the same orders.",
  run: async (options) => {
    const many = draw(options.quick ? 20_000 : 200_000);
    const few = draw(20_000); // the peer needs seconds for more
    const players: readonly (Omit<Contender, "work"> & { readonly make: (orders: typeof many) => Matching })[] = [
      { name: limit, role: "limit", make: flatMatching },
      {
        name: "@bp/sim, matcher",
        role: "ours",
        make: ourMatching,
        goals: [
          { against: limit, atLeast: 0.25 },
          { against: peer, atLeast: 25 },
        ],
      },
      { name: peer, role: "peer", make: peerMatching },
    ];
    const wrong: string[] = [];
    const expected = flatMatching(few)();
    let resting = 0;
    for (let order = 0; order < few.count; order++) if (expected(order) > 0) resting += 1;
    for (const { name, make } of players) {
      const found = make(few)();
      let different = 0;
      for (let order = 0; order < few.count; order++) if (found(order) !== expected(order)) different += 1;
      if (different > 0) wrong.push(`${name}: ${different} of ${few.count} orders end otherwise`);
    }
    const figures = race(
      players.map(({ make, ...rest }) => {
        const orders = rest.role === "peer" ? few : many;
        const play = make(orders);
        return {
          ...rest,
          work: () => {
            play();
            return orders.count;
          },
        };
      }),
      options,
    );
    const facts = [`${few.count} operations compared, ${resting} orders rest at their end`];
    return { unit: "/s", figures, facts, wrong };
  },
};

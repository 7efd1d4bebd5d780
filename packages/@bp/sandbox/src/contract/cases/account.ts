// V.10-V.14: the account's link, snapshots, the venue's clock.
import { Big, lots, ticks } from "@bp/core";
import type { ContractCase } from "../case.ts";
import { must, same } from "../stage.ts";

/** How far apart the venue's word for now and ours may be, ms. */
const clockMs = 2_000;

export const accountCases: readonly ContractCase[] = [
  {
    id: "V.10",
    title: "tells the account link, then a snapshot",
    needs: ["account"],
    run: async (stage) => {
      await stage.open();
      const link = stage.facts.findIndex((fact) => fact.type === "link.restored" && fact.stream === "account");
      const snapshot = stage.facts.findIndex(({ type }) => type === "account.snapshot");
      must(link >= 0 && link < snapshot, "link.restored comes before the snapshot");
      for (const { asset, total, free } of stage.first("account.snapshot")?.balances ?? [])
        must(new Big(free).lte(total) || new Big(total).lt(0), `${asset}: free is not above total`);
    },
  },
  {
    id: "V.11",
    title: "gives snapshots that equal the exchange's books",
    needs: ["account", "records", "hands", "orders"],
    run: async (stage) => {
      await stage.open();
      const resting = stage.place({ price: ticks(9_880), size: lots(30) });
      const taking = stage.place({ price: ticks(9_920), size: lots(50), tif: "ioc" });
      await stage.until(() => stage.told(resting).includes("order.accepted"), "the acceptance");
      await stage.until(() => stage.told(taking).includes("order.filled"), "the fill");
      await stage.bench.pass(400);
      const { orders, fills, positions, balances } = await stage.snapshot();
      const books = stage.records();
      same(
        orders.map(({ side, price, size, filled }) => ({ price, size, filled, side })),
        books.orders.map(({ side, price, size, filled }) => ({ price, size, filled, side })),
        "open orders",
      );
      same(
        fills.map(({ tradeId, size, price }) => [tradeId, size, price]),
        books.fills.map(({ tradeId, size, price }) => [tradeId, size, price]),
        "fills",
      );
      const held = positions.find(({ instrument }) => instrument === stage.market.id)?.size ?? 0;
      same(stage.market.kind === "perp" ? held : 0, books.position, "the position");
      const totals = (list: readonly { readonly asset: string; readonly total: string }[]) =>
        list
          .filter(({ total }) => !new Big(total).eq(0))
          .map(({ asset, total }) => [asset, new Big(total).toFixed()])
          .toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1));
      same(totals(balances), totals(books.balances), "balances");
    },
  },
  {
    id: "V.12",
    title: "gives a snapshot whenever it is asked for one",
    needs: ["account"],
    run: async (stage) => {
      await stage.open();
      const first = await stage.snapshot();
      const second = await stage.snapshot();
      must(second.asOf >= first.asOf, "the later one knows more");
      same(second.venue, stage.bench.venue.id, "the venue of the snapshot");
    },
  },
  {
    id: "V.13",
    title: "dates its snapshots by the venue's clock, which is close to ours",
    needs: ["account"],
    run: async (stage) => {
      await stage.open();
      const { asOf } = await stage.snapshot();
      must(Math.abs(stage.bench.now() - asOf) < clockMs, `the clocks are within ${clockMs} ms`);
    },
  },
  {
    id: "V.14",
    title: "never mixes two moments in one snapshot, even when the stream is deaf",
    needs: ["account", "orders", "hands", "frames", "late-requests"],
    run: async (stage) => {
      await stage.open();
      const order = stage.place({ price: ticks(9_895), size: lots(60) });
      await stage.until(() => stage.told(order).includes("order.accepted"), "the acceptance");
      await stage.bench.pass(2_500); // the looks after connecting are over
      const before = stage.all("account.snapshot").length;
      stage.breaks.dropFrames("orders", 5);
      stage.breaks.delayState(600);
      const reading = stage.snapshot();
      await stage.bench.pass(200);
      stage.hands.take("sell", 9_895, 20); // after the fills were read, before the orders are
      await reading;
      for (const { orders, fills } of stage.all("account.snapshot").slice(before)) {
        const open = orders.find(({ clientId }) => clientId === order.clientId);
        must(open !== undefined, "the order is in the snapshot");
        const own = fills.filter(({ venueOrderId }) => venueOrderId === open.venueOrderId);
        same(
          own.reduce((sum, { size }) => sum + size, 0),
          open.filled,
          "fills of the order, and what it says it has filled",
        );
      }
    },
  },
];

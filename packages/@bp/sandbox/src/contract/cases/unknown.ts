// V.50-V.54: orders whose answer never came.
import { lots, ticks } from "@bp/core";
import type { ContractCase } from "../case.ts";
import { must, same } from "../stage.ts";

export const unknownCases: readonly ContractCase[] = [
  {
    id: "V.50",
    title: "finds an order that arrived although its answer did not",
    needs: ["orders", "hands", "lost-answers", "records"],
    run: async (stage) => {
      stage.breaks.loseAnswers("place");
      await stage.open();
      const order = stage.place({ price: ticks(9_880), size: lots(50) });
      await stage.until(() => stage.told(order).includes("order.accepted"), "the acceptance", 20_000);
      await stage.bench.pass(6_000);
      must(!stage.told(order).includes("order.rejected"), "it is not called lost");
      same(stage.records().orders.length, 1, "orders that rest: it was sent once");
    },
  },
  {
    id: "V.51",
    title: "finds the fills of an order that traded although its answer did not come",
    needs: ["orders", "hands", "lost-answers", "records"],
    run: async (stage) => {
      stage.breaks.loseAnswers("place");
      await stage.open();
      const order = stage.place({ price: ticks(9_910), size: lots(50), tif: "gtc" });
      await stage.until(() => stage.told(order).includes("order.filled"), "the fill", 20_000);
      await stage.bench.pass(2_000);
      same(stage.records().fills.length, 1, "trades: it was sent once");
      const told = new Set(stage.all("order.filled").map(({ tradeId }) => tradeId));
      same(told.size, 1, "trades that are told");
    },
  },
  {
    id: "V.52",
    title: "gives up an order that never arrived only when it cannot arrive any more",
    needs: ["orders", "hands", "lost-requests", "records"],
    run: async (stage) => {
      await stage.open();
      stage.breaks.loseRequest();
      const sentAt = stage.bench.now();
      const order = stage.place({ price: ticks(9_880), size: lots(50) });
      await stage.until(() => stage.told(order).includes("order.doubted"), "the doubt", 20_000);
      const patience = stage.bench.patienceMs ?? 0;
      const end = await stage.until(() => stage.first("order.rejected"), "the end", patience + 30_000);
      same([end.clientId, end.reason], [order.clientId, "other"], "the end");
      must(stage.bench.now() - sentAt >= patience, `it is waited for at least ${patience} ms`);
      same(stage.records().orders.length, 0, "what rests");
    },
  },
  {
    id: "V.53",
    title: "tells the end of an immediate order whose answer did not come",
    needs: ["orders", "hands", "lost-answers", "frames"],
    run: async (stage) => {
      await stage.open();
      await stage.bench.pass(2_500); // the looks after connecting are over
      stage.breaks.loseAnswers("place");
      const dropped = stage.breaks.dropFrames("orders", 5);
      const order = stage.place({ price: ticks(9_910), size: lots(1_500), tif: "ioc" });
      await stage.until(() => stage.told(order).includes("order.expired"), "the end", 20_000);
      must(dropped() > 0, "frames were lost");
      const filled = stage.all("order.filled").reduce((sum, { size }) => sum + size, 0);
      same(filled, 1_000, "lots filled before the end was told");
    },
  },
  {
    id: "V.54",
    title: "finds an order of which the venue says that it cannot say whether it was done",
    needs: ["orders", "hands", "denied-answers", "records"],
    run: async (stage) => {
      await stage.open();
      await stage.bench.pass(2_500); // the looks after connecting are over
      stage.breaks.denyAnswer();
      const order = stage.place({ price: ticks(9_880), size: lots(50) });
      await stage.until(() => stage.told(order).includes("order.accepted"), "the acceptance", 20_000);
      await stage.bench.pass(1_000);
      must(!stage.told(order).includes("order.rejected"), "it is not called refused");
      same(stage.records().orders.length, 1, "orders that rest: it was sent once");
    },
  },
];

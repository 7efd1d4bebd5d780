// V.40-V.45: taking orders back, and the races with fills.
import { lots, ticks } from "@bp/core";
import type { ContractCase } from "../case.ts";
import { must, same } from "../stage.ts";

export const cancelCases: readonly ContractCase[] = [
  {
    id: "V.40",
    title: "takes an order back and tells it once",
    needs: ["orders", "hands", "records"],
    run: async (stage) => {
      await stage.open();
      const order = stage.place({ price: ticks(9_880), size: lots(50) });
      await stage.until(() => stage.told(order).includes("order.accepted"), "the acceptance");
      stage.cancel(order);
      await stage.until(() => stage.told(order).includes("order.cancelled"), "the end");
      await stage.bench.pass(400);
      same(stage.told(order), ["order.accepted", "order.cancelled"], "what is told of it");
      same(stage.records().orders.length, 0, "what still rests");
    },
  },
  {
    id: "V.41",
    title: "takes back the rest of an order that was filled in part",
    needs: ["orders", "hands"],
    run: async (stage) => {
      await stage.open();
      const order = stage.place({ price: ticks(9_895), size: lots(50) });
      await stage.until(() => stage.told(order).includes("order.accepted"), "the acceptance");
      stage.hands.take("sell", 9_895, 20);
      stage.cancel(order);
      await stage.until(() => stage.told(order).includes("order.cancelled"), "the end");
      const told = stage.told(order);
      same(told.at(-1), "order.cancelled", "the last word");
      same(
        stage.all("order.filled").map(({ size }) => size),
        [20],
        "fills before it",
      );
    },
  },
  {
    id: "V.42",
    title: "never calls an order cancelled that was filled: the cancel came too late",
    needs: ["orders", "hands"],
    run: async (stage) => {
      await stage.open();
      const order = stage.place({ price: ticks(9_895), size: lots(50) });
      await stage.until(() => stage.told(order).includes("order.accepted"), "the acceptance");
      stage.hands.take("sell", 9_895, 50);
      stage.cancel(order);
      await stage.until(() => stage.told(order).includes("order.filled"), "the fill");
      await stage.bench.pass(1_500);
      must(!stage.told(order).includes("order.cancelled"), "it was not cancelled");
      same(stage.all("order.filled").length, 1, "fills");
    },
  },
  {
    id: "V.43",
    title: "tells a fill that happened while the cancel was on its way",
    needs: ["orders", "hands", "late-requests", "records"],
    run: async (stage) => {
      await stage.open();
      const order = stage.place({ price: ticks(9_895), size: lots(50) });
      await stage.until(() => stage.told(order).includes("order.accepted"), "the acceptance");
      stage.breaks.delayCancel(400);
      stage.cancel(order);
      await stage.bench.pass(100);
      stage.hands.take("sell", 9_895, 30);
      await stage.until(() => stage.told(order).includes("order.cancelled"), "the end");
      same(
        stage.all("order.filled").map(({ size }) => size),
        [30],
        "the fill",
      );
      same(stage.told(order).at(-1), "order.cancelled", "the last word");
      same(stage.records().orders.length, 0, "what still rests");
    },
  },
  {
    id: "V.44",
    title: "finds out what became of an order whose cancel was not answered",
    needs: ["orders", "hands", "lost-answers", "records"],
    run: async (stage) => {
      stage.breaks.loseAnswers("cancel");
      await stage.open();
      const order = stage.place({ price: ticks(9_880), size: lots(50) });
      await stage.until(() => stage.records().orders.length === 1, "the order");
      stage.cancel(order);
      await stage.until(() => stage.told(order).includes("order.cancelled"), "the end", 20_000);
      same(stage.records().orders.length, 0, "what still rests");
    },
  },
  {
    id: "V.45",
    title: "does not take a cancel that finds nothing for done, even when the stream is deaf",
    needs: ["orders", "hands", "frames"],
    run: async (stage) => {
      await stage.open();
      const order = stage.place({ price: ticks(9_895), size: lots(50) });
      await stage.until(() => stage.told(order).includes("order.accepted"), "the acceptance");
      await stage.bench.pass(2_500); // the looks after connecting are over
      const dropped = stage.breaks.dropFrames("orders", 1);
      stage.hands.take("sell", 9_895, 50);
      await stage.until(() => dropped() > 0, "the lost frame");
      stage.cancel(order);
      await stage.until(() => stage.told(order).includes("order.filled"), "the fill", 20_000);
      await stage.bench.pass(500);
      must(!stage.told(order).includes("order.cancelled"), "it was not cancelled");
    },
  },
];

// V.60-V.69: frames lost and doubled, sockets cut, clocks off, keys expired, maintenance.
import { lots, ticks } from "@bp/core";
import type { ContractCase } from "../case.ts";
import { must, type Stage, same } from "../stage.ts";

/** More than any book here has. */
const allLevels = 1_000;

/** A book that was lost must be whole again within this, ms. */
const resyncMs = 2_000;

export const brokenCases: readonly ContractCase[] = [
  {
    id: "V.60",
    title: "loses the book at a gap at once and has it again within two seconds",
    needs: ["hands", "frames", "records"],
    run: async (stage) => {
      await stage.open();
      await settleBook(stage);
      const dropped = stage.breaks.dropFrames("book", 1);
      stage.hands.offer("buy", 9_870, 100);
      await stage.until(() => dropped() > 0, "the lost frame");
      stage.hands.offer("buy", 9_860, 100);
      const lost = await stage.until(() => stage.first("book.lost"), "the loss");
      await stage.until(() => stage.book.valid, "the book", resyncMs);
      must(stage.bench.now() - lost.at <= resyncMs, "the book is whole within two seconds");
      await stage.until(() => sameBook(stage), "the exchange's book");
    },
  },
  {
    id: "V.61",
    title: "tells a doubled frame once",
    needs: ["orders", "hands", "frames"],
    run: async (stage) => {
      await stage.open();
      const order = stage.place({ price: ticks(9_895), size: lots(60) });
      await stage.until(() => stage.told(order).includes("order.accepted"), "the acceptance");
      const doubled = stage.breaks.doubleFrames("orders", 6);
      stage.hands.take("sell", 9_895, 20);
      stage.hands.take("sell", 9_895, 40);
      await stage.until(() => stage.all("order.filled").length >= 2, "the fills");
      await stage.bench.pass(800);
      must(doubled() > 0, "frames were doubled");
      same(
        stage.all("order.filled").map(({ total }) => total),
        [20, 60],
        "running totals",
      );
    },
  },
  {
    id: "V.62",
    title: "tells a fill whose frame was lost once the next one shows that it is missing",
    needs: ["orders", "hands", "frames"],
    run: async (stage) => {
      await stage.open();
      const order = stage.place({ price: ticks(9_895), size: lots(60) });
      await stage.until(() => stage.told(order).includes("order.accepted"), "the acceptance");
      await stage.bench.pass(2_500); // the looks after connecting are over
      const dropped = stage.breaks.dropFrames("orders", 1);
      stage.hands.take("sell", 9_895, 20);
      await stage.until(() => dropped() > 0, "the lost frame");
      await stage.bench.pass(300);
      stage.hands.take("sell", 9_895, 40);
      await stage.until(() => stage.all("order.filled").length === 2, "both fills");
      same(
        stage.all("order.filled").reduce((sum, { size }) => sum + size, 0),
        60,
        "lots filled",
      );
    },
  },
  {
    id: "V.63",
    title: "tells lost links at once, comes back, and knows what was filled meanwhile",
    needs: ["orders", "hands", "cuts", "records"],
    run: async (stage) => {
      await stage.open();
      const order = stage.place({ price: ticks(9_895), size: lots(60) });
      await stage.until(() => stage.records().orders.length === 1, "the order");
      await stage.bench.pass(200);
      const before = stage.all("account.snapshot").length;
      await stage.breaks.cut();
      stage.hands.take("sell", 9_895, 25);
      const streams = (type: "link.lost" | "link.restored") =>
        stage.facts.flatMap((fact) => (fact.type === type && "stream" in fact ? [fact.stream] : []));
      await stage.until(() => new Set(streams("link.lost")).size === 2, "both losses");
      must(stage.all("book.lost").length > 0, "the book is lost with its stream");
      await stage.until(() => streams("link.restored").length >= 4, "both returns", 20_000);
      await stage.until(() => stage.book.valid, "the book", 10_000);
      await stage.until(() => stage.all("account.snapshot").length > before, "a snapshot", 10_000);
      await stage.until(() => known(stage).get(order.clientId) === 25, "the fill", 10_000);
    },
  },
  {
    id: "V.64",
    title: "adds up: snapshots read while fills come have each trade once, and the position with it",
    needs: ["orders", "hands", "records", "account"],
    run: async (stage) => {
      await stage.open();
      const order = stage.place({ price: ticks(9_895), size: lots(200) });
      await stage.until(() => stage.told(order).includes("order.accepted"), "the acceptance");
      for (let at = 0; at < 10; at++) {
        if (at % 3 === 0) stage.bench.venue.send({ type: "account.ask", venue: stage.bench.venue.id, why: "a race" });
        stage.hands.take("sell", 9_895, 10);
        await stage.bench.pass(17);
      }
      await stage.until(() => known(stage).get(order.clientId) === 100, "all fills");
      await stage.bench.pass(600);
      const last = await stage.snapshot();
      for (const snapshot of stage.all("account.snapshot")) {
        const ids = snapshot.fills.map(({ tradeId }) => tradeId);
        same(new Set(ids).size, ids.length, "each trade once");
        if (stage.market.kind !== "perp") continue;
        const sum = snapshot.fills.reduce((total, { side, size }) => total + (side === "buy" ? size : -size), 0);
        const held = snapshot.positions.find(({ instrument }) => instrument === stage.market.id)?.size ?? 0;
        same(held, sum, "the position and the fills of one snapshot");
      }
      same(
        last.fills.map(({ tradeId }) => tradeId),
        stage.records().fills.map(({ tradeId }) => tradeId),
        "fills",
      );
    },
  },
  ...[8_000, -8_000].map(
    (offset, at): ContractCase => ({
      id: `V.6${5 + at}`,
      title: `trades with a venue whose clock is ${Math.abs(offset) / 1_000} s ${offset > 0 ? "ahead" : "behind"}`,
      needs: ["orders", "hands", "clock", "records"],
      run: async (stage) => {
        stage.breaks.clockOffset(offset);
        await stage.open();
        const order = stage.place({ price: ticks(9_880), size: lots(50) });
        await stage.until(() => stage.told(order).includes("order.accepted"), "the acceptance");
        const { asOf } = await stage.snapshot();
        must(Math.abs(asOf - stage.bench.now() - offset) < 2_000, "snapshots are dated by the venue's clock");
        stage.breaks.clockOffset(0); // it jumps while we trade
        const next = stage.place({ price: ticks(9_870), size: lots(50) });
        await stage.until(() => stage.told(next).includes("order.accepted"), "the acceptance after the jump", 20_000);
        same(stage.records().orders.length, 2, "what rests");
      },
    }),
  ),
  {
    id: "V.67",
    title: "notices that its listen key has expired, and hears again",
    needs: ["orders", "hands", "listen-key", "records"],
    run: async (stage) => {
      await stage.open();
      const order = stage.place({ price: ticks(9_895), size: lots(60) });
      await stage.until(() => stage.told(order).includes("order.accepted"), "the acceptance");
      stage.breaks.expireListenKey();
      const last = (type: string, stream?: string) =>
        stage.facts.findLastIndex((fact) => fact.type === type && (!("stream" in fact) || fact.stream === stream));
      await stage.until(() => last("link.lost", "account") >= 0, "the loss");
      stage.hands.take("sell", 9_895, 20);
      await stage.until(() => last("link.restored", "account") > last("link.lost", "account"), "the return", 20_000);
      await stage.until(() => last("account.snapshot") > last("link.restored", "account"), "a snapshot", 10_000);
      stage.hands.take("sell", 9_895, 40);
      await stage.until(() => known(stage).get(order.clientId) === 60, "the fills");
      must(stage.all("order.filled").length > 0, "the stream tells fills again");
    },
  },
  {
    id: "V.68",
    title: "says nothing false during maintenance, and is whole after it",
    needs: ["orders", "hands", "maintenance", "records"],
    run: async (stage) => {
      await stage.open();
      const resting = stage.place({ price: ticks(9_895), size: lots(60) });
      await stage.until(() => stage.told(resting).includes("order.accepted"), "the acceptance");
      stage.breaks.maintenance();
      const during = stage.place({ price: ticks(9_880), size: lots(50) });
      stage.cancel(resting);
      await stage.until(() => stage.told(during).some((type) => type !== "order.accepted"), "a word about the order");
      await stage.bench.pass(1_000);
      must(!stage.told(during).includes("order.accepted"), "an order is not called accepted");
      must(!stage.told(resting).includes("order.cancelled"), "an order that rests is not called cancelled");
      stage.breaks.mend();
      stage.cancel(resting);
      await stage.until(() => stage.told(resting).includes("order.cancelled"), "the cancel", 30_000);
      same(stage.records().orders.length, 0, "what rests");
    },
  },
  {
    id: "V.69",
    title: "tells each fill once when frames come late and are overtaken",
    needs: ["orders", "hands", "frames", "records"],
    run: async (stage) => {
      await stage.open();
      const order = stage.place({ price: ticks(9_895), size: lots(60) });
      await stage.until(() => stage.told(order).includes("order.accepted"), "the acceptance");
      await stage.bench.pass(2_500); // the looks after connecting are over
      const late = stage.breaks.delayFrames("orders", 1, 700);
      stage.hands.take("sell", 9_895, 20);
      await stage.until(() => late() > 0, "the late frame");
      stage.hands.take("sell", 9_895, 30);
      stage.cancel(order);
      await stage.until(() => stage.told(order).includes("order.cancelled"), "the end");
      await stage.bench.pass(1_000);
      same(stage.told(order).at(-1), "order.cancelled", "the last word");
      const told = stage.all("order.filled").map(({ tradeId, size }) => [tradeId, size]);
      const books = stage.records().fills.map(({ tradeId, size }) => [tradeId, size]);
      same(told.toSorted(byName), books.toSorted(byName), "fills");
    },
  },
];

/** Lots filled by order, each trade once, from fills and snapshots alike. */
function known(stage: Stage): Map<number | undefined, number> {
  const trades = new Map<string, { readonly clientId: number | undefined; readonly size: number }>();
  for (const fill of stage.all("order.filled")) trades.set(fill.tradeId, fill);
  for (const { fills } of stage.all("account.snapshot")) for (const fill of fills) trades.set(fill.tradeId, fill);
  const sums = new Map<number | undefined, number>();
  for (const { clientId, size } of trades.values()) sums.set(clientId, (sums.get(clientId) ?? 0) + size);
  return sums;
}

function byName([a = ""]: readonly (string | number)[], [b = ""]: readonly (string | number)[]): number {
  return Number(a) - Number(b);
}

function sameBook(stage: Stage): boolean {
  const { bids, asks } = stage.records();
  return (
    JSON.stringify([stage.book.levels("bid", allLevels), stage.book.levels("ask", allLevels)]) ===
    JSON.stringify([bids, asks])
  );
}

/** Waits until the stream of the book is heard: what is told before is in the snapshot. */
async function settleBook(stage: Stage): Promise<void> {
  let price = 9_500;
  await stage.until(() => {
    if (stage.all("book.changed").some(({ bids }) => bids.length > 0)) return true;
    stage.hands.offer("buy", price++, 10);
    return false;
  }, "a change of the book");
  await stage.until(() => sameBook(stage), "the exchange's book");
}

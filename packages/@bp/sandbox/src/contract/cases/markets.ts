// V.01-V.09: instruments, books, prints and marks.
import type { ContractCase } from "../case.ts";
import { must, same } from "../stage.ts";

/** More than any book here has. */
const allLevels = 1_000;

export const marketCases: readonly ContractCase[] = [
  {
    id: "V.01",
    title: "lists its markets with grids, minimums, fees and state",
    needs: [],
    run: async ({ bench, market }) => {
      const instruments = await bench.venue.instruments();
      same(new Set(instruments.map(({ id }) => id)).size, instruments.length, "ids are unique");
      for (const { id, tickSize, lotSize, minSize, fees } of instruments) {
        must(id.startsWith(`${bench.venue.id}:`), `${id} begins with the venue's id`);
        must(/[1-9]/.test(tickSize) && /[1-9]/.test(lotSize), `${id} has grids`);
        must(minSize >= 1, `${id} has a minimum size`);
        must(/^-?\d/.test(fees.maker) && /^-?\d/.test(fees.taker), `${id} has fees`);
      }
      same(market.state, "open", "the market's state");
      if (market.kind === "perp")
        must((market.fundingIntervalMs ?? 0) >= 3_600_000, "a perpetual has a funding interval");
    },
  },
  {
    id: "V.02",
    title: "tells the market link, then the whole book",
    needs: [],
    run: async (stage) => {
      await stage.open();
      const link = stage.facts.findIndex((fact) => fact.type === "link.restored" && fact.stream === "market");
      const reset = stage.facts.findIndex(({ type }) => type === "book.reset");
      must(link >= 0 && link < reset, "link.restored comes before book.reset");
      const { bid, ask } = stage.book;
      must(bid !== undefined && ask !== undefined && bid[0] < ask[0], "the best bid is below the best ask");
    },
  },
  {
    id: "V.03",
    title: "keeps the book whole and in sequence for three seconds",
    needs: [],
    run: async (stage) => {
      await stage.open();
      await stage.bench.pass(3_000);
      same(
        stage.all("book.lost").map(({ why }) => why),
        [],
        "losses of the book",
      );
      must(stage.book.valid && !stage.book.crossed, "the book is valid and not crossed");
    },
  },
  {
    id: "V.04",
    title: "follows every change: the book equals the exchange's own",
    needs: ["hands", "records"],
    run: async (stage) => {
      await stage.open();
      for (let at = 0; at < 12; at++) {
        stage.hands.offer("buy", 9_700 + at, 100 + at);
        stage.hands.offer("sell", 10_200 - at, 100 + at);
        if (at % 3 === 0) stage.hands.take("sell", 9_700, 30);
        await stage.bench.pass(20);
      }
      const equal = () => {
        const { bids, asks } = stage.records();
        return (
          JSON.stringify([stage.book.levels("bid", allLevels), stage.book.levels("ask", allLevels)]) ===
          JSON.stringify([bids, asks])
        );
      };
      await stage.until(equal, "the exchange's book");
      same(stage.all("book.lost").length, 0, "losses of the book");
    },
  },
  {
    id: "V.05",
    title: "tells each print once, with the side that took",
    needs: ["hands"],
    run: async (stage) => {
      await stage.open();
      const size = () => stage.all("trade.printed").reduce((sum, each) => sum + each.size, 0);
      await stage.until(() => {
        if (size() === 0) stage.hands.take("buy", 9_910, 20); // the stream may not be heard yet
        return size() > 0;
      }, "a first print");
      await stage.bench.pass(300);
      const before = stage.all("trade.printed").length;
      stage.hands.take("buy", 9_910, 30);
      await stage.until(() => stage.all("trade.printed").length > before, "the print of a purchase");
      stage.hands.take("sell", 9_890, 40);
      await stage.until(() => stage.all("trade.printed").length > before + 1, "the print of a sale");
      await stage.bench.pass(300);
      const told = stage.all("trade.printed").slice(before);
      same(
        told.map(({ price, size: lots, taker }) => [price, lots, taker]),
        [
          [9_910, 30, "buy"],
          [9_890, 40, "sell"],
        ],
        "the prints",
      );
    },
  },
  {
    id: "V.06",
    title: "tells marks, and the funding to come",
    needs: ["perp"],
    run: async (stage) => {
      await stage.open();
      stage.bench.hands?.mark(9_901);
      const mark = await stage.until(() => stage.first("mark.changed"), "a mark", 12_000);
      must(mark.mark > 0 && mark.index > 0, "mark and index are above 0");
      must(mark.fundingAt > stage.bench.now(), "the next funding is to come");
      must(Math.abs(mark.fundingRate) < 0.1, "the rate is a fraction");
    },
  },
];

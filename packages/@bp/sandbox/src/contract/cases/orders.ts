// V.20-V.27: orders that are taken, and their fills.
import { Big, lots, sizeToBig, ticks } from "@bp/core";
import type { ContractCase } from "../case.ts";
import { must, same } from "../stage.ts";

export const orderCases: readonly ContractCase[] = [
  {
    id: "V.20",
    title: "rests a post-only order at its price and size",
    needs: ["orders", "hands", "records"],
    run: async (stage) => {
      await stage.open();
      const order = stage.place({ price: ticks(9_885), size: lots(70) });
      await stage.until(() => stage.told(order).includes("order.accepted"), "the acceptance");
      const resting = stage.records().orders.map(({ side, price, size, filled }) => [side, price, size, filled]);
      same(resting, [["buy", 9_885, 70, 0]], "what rests");
      await stage.bench.pass(300);
      same(stage.told(order), ["order.accepted"], "what is told of it");
    },
  },
  {
    id: "V.21",
    title: "fills an order that takes, with price, total, fee and liquidity",
    needs: ["orders", "hands", "records"],
    run: async (stage) => {
      await stage.open();
      const order = stage.place({ price: ticks(9_910), size: lots(40), tif: "gtc" });
      const fill = await stage.until(() => stage.first("order.filled"), "the fill");
      same(
        [fill.clientId, fill.side, fill.price, fill.size, fill.total],
        [order.clientId, "buy", 9_910, 40, 40],
        "the fill",
      );
      same(fill.liquidity, "taker", "liquidity");
      const [book] = stage.records().fills;
      must(book !== undefined, "the exchange has the fill");
      same([fill.tradeId, fill.feeAsset], [book.tradeId, book.feeAsset], "trade and fee asset");
      must(new Big(fill.fee).eq(book.fee), `the fee is ${book.fee}, not ${fill.fee}`);
    },
  },
  {
    id: "V.22",
    title: "lets an immediate order fill what it can, and then tells its end",
    needs: ["orders", "hands"],
    run: async (stage) => {
      await stage.open();
      const order = stage.place({ price: ticks(9_910), size: lots(1_500), tif: "ioc" });
      const end = await stage.until(() => stage.first("order.expired"), "the end");
      same([end.clientId, end.reason], [order.clientId, "filled-what-it-could"], "the end");
      same(filledOf(stage.all("order.filled")), 1_000, "lots filled before the end was told");
      same(stage.told(order).at(-1), "order.expired", "the last word");
    },
  },
  {
    id: "V.23",
    title: "fills a fill-or-kill order wholly or not at all",
    needs: ["orders", "hands"],
    run: async (stage) => {
      await stage.open();
      const tooLarge = stage.place({ price: ticks(9_910), size: lots(1_500), tif: "fok" });
      await stage.until(
        () => stage.told(tooLarge).some((type) => type === "order.expired" || type === "order.rejected"),
        "the end of the one that is too large",
      );
      same(stage.all("order.filled").length, 0, "fills of it");
      const fits = stage.place({ price: ticks(9_910), size: lots(600), tif: "fok" });
      await stage.until(() => filledOf(stage.all("order.filled")) === 600, "the fill of the one that fits");
      must(!stage.told(fits).includes("order.expired"), "it does not expire");
    },
  },
  {
    id: "V.24",
    title: "counts partial fills of a resting order up to its size",
    needs: ["orders", "hands", "records"],
    run: async (stage) => {
      await stage.open();
      const order = stage.place({ price: ticks(9_895), size: lots(60) });
      await stage.until(() => stage.told(order).includes("order.accepted"), "the acceptance");
      for (const [size, sum] of [
        [10, 10],
        [20, 30],
        [30, 60],
      ] as const) {
        stage.hands.take("sell", 9_895, size);
        await stage.until(() => filledOf(stage.all("order.filled")) === sum, `${sum} lots filled`);
      }
      same(
        stage.all("order.filled").map(({ total, liquidity }) => [total, liquidity]),
        [
          [10, "maker"],
          [30, "maker"],
          [60, "maker"],
        ],
        "running totals",
      );
      same(stage.records().orders.length, 0, "what still rests");
    },
  },
  {
    id: "V.25",
    title: "keeps what it has got after fees: a purchase on spot pays in base or quote as the fill says",
    needs: ["orders", "hands", "records"],
    run: async (stage) => {
      await stage.open();
      const { base, kind } = stage.market;
      const of = (list: readonly { readonly asset: string; readonly total: string }[]) =>
        new Big(list.find(({ asset }) => asset === base)?.total ?? 0);
      const before = of(stage.records().balances);
      stage.place({ price: ticks(9_910), size: lots(200), tif: "ioc" });
      const fill = await stage.until(() => stage.first("order.filled"), "the fill");
      await stage.bench.pass(400);
      const { balances } = await stage.snapshot();
      const got = kind === "spot" ? sizeToBig(stage.market, fill.size) : new Big(0);
      const kept = fill.feeAsset === base ? got.minus(fill.fee) : got;
      must(
        of(balances).eq(before.plus(kept)),
        `${base}: ${before.plus(kept).toFixed()} expected, ${of(balances).toFixed()} told`,
      );
    },
  },
  {
    id: "V.26",
    title: "takes a reduce-only order that reduces",
    needs: ["orders", "hands", "records", "perp"],
    run: async (stage) => {
      await stage.open();
      stage.place({ price: ticks(9_910), size: lots(40), tif: "ioc" });
      await stage.until(() => filledOf(stage.all("order.filled")) === 40, "the position");
      stage.place({ side: "sell", price: ticks(9_890), size: lots(40), tif: "ioc", reduceOnly: true });
      await stage.until(() => filledOf(stage.all("order.filled")) === 80, "the way back");
      same(stage.records().position, 0, "the position");
    },
  },
];

function filledOf(fills: readonly { readonly size: number; readonly tradeId: string }[]): number {
  return [...new Map(fills.map((fill) => [fill.tradeId, fill.size])).values()].reduce((sum, size) => sum + size, 0);
}

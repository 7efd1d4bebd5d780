// V.90: what may be tried on a real venue, with real money, by hand.
import { leastUnits, lots, type PlaceOrder, ticks } from "@bp/core";
import type { ContractCase } from "../case.ts";
import { must, type Stage, same } from "../stage.ts";

/** How far from the touch the order is put, as a fraction of the price; the band of the market may draw it closer. */
const distance = 0.05;

export const handCases: readonly ContractCase[] = [
  {
    id: "V.90",
    title: "rests the smallest post-only order far from the market, and takes it back",
    needs: ["account", "orders"],
    run: async (stage) => {
      await stage.open();
      const { market } = stage;
      const bid = stage.book.bid;
      must(bid !== undefined, "there is a bid");
      const nearest = market.band === undefined ? 1 - distance : Math.max(1 - distance, (1 + market.band.min) / 2);
      const price = Math.max(market.minPrice, Math.floor(bid[0] * nearest));
      const size = Math.max(market.minSize, Math.ceil(leastUnits(market) / price));
      const order = stage.place({ price: ticks(price), size: lots(size) });
      try {
        await restsAndGoes(stage, order);
      } catch (error) {
        stage.cancel(order); // real money: whatever went wrong, it must not stay
        await stage.until(() => isOver(stage, order), "the order's end").catch(() => undefined);
        throw error;
      }
    },
  },
];

function isOver(stage: Stage, order: PlaceOrder): boolean {
  return stage.told(order).some((type) => /^order\.(?:cancelled|expired|rejected)$/.test(type));
}

async function restsAndGoes(stage: Stage, order: PlaceOrder): Promise<void> {
  await stage.until(() => stage.told(order).length > 0, "a word about it");
  const refusal = stage.first("order.rejected")?.text ?? "";
  same(stage.told(order)[0], "order.accepted", `the first word (${refusal})`);
  const found = (await stage.snapshot()).orders.find(({ clientId }) => clientId === order.clientId);
  same([found?.price, found?.size, found?.filled], [order.price, order.size, 0], "the order in the snapshot");
  stage.cancel(order);
  await stage.until(() => stage.told(order).includes("order.cancelled"), "the end");
  const after = (await stage.snapshot()).orders.find(({ clientId }) => clientId === order.clientId);
  must(after === undefined, "it is gone from the snapshot");
}

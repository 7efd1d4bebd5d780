// V.30-V.39: an order that is not taken, by each of the ten reasons.
import { lots, type RejectReason, ticks } from "@bp/core";
import type { ContractCase } from "../case.ts";
import { same } from "../stage.ts";

/** Longer than a venue that says "too many" is left alone, ms. */
const pauseMs = 4_000;

const refusal = (id: string, reason: RejectReason, title: string): ContractCase => ({
  id,
  title,
  needs: ["orders", `refuse:${reason}`],
  run: async (stage) => {
    await stage.open();
    const change = stage.bench.provoke?.(reason) ?? {};
    const order = stage.place({ price: ticks(9_880), size: lots(50), ...change });
    const mine = (fact: { readonly clientId: number }) => fact.clientId === order.clientId;
    const end = await stage.until(
      () => stage.all("order.rejected").find(mine) ?? stage.all("order.expired").find(mine),
      "the refusal",
    );
    same(end.reason, reason, `the reason (${end.text})`);
    await stage.bench.pass(200);
    same(stage.all("order.filled").filter(({ clientId }) => clientId === order.clientId).length, 0, "fills of it");
  },
});

export const refusalCases: readonly ContractCase[] = [
  refusal("V.30", "would-take", "refuses a post-only order that would take"),
  refusal("V.31", "off-grid", "refuses a price off the venue's grid"),
  refusal("V.32", "below-minimum", "refuses an order below the minimum"),
  refusal("V.33", "no-funds", "refuses an order that nobody can pay"),
  refusal("V.34", "reduce-only", "refuses a reduce-only order that has nothing to reduce"),
  {
    id: "V.35",
    title: "lets no order of ours trade with another one of ours",
    needs: ["orders", "refuse:self-trade", "records", "hands"],
    run: async (stage) => {
      await stage.open();
      const resting = stage.place({ side: "sell", price: ticks(9_900), size: lots(50) });
      await stage.until(() => stage.told(resting).includes("order.accepted"), "the first order");
      const crossing = stage.place({ price: ticks(9_900), size: lots(50), tif: "gtc" });
      const mine = (fact: { readonly clientId: number }) => fact.clientId === crossing.clientId;
      const end = await stage.until(
        () => stage.all("order.rejected").find(mine) ?? stage.all("order.expired").find(mine),
        "the end of the second",
      );
      same(end.reason, "self-trade", `the reason (${end.text})`);
      same(stage.records().fills.length, 0, "trades");
    },
  },
  refusal("V.36", "price-band", "refuses a price outside the band"),
  {
    id: "V.37",
    title: "tells an order that met the rate limit as refused, and goes on afterwards",
    needs: ["orders", "rate-limit", "hands"],
    run: async (stage) => {
      await stage.open();
      await stage.bench.pass(2_500); // the looks after connecting are over
      stage.breaks.rateLimit();
      const refused = stage.place({ price: ticks(9_880), size: lots(50) });
      await stage.until(() => stage.told(refused).includes("order.rejected"), "the refusal");
      same(stage.all("order.rejected")[0]?.reason, "rate-limited", "the reason");
      await stage.bench.pass(pauseMs);
      const next = stage.place({ price: ticks(9_880), size: lots(50) });
      await stage.until(() => stage.told(next).includes("order.accepted"), "the acceptance after the pause", 20_000);
    },
  },
  refusal("V.38", "closed", "refuses orders while the market is closed"),
  refusal("V.39", "other", "refuses what the venue has another reason for, in the venue's words"),
];

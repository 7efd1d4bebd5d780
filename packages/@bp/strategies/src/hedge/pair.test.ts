import { decimal, type Instrument, lots, type OwnFill, ticks, type View } from "@bp/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hedge } from "../hedge.ts";
import type { HedgeMemory } from "./memory.ts";
import {
  feeAtoms,
  goneFrom,
  hedgeTrade,
  heldBy,
  leadTrade,
  leastHedge,
  noWallet,
  reduction,
  type Touches,
  tradeTo,
  walletAfter,
} from "./pair.ts";
import { hedgeParams } from "./params.ts";
import { measure } from "./scale.ts";
import { futures, lead, spot } from "./stage.fixture.ts";

const paramsOf = (other: Instrument) => hedgeParams.parse({ lead: lead.id, hedge: other.id, quantity: "10" });
const onFutures = measure(paramsOf(futures), lead, futures); // an atom is 1 base
const onSpot = measure(paramsOf(spot), lead, spot); // an atom is 0.5 base
const touch = { bid: [ticks(17_199), lots(99)], ask: [ticks(17_201), lots(99)] } as const;
const touches: Touches = { lead: touch, hedge: touch };
const empty: HedgeMemory = hedge.start(paramsOf(futures));

describe("tradeTo", () => {
  it("is the difference in lots of the side's own market", () => {
    const pair = { lead: -10, hedge: 2 };
    expect(tradeTo("lead", 0, pair, onFutures, touches)).toEqual({ side: "lead", size: 10 });
    expect(tradeTo("hedge", 10, pair, onFutures, touches)).toEqual({ side: "hedge", size: 4 });
    expect(tradeTo("hedge", 11, pair, onFutures, touches)).toEqual({ side: "hedge", size: 4 }); // half a lot is none
  });

  it("is nothing where nothing is missing, or there is no market to trade on", () => {
    expect(tradeTo("lead", -10, { lead: -10, hedge: 0 }, onFutures, touches)).toBeUndefined();
    expect(tradeTo("lead", 0, { lead: -10, hedge: 0 }, onFutures, { ...touches, lead: undefined })).toBeUndefined();
  });

  it("opens nothing below the market's minimum, but takes a perpetual down by less than its notional asks for", () => {
    expect(tradeTo("hedge", 2, { lead: -2, hedge: 0 }, onFutures, touches)).toBeUndefined(); // 3.44 USDT
    expect(tradeTo("hedge", 4, { lead: -4, hedge: 0 }, onFutures, touches)).toEqual({ side: "hedge", size: 2 });
    expect(tradeTo("hedge", 4, { lead: -4, hedge: 6 }, onFutures, touches)).toEqual({ side: "hedge", size: -1 });
    expect(tradeTo("hedge", 0, { lead: 0, hedge: 2 }, onFutures, touches)).toEqual({ side: "hedge", size: -1 });
    expect(tradeTo("hedge", -2, { lead: 2, hedge: 0 }, onFutures, touches)).toBeUndefined();
  });

  it("is no reduction where it adds, however little", () => {
    expect(tradeTo("hedge", 12, { lead: -12, hedge: 10 }, onFutures, touches)).toBeUndefined(); // 3.44 USDT more
  });

  it("is no reduction where it goes through nothing", () => {
    // 4 lots of 2 base are 13.76 USDT: enough for a sale of 3 that opens 1 on the other side
    expect(tradeTo("hedge", -2, { lead: 2, hedge: 2 }, onFutures, touches)).toEqual({ side: "hedge", size: -2 });
    const dear = { ...futures, minNotional: decimal("10") };
    const scale = measure(paramsOf(futures), lead, dear);
    expect(tradeTo("hedge", -2, { lead: 2, hedge: 2 }, scale, touches)).toBeUndefined(); // 6.88 USDT, and it opens
    expect(tradeTo("hedge", 0, { lead: 0, hedge: 4 }, scale, touches)).toEqual({ side: "hedge", size: -2 });
  });

  it("never sells coins that are not there", () => {
    expect(tradeTo("hedge", -8, { lead: 8, hedge: 12 }, onSpot, touches)).toEqual({ side: "hedge", size: -12 });
    expect(tradeTo("hedge", -8, { lead: 8, hedge: 0 }, onSpot, touches)).toBeUndefined();
  });

  it("judges a sale by the worst price it may get, a purchase by the ask", () => {
    // 6 half lots are 3 base: at 1.6700 worth 5.01, at 0.5 % below it 4.98
    const at = { bid: [ticks(16_700), lots(99)], ask: [ticks(16_701), lots(99)] } as const;
    expect(tradeTo("hedge", 6, { lead: -6, hedge: 0 }, onSpot, { lead: touch, hedge: at })?.size).toBe(6);
    expect(tradeTo("hedge", 0, { lead: 0, hedge: 6 }, onSpot, { lead: touch, hedge: at })).toBeUndefined();
  });
});

describe("hedgeTrade", () => {
  it("holds minus what the lead holds", () => {
    expect(hedgeTrade({ lead: -10, hedge: 0 }, onFutures, touches)).toEqual({ side: "hedge", size: 5 });
    expect(hedgeTrade({ lead: 4, hedge: -10 }, onFutures, touches)).toEqual({ side: "hedge", size: 3 });
    expect(hedgeTrade({ lead: 4, hedge: 4 }, onFutures, touches)).toEqual({ side: "hedge", size: -4 }); // as much is not equal
    expect(hedgeTrade({ lead: -10, hedge: 10 }, onFutures, touches)).toBeUndefined();
  });

  it("keeps as many coins as can be sold with the lead's last trade, and 5 % more", () => {
    // 5 USDT at 1.7114, where a sale may end, are 6 half lots; with 5 % more 7
    expect(leastHedge(onSpot, touches)).toBe(6);
    expect(hedgeTrade({ lead: -4, hedge: 20 }, onSpot, touches)).toEqual({ side: "hedge", size: -13 });
    expect(hedgeTrade({ lead: -10, hedge: 20 }, onSpot, touches)).toEqual({ side: "hedge", size: -10 });
  });

  it("keeps them in lots of their market, and buys no more than is missing", () => {
    const coarse = measure(paramsOf(spot), lead, { ...spot, lotSize: decimal("2") }); // an atom is 1 base
    expect(leastHedge(coarse, touches)).toBe(4);
    expect(hedgeTrade({ lead: -2, hedge: 20 }, coarse, touches)).toEqual({ side: "hedge", size: -7 }); // 3 lots stay
    expect(hedgeTrade({ lead: -6, hedge: 0 }, onSpot, touches)).toEqual({ side: "hedge", size: 6 });
  });

  it("sells all coins when the lead is closed, and keeps none on a perpetual", () => {
    expect(hedgeTrade({ lead: 0, hedge: 20 }, onSpot, touches)).toEqual({ side: "hedge", size: -20 });
    expect(hedgeTrade({ lead: -2, hedge: 20 }, onFutures, touches)).toEqual({ side: "hedge", size: -9 });
  });

  it("waits while there is no market", () => {
    expect(leastHedge(onSpot, { ...touches, hedge: undefined })).toBe(0);
    expect(hedgeTrade({ lead: -4, hedge: 20 }, onSpot, { ...touches, hedge: undefined })).toBeUndefined();
  });
});

describe("leadTrade", () => {
  it("gives back what has no hedge", () => {
    expect(leadTrade({ lead: -10, hedge: 4 }, onFutures, touches)).toEqual({ side: "lead", size: 6 });
    expect(leadTrade({ lead: 10, hedge: -4 }, onFutures, touches)).toEqual({ side: "lead", size: -6 });
    expect(leadTrade({ lead: -10, hedge: 0 }, onFutures, touches)).toEqual({ side: "lead", size: 10 });
    expect(leadTrade({ lead: -10, hedge: -4 }, onFutures, touches)).toEqual({ side: "lead", size: 10 }); // no pair at all
  });

  it("takes up again what its second leg has closed too early", () => {
    expect(leadTrade({ lead: -4, hedge: 10 }, onFutures, touches)).toEqual({ side: "lead", size: -6 });
    expect(leadTrade({ lead: 0, hedge: 10 }, onFutures, touches)).toEqual({ side: "lead", size: -10 });
    expect(leadTrade({ lead: 0, hedge: 2 }, onFutures, touches)).toEqual({ side: "lead", size: -2 });
  });

  it("gives back more where the excess is below its minimum, in steps that the hedge can follow", () => {
    expect(leadTrade({ lead: -5, hedge: 4 }, onFutures, touches)).toEqual({ side: "lead", size: 3 }); // 1 too much: down to 2
    expect(leadTrade({ lead: 7, hedge: -6 }, onFutures, touches)).toEqual({ side: "lead", size: -3 }); // down to 4
    expect(leadTrade({ lead: -2, hedge: 0 }, onFutures, touches)).toEqual({ side: "lead", size: 2 });
    expect(leadTrade({ lead: -1, hedge: 0 }, onFutures, touches)).toBeUndefined(); // below the minimum altogether
  });

  it("gives back no more where the excess is just the minimum, also beside a part of a lot of coins", () => {
    const coarse = measure(paramsOf(spot), lead, { ...spot, lotSize: decimal("2") }); // an atom is 1 base
    expect(leadTrade({ lead: -7, hedge: 5 }, coarse, touches)).toEqual({ side: "lead", size: 2 });
  });

  it("follows also a rest of coins that cannot be sold as long as it holds something itself", () => {
    const small = measure(paramsOf(spot), { ...lead, minSize: lots(1) }, spot);
    expect(leadTrade({ lead: -2, hedge: 5 }, small, touches)).toEqual({ side: "lead", size: -1 });
    expect(leadTrade({ lead: 0, hedge: 5 }, small, touches)).toBeUndefined();
  });

  it("is nothing for an equal pair, and leaves a rest of coins that cannot be sold to the next cycle", () => {
    expect(leadTrade({ lead: -10, hedge: 10 }, onFutures, touches)).toBeUndefined();
    expect(leadTrade({ lead: 0, hedge: 5 }, onSpot, touches)).toBeUndefined();
    expect(leadTrade({ lead: 0, hedge: 6 }, onSpot, touches)).toEqual({ side: "lead", size: -3 }); // enough to be sold
  });
});

describe("reduction", () => {
  it("takes the larger side down to the smaller one", () => {
    expect(reduction({ lead: -10, hedge: 4 }, onFutures, touches)).toEqual([{ side: "lead", size: 6 }]);
    expect(reduction({ lead: -4, hedge: 10 }, onFutures, touches)).toEqual([{ side: "hedge", size: -3 }]);
    expect(reduction({ lead: -10, hedge: 10 }, onFutures, touches)).toEqual([]);
  });

  it("closes both sides where they are no pair", () => {
    expect(reduction({ lead: 4, hedge: 4 }, onFutures, touches)).toEqual([
      { side: "lead", size: -4 },
      { side: "hedge", size: -2 },
    ]);
  });

  it("never adds to a side and never takes one through nothing", () => {
    const held = fc.integer({ min: -40, max: 40 });
    fc.assert(
      fc.property(held, held, fc.constantFrom(onFutures, onSpot), (first, second, scale) => {
        const pair = { lead: first, hedge: second };
        for (const { side, size } of reduction(pair, scale, touches)) {
          const lot = side === "lead" ? scale.leadLot : scale.hedgeLot;
          expect(Math.sign(size)).toBe(-Math.sign(pair[side]));
          expect(Math.abs(size * lot)).toBeLessThanOrEqual(Math.abs(pair[side]));
        }
      }),
    );
  });
});

/** What is asked of a view here. */
interface Held {
  readonly own?: number | undefined;
  readonly external?: number | undefined;
  readonly link?: "up" | "down";
}
const viewOf = ({ own, external, link = "up" }: Held) =>
  ({ position: () => own, external: () => external, link: () => link }) as unknown as View; // all of it that is asked for

describe("heldBy", () => {
  const params = paramsOf(futures);
  const held = (of: Held, memory: Partial<HedgeMemory> = {}, side: "lead" | "hedge" = "hedge") =>
    heldBy(side, viewOf(of), { ...empty, ...memory }, params, onFutures);

  it("counts own lots in atoms", () => {
    expect([held({ own: 3 }), held({ own: -3 }), held({ own: -3 }, {}, "lead")]).toEqual([6, -6, -3]);
  });

  it("is unknown while the account or its venue is out of sight", () => {
    expect([held({ own: undefined }), held({ own: 3, link: "down" })]).toEqual([undefined, undefined]);
  });

  it("leaves out what is gone, on either side of nothing, and never more than there is", () => {
    const gone = (hedge: number) => ({ gone: { lead: 0, hedge } });
    expect([held({ own: 3 }, gone(1)), held({ own: -3 }, gone(1)), held({ own: 3 }, gone(9))]).toEqual([4, -4, 0]);
    expect(held({ own: 3 }, gone(1), "lead")).toBe(3);
  });

  it("counts coins by the wallet, rounded down, also where some are owed", () => {
    const of = (base: string) =>
      heldBy(
        "hedge",
        viewOf({ own: 3 }),
        { ...empty, wallets: { ...empty.wallets, hedge: { ...noWallet, base: decimal(base) } } },
        paramsOf(spot),
        onSpot,
      );
    expect([of("9.99"), of("10"), of("-0.2"), of("-0.7")]).toEqual([19, 20, -1, -2]);
  });
});

describe("goneFrom", () => {
  const params = paramsOf(futures);
  const gone = (of: Held, others = 0) =>
    goneFrom("hedge", viewOf(of), { ...empty, others: { lead: 7, hedge: others } }, params);

  it("is what the venue holds less than ours and what others held before", () => {
    expect([gone({ own: 10, external: -4 }), gone({ own: -10, external: 4 })]).toEqual([4, 4]);
    expect([gone({ own: 10, external: 46 }, 50), gone({ own: 10, external: 50 }, 50)]).toEqual([4, 0]);
  });

  it("is nothing where somebody adds, and never more than is ours", () => {
    expect([gone({ own: 10, external: 4 }), gone({ own: 10, external: -15 })]).toEqual([0, 10]);
  });

  it("is nothing where nothing is held, or nothing is known of others", () => {
    expect([gone({ own: 0, external: -4 }), gone({ own: undefined, external: -4 })]).toEqual([0, 0]);
    expect(gone({ own: 10, external: undefined }, 5)).toBe(0);
  });
});

describe("walletAfter", () => {
  const wallet = { base: decimal("5"), fees: decimal("0.01") };
  const fill = (side: "buy" | "sell", feeAsset: string) =>
    ({ side, size: lots(4), fee: decimal("0.002"), feeAsset }) as OwnFill; // what is read of it

  it("takes fees in base out of the coins", () => {
    expect(walletAfter(wallet, fill("buy", "ASTER"), spot)).toEqual({ base: "6.998", fees: "0.012" });
  });

  it("takes sold coins out, and leaves fees in quote to the money", () => {
    expect(walletAfter(wallet, fill("sell", "USDT"), spot)).toEqual({ base: "3", fees: "0.01" });
  });

  it("has no coins on a perpetual", () => {
    expect(walletAfter(wallet, fill("buy", "ASTER"), futures)).toBe(wallet);
  });
});

describe("feeAtoms", () => {
  it("is what fees in base took of both wallets, each rounded up to an atom", () => {
    const fees = (text: string) => ({ ...noWallet, fees: decimal(text) });
    const of = (first: string, second: string) =>
      feeAtoms({ ...empty, wallets: { lead: fees(first), hedge: fees(second) } }, onSpot);
    expect([of("0", "0"), of("0", "0.012"), of("0.6", "0.5")]).toEqual([0, 1, 3]);
  });
});

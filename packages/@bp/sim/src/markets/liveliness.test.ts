// What every generated market owes its visitors, looked at every second for ten minutes.
import { gridsOf, type InstrumentId, millis } from "@bp/core";
import { describe, expect, it } from "vitest";
import { createExchange } from "../exchange.ts";
import { start } from "../trial.fixture.ts";
import { asterFuturesMarkets, asterSpotMarkets } from "./aster.ts";
import { defaultMarkets } from "./default.ts";
import { generatedMarket } from "./generated.ts";

const venues = { backpack: defaultMarkets, "aster-futures": asterFuturesMarkets, "aster-spot": asterSpotMarkets };
const seconds = 600;

/** One exchange through ten minutes: mids and the thinner side's size within 1 % of the touch by second, longest silences. */
function watch(venue: keyof typeof venues, seed: number) {
  const instruments = venues[venue]();
  const exchange = createExchange({ start, accounts: [], market: generatedMarket({ seed, start, instruments }) });
  const mids = new Map<InstrumentId, number[]>(instruments.map(({ id }) => [id, []]));
  const near = new Map<InstrumentId, number[]>(instruments.map(({ id }) => [id, []]));
  const silence = new Map<string, number>();
  const heard = new Map<string, number>();
  const hear = (key: string, at: number) => {
    silence.set(key, Math.max(silence.get(key) ?? 0, at - (heard.get(key) ?? start)));
    heard.set(key, at);
  };
  exchange.listen((fact) => {
    if (fact.type === "trade" || fact.type === "depth") hear(`${fact.type} ${fact.instrument}`, fact.at);
  });
  for (let second = 0; second <= seconds; second++) {
    exchange.advance(millis(start + second * 1_000));
    for (const instrument of instruments) {
      const { bids, asks } = exchange.book(instrument.id);
      const [bid, ask] = [bids[0]?.[0] ?? 0, asks[0]?.[0] ?? 0];
      const unit = gridsOf(instrument).unit.toNumber();
      const worth = (levels: typeof bids) => levels.reduce((sum, [price, size]) => sum + price * size * unit, 0);
      mids.get(instrument.id)?.push(((bid + ask) / 2) * Number(instrument.tickSize));
      near
        .get(instrument.id)
        ?.push(
          bid > 0 && ask > 0
            ? Math.min(
                worth(bids.filter(([price]) => price >= bid * 0.99)),
                worth(asks.filter(([price]) => price <= ask * 1.01)),
              )
            : 0,
        );
    }
  }
  for (const { id } of instruments)
    for (const type of ["trade", "depth"]) hear(`${type} ${id}`, start + seconds * 1_000);
  return { instruments, mids, near, silence };
}

describe("every generated market", () => {
  for (const seed of [1, 2, 3])
    it(`prints and moves in every two seconds, stays near, and has two sides to trade with, seed ${seed}`, () => {
      const mids = new Map<InstrumentId, readonly number[]>();
      for (const venue of ["backpack", "aster-futures", "aster-spot"] as const) {
        const found = watch(venue, seed);
        for (const { id } of found.instruments) {
          const prices = found.mids.get(id) ?? [];
          mids.set(id, prices);
          const first = prices[0] ?? 0;
          expect(Math.max(...prices) / first, id).toBeLessThan(1.04);
          expect(Math.min(...prices) / first, id).toBeGreaterThan(0.96);
          expect(Math.min(...(found.near.get(id) ?? [])), id).toBeGreaterThanOrEqual(60);
          expect(found.silence.get(`trade ${id}`), id).toBeLessThan(2_000);
          expect(found.silence.get(`depth ${id}`), id).toBeLessThan(2_000);
        }
      }
      const pairs: readonly (readonly [InstrumentId, InstrumentId])[] = [
        ["backpack:SOL_USDC", "aster-spot:SOLUSDT"],
        ["backpack:SOL_USDC_PERP", "aster-futures:SOLUSDT"],
        ["backpack:BTC_USDC_PERP", "aster-futures:BTCUSDT"],
        ["backpack:ETH_USDC_PERP", "aster-futures:ETHUSDT"],
        ["backpack:ETH_USDC", "aster-spot:ETHUSDT"],
      ];
      for (const [here, there] of pairs) {
        const other = mids.get(there) ?? [];
        const apart = (mids.get(here) ?? []).map((mid, at) => Math.abs(mid / (other[at] ?? 0) - 1));
        expect(Math.max(...apart), `${here} ${there}`).toBeLessThan(0.001);
      }
    });
});

describe("asterFuturesMarkets, asterSpotMarkets", () => {
  it("are four coins against USDT on two services", () => {
    expect(asterFuturesMarkets().map(({ id, tickSize, lotSize }) => `${id} ${tickSize} ${lotSize}`)).toEqual([
      "aster-futures:BTCUSDT 0.1 0.001",
      "aster-futures:ETHUSDT 0.01 0.001",
      "aster-futures:SOLUSDT 0.01 0.01",
      "aster-futures:ASTERUSDT 0.0001 0.01",
    ]);
    expect(asterSpotMarkets("x").map(({ id, kind, minNotional }) => `${id} ${kind} ${minNotional}`)).toEqual([
      "x:BTCUSDT spot 5",
      "x:ETHUSDT spot 5",
      "x:SOLUSDT spot 5",
      "x:ASTERUSDT spot 5",
    ]);
  });
});

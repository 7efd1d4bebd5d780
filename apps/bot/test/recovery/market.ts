// Two exchanges on one virtual timeline, and a market that moves the same way whatever the bot does.
import { type InstrumentId, millis, random, type Ticks, ticks, toLots } from "@bp/core";
import {
  asterFuturesMarkets,
  asterOnBackpack,
  createExchange,
  createTimeline,
  type Exchange,
  type ScriptedMarket,
  scriptedMarket,
  type Timeline,
} from "@bp/sim";

/** Where the order rests, and where each of its trades is hedged. */
export const lead: InstrumentId = "backpack:ASTER_USDC_PERP";
export const hedge: InstrumentId = "aster-futures:ASTERUSDT";
/** What trades on both; the account has the venue's name. */
export const venues = ["backpack", "aster-futures"] as const;

export interface TwoVenues {
  readonly timeline: Timeline;
  readonly exchanges: Readonly<Record<(typeof venues)[number], Exchange>>;
}

const start = millis(Date.UTC(2026, 0, 1));
const slotMs = 250;
const far = millis(start + 86_400_000);

/**
 * Opens both exchanges. Each quarter of a second both books move; in every second one of them somebody trades a part of what
 * rests of ours.
 */
export function openVenues(seed: number): TwoVenues {
  const timeline = createTimeline(start);
  const markets = {
    backpack: scriptedMarket(asterOnBackpack().filter(({ id }) => id === lead)),
    "aster-futures": scriptedMarket(asterFuturesMarkets().filter(({ id }) => id === hedge)),
  };
  const exchangeAt = (name: (typeof venues)[number]) =>
    createExchange({
      start,
      market: markets[name],
      accounts: [{ name, balances: { USDC: "100000", USDT: "100000" } }],
    });
  const exchanges = { backpack: exchangeAt("backpack"), "aster-futures": exchangeAt("aster-futures") };
  for (const name of venues) timeline.follow(exchanges[name]);

  const shown = new Map<InstrumentId, readonly [Ticks, Ticks]>();
  const act = (name: (typeof venues)[number], step: (hands: ScriptedMarket["hands"]) => void) => {
    markets[name].at(exchanges[name].now(), () => step(markets[name].hands));
    exchanges[name].advance(exchanges[name].now());
  };
  const book = (name: (typeof venues)[number], id: InstrumentId, middle: number, size: string) => {
    const [instrument] = exchanges[name].instruments;
    if (instrument === undefined) throw new Error(id);
    const next = [ticks(middle - 1), ticks(middle + 1)] as const;
    const before = shown.get(id);
    shown.set(id, next);
    act(name, (hands) => {
      for (const [at, side] of (["bid", "ask"] as const).entries()) {
        const gone = before?.[at];
        const price = next[at];
        if (price === undefined) continue;
        if (gone !== undefined && gone !== price) hands.level(id, side, gone, toLots(instrument, "0"));
        hands.level(id, side, price, toLots(instrument, size));
      }
    });
  };
  let middle = 17_200;
  const slot = (number: number) => {
    const chance = random(seed * 1_000_003 + number);
    middle += Math.round((chance.next() - 0.5) * 12);
    const basis = Math.round((chance.next() - 0.5) * 8);
    const thin = chance.next() < 0.2 ? String(2 + Math.floor(chance.next() * 8)) : "10000";
    book("backpack", lead, middle, "10000");
    book("aster-futures", hedge, middle + basis, thin);
    if (number % 40 === 0)
      for (const [name, id, at] of [
        ["backpack", lead, middle],
        ["aster-futures", hedge, middle + basis],
      ] as const)
        act(name, (hands) => hands.mark(id, at, at, { rate: 0, at: far }));
    const trades = chance.next() < 0.5;
    const size = 1 + Math.floor(chance.next() * 10);
    const [resting] = exchanges.backpack.openOrders("backpack", lead);
    const [instrument] = exchanges.backpack.instruments;
    if (trades && resting?.price !== undefined && instrument !== undefined) {
      const { price, side } = resting;
      act("backpack", (hands) =>
        hands.print(lead, price, toLots(instrument, String(size)), side === "buy" ? "sell" : "buy"),
      );
    }
    // the market goes on where it was
    const [known] = exchanges.backpack.instruments;
    if (known !== undefined) act("backpack", (hands) => hands.print(lead, ticks(middle), known.minSize, "buy"));
    timeline.at(millis(start + (number + 1) * slotMs), () => slot(number + 1));
  };
  timeline.at(start, () => slot(0));
  return { timeline, exchanges };
}

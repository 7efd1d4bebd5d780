// Ours, as the bot joins it: client, venue, engine, risk rules and journal, with a strategy that wants one quote a tick.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { backpackVenue, createBackpack } from "@bp/client";
import { type AnyRule, type BpError, type InstrumentId, type Journal, lots, type Quote, type Strategy } from "@bp/core";
import { createEngine, createRunner, live, paceOf } from "@bp/engine";
import { openJournal } from "@bp/journal";
import {
  dailyLoss,
  drawdown,
  funds,
  maxOpenOrders,
  maxPosition,
  orderRate,
  ownCross,
  priceBand,
  staleMarket,
  whenHalted,
} from "@bp/risk";
import { createBudget, systemClock } from "@bp/transport";
import { apiKey, type Place, secret, symbol } from "./market.ts";

const id: InstrumentId = `backpack:${symbol}`;

/** Wants to buy at each new best bid, one order at a time: the next when the last one is filled. */
const follower: Strategy<InstrumentId, readonly Quote[]> = {
  name: "follower",
  params: { parse: (input) => input as InstrumentId }, // from below
  instruments: (instrument) => [instrument],
  start: () => [],
  remember: (quotes, event, view, instrument) => {
    const filled = event.type === "order.filled";
    if (!filled && (event.type !== "book.changed" || quotes.length > 0)) return quotes;
    const bid = view.book(instrument).bid?.[0];
    if (bid === undefined || (filled && event.price === bid)) return [];
    return [{ kind: "quote", instrument, slot: "buy", side: "buy", price: bid, size: lots(1), postOnly: true }];
  },
  want: (_, quotes) => quotes,
};

/** Every rule there is, none of which ever says no here. */
const rules: readonly AnyRule[] = [
  whenHalted(),
  dailyLoss("1000000000"),
  drawdown("1000000000"),
  staleMarket(5_000),
  priceBand(0.9, 5_000),
  maxPosition({ [id]: "1000000" }),
  ownCross(),
  funds(),
  maxOpenOrders({ total: 42 }),
  orderRate(100, 100),
];

export const oursUnwritten = (place: Place) => run(place, { append: () => undefined, commit: () => undefined });

export async function oursOnDisk(place: Place): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const journal = openJournal(join(folder, "journal.sqlite")).begin({
    id: "latency",
    mode: "bench",
    key: "latency",
    strategy: "follower",
    params: {},
    instruments: [],
    version: "0",
    clientRun: 1,
    started: systemClock.now(),
  });
  await run(place, journal);
}

/** The stub sends no trades and no marks; everything else is worth a line. */
function tell(error: BpError): void {
  if (error.code !== "transport/silent") console.error(error.message);
}

async function run({ rest, ws }: Place, journal: Journal): Promise<void> {
  const clock = systemClock;
  const budget = createBudget({ capacity: 1_000_000, perMs: 60_000, reserved: 0.2, clock }); // the stub has no limit
  const client = createBackpack({ key: { apiKey, secret }, restUrl: rest, wsUrl: ws, clock, budget });
  const venue = backpackVenue({ client, clock, onTrouble: tell });
  const instruments = (await venue.instruments()).filter((each) => each.id === id);
  const strategies = [{ strategy: follower as Strategy<unknown, unknown>, params: id }]; // parsed as what it is
  const engine = createEngine({ run: 1, instruments, strategies, rules, askEveryMs: 3_600_000 });
  const { handle } = createRunner({ engine, journal, send: (command) => venue.send(command) });
  const { signal } = new AbortController();
  live({ venues: [venue], instruments: [id], handle, clock, signal, pace: paceOf(1, clock.now()) }).catch(
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
  await clock.sleep(4_000); // the second look at the account has been taken
}

import { type Command, clientId, type InstrumentId, instrument, isBpError } from "@bp/core";
import { describe, expect, it } from "vitest";
import { type VenueShell, venueOver } from "./openVenue.ts";

const sol = instrument({ id: "x:SOL", kind: "spot", base: "SOL", quote: "USDC", tickSize: "0.01", lotSize: "0.01" });
const known = new Map<InstrumentId, typeof sol>([[sol.id, sol]]);
const ask: Command = { type: "account.ask", venue: "x", why: "a test" };
const cancel: Command = { type: "order.cancel", clientId: clientId(7), instrument: sol.id };
const open = { instruments: [sol.id], account: true };

/** A venue that remembers what it was asked. */
function create(change: Partial<VenueShell> = {}) {
  const asked: string[] = [];
  const nothing = () => undefined;
  const desk = {
    place: nothing,
    cancel: (command: Command) => void asked.push(command.type),
    heard: nothing,
    told: nothing,
  };
  const more = { tradesSince: () => new Map(), clientIdOfOrder: nothing, resting: () => false };
  const venue = venueOver({
    id: "x",
    signs: true,
    load: async () => known,
    start: () => ({
      desk: { ...desk, ...more },
      askSnapshot: (why) => void asked.push(why),
      stop: () => void asked.push("stop"),
    }),
    close: async () => undefined,
    ...change,
  });
  return { venue, asked };
}

describe("venueOver", () => {
  it("just ends when it is told to stop while it still asks for the markets", async () => {
    const life = new AbortController();
    const given = new Error("given up");
    const { venue } = create({
      load: (signal) => new Promise((_, reject) => signal?.addEventListener("abort", () => reject(given))),
    });
    const opened = venue.open(open, () => undefined, life.signal);
    life.abort();
    await expect(opened).resolves.toBeUndefined();
  });

  it("takes commands in the same turn in which it is opened, once its markets are known", async () => {
    const { venue, asked } = create();
    await venue.instruments();
    const life = new AbortController();
    const opened = venue.open(open, () => undefined, life.signal);
    venue.send(ask);
    expect(asked).toEqual(["a test"]);
    life.abort();
    await opened;
    expect(asked).toEqual(["a test", "stop"]);
  });

  it("keeps commands that come while it asks the venue about the account, and gives them in order", async () => {
    let go = () => {};
    const { venue, asked } = create({
      prepare: () =>
        new Promise((resolve) => {
          go = resolve;
        }),
    });
    await venue.instruments();
    const life = new AbortController();
    const opened = venue.open(open, () => undefined, life.signal);
    venue.send(ask);
    venue.send({ ...ask, why: "another" });
    expect(asked).toEqual([]);
    go();
    await Promise.resolve();
    await Promise.resolve();
    expect(asked).toEqual(["a test", "another"]);
    life.abort();
    await opened;
  });

  it("is open once, and says so; it takes no commands before and after", async () => {
    const { venue } = create();
    const life = new AbortController();
    const code = (act: () => unknown) => {
      try {
        act();
      } catch (error) {
        return isBpError(error) ? error.code : error;
      }
      return "fine";
    };
    expect(code(() => venue.send(ask))).toBe("config/conflict");
    const opened = venue.open(open, () => undefined, life.signal);
    await expect(venue.open(open, () => undefined, life.signal)).rejects.toMatchObject({ code: "config/conflict" });
    life.abort();
    await opened;
    expect(code(() => venue.send(ask))).toBe("config/conflict");
  });

  it("gives a cancel at once while it is opened anew, and once more when it is open; all else waits", async () => {
    let go = () => {};
    let times = 0;
    const { venue, asked } = create({
      prepare: async () => {
        times += 1;
        if (times === 2)
          await new Promise<void>((resolve) => {
            go = resolve;
          });
      },
    });
    const first = new AbortController();
    const opened = venue.open(open, () => undefined, first.signal);
    await new Promise((resolve) => setImmediate(resolve));
    first.abort();
    await opened;
    venue.send(cancel); // nobody is open
    expect(asked).toEqual(["stop", "order.cancel"]);
    const life = new AbortController();
    const again = venue.open(open, () => undefined, life.signal);
    await new Promise((resolve) => setImmediate(resolve));
    venue.send(cancel); // it asks the venue about the account
    venue.send(ask);
    expect(asked).toEqual(["stop", "order.cancel", "order.cancel"]);
    go();
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked.slice(3)).toEqual(["order.cancel", "order.cancel", "a test"]);
    life.abort();
    await again;
  });

  it("can be opened again after it could not be", async () => {
    let wrong = true;
    const { venue, asked } = create({
      prepare: async () => {
        if (wrong) throw new Error("the account is in another mode");
      },
    });
    const life = new AbortController();
    await expect(venue.open(open, () => undefined, life.signal)).rejects.toThrow("another mode");
    wrong = false;
    const opened = venue.open(open, () => undefined, life.signal);
    venue.send(ask);
    await new Promise((resolve) => setImmediate(resolve));
    life.abort();
    await opened;
    expect(asked).toEqual(["a test", "stop"]);
  });
});

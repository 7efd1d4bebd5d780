// The end of a run whose engine has broken: what the venues say counts, and nothing else.
import { BpError, type Command, manualClock, millis, type Unnumbered } from "@bp/core";
import type { Engine } from "@bp/engine";
import { describe, expect, it } from "vitest";
import { sweep } from "./ending.ts";
import type { Stage } from "./stage/stage.ts";

const own = 0x0500_0007;

/** A venue on which orders with these numbers rest, below an engine that knows of none of them. */
function broken(resting: (number | undefined)[], options: { readonly silent?: true; readonly closed?: true } = {}) {
  const clock = manualClock(1_763_640_000_000);
  const sent: Command[] = [];
  let hears: (fact: Unnumbered) => void = () => undefined;
  const stage = {
    venues: [{ id: "backpack" }],
    clock,
    send: (command: Command) => {
      if (options.closed) throw new BpError("venue/unavailable", { venue: "backpack", why: "it is not open" });
      sent.push(command);
      if (command.type === "order.cancel") resting.splice(resting.indexOf(command.clientId), 1);
      else if (options.silent === undefined)
        hears({
          type: "account.snapshot",
          venue: "backpack",
          orders: resting.map((clientId) => ({ clientId, instrument: "backpack:SOL_USDC" })),
        } as unknown as Unnumbered); // all that is looked at
    },
    pause: async (ms: number) => clock.advance(millis(ms)),
  } as unknown as Stage; // likewise
  const engine = { orders: new Map() } as unknown as Engine; // it knows of none
  const swept = sweep(stage, engine, 5, (watcher) => {
    hears = watcher;
    return () => undefined;
  });
  return { swept, sent };
}

describe("sweep", () => {
  it("asks the venues also where the engine knows of no order, and takes back what has a number of the run", async () => {
    const resting = [own, undefined, 0x0600_0001];
    const { swept, sent } = broken(resting);
    expect(await swept).toBe(true);
    expect(resting).toEqual([undefined, 0x0600_0001]);
    expect(sent.filter(({ type }) => type === "order.cancel")).toHaveLength(1);
    expect(sent.filter(({ type }) => type === "account.ask")).toHaveLength(3); // one with it, two without
  });

  it("knows nothing where a venue does not answer, or is not open", async () => {
    expect(await broken([], { silent: true }).swept).toBe(false);
    expect(await broken([], { closed: true }).swept).toBe(false);
  });
});

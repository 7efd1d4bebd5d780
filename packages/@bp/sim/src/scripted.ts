// A market that does what a test says.
import { BpError, type Instrument, type Millis } from "@bp/core";
import type { MarketHands, MarketSource } from "./contract.ts";

/** A market source in a test's hands. */
export interface ScriptedMarket extends MarketSource {
  /** @throws BpError `sim/bad-market` before an exchange was made with it */
  readonly hands: MarketHands;
  /** Acts later: `step` runs when the exchange's time reaches `at`; equal times in the order given. */
  at(at: Millis, step: (hands: MarketHands) => void): void;
}

/** A market that stands still but for what is done by its `hands`, at once or at a moment. */
export function scriptedMarket(instruments: readonly Instrument[]): ScriptedMarket {
  let hands: MarketHands | undefined;
  const steps: { readonly at: Millis; readonly step: (hands: MarketHands) => void }[] = [];
  const given = (): MarketHands => {
    if (hands === undefined)
      throw new BpError("sim/bad-market", { why: "the scripted market belongs to no exchange yet" });
    return hands;
  };
  return {
    instruments,
    get hands() {
      return given();
    },
    attach: (mine) => {
      hands = mine;
    },
    nextAt: () => steps[0]?.at,
    act: () => steps.shift()?.step(given()),
    at: (at, step) => {
      const place = steps.findIndex((each) => each.at > at);
      steps.splice(place < 0 ? steps.length : place, 0, { at, step });
    },
  };
}

// The venues' REST doors, in a process of their own, so that a venue that computes does not make what arrives look late.
import { type Arrival, type Tap, tapInto } from "./tap.ts";

/** What came in at a venue. */
export interface Counted {
  readonly arrivals: readonly Arrival[];
  /** Answers 429 and 418. */
  readonly breaches: number;
  /** The most that the venue's headers have told. */
  readonly told: Readonly<Record<string, number>>;
}

/** What it says when it is asked, in the order of its ports. */
export type DoorReport = readonly Counted[];

const taps = await Promise.all(process.argv.slice(2).map((port) => tapInto(Number(port))));
const counted = (tap: Tap): Counted => ({
  arrivals: tap.arrivals,
  breaches: tap.breaches(),
  told: Object.fromEntries(tap.told),
});
process.on("message", () => process.send?.(taps.map(counted)));
process.on("disconnect", () => process.exit());
process.send?.(taps.map(({ port }) => port));

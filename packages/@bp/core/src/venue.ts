// A place to trade. Commands go in, facts come out; nothing is answered by return.
import type { Command } from "./command.ts";
import type { Unnumbered } from "./event.ts";
import type { Instrument, InstrumentId, VenueId } from "./instrument.ts";

/** A place to trade, as one account sees it. */
export interface Venue {
  /** The first part of its instruments' ids. */
  readonly id: VenueId;
  /** Markets with filters and this account's fees. */
  instruments(signal?: AbortSignal): Promise<readonly Instrument[]>;
  /**
   * Opens every stream asked for and hands each fact to `emit` in the same turn of the event loop in which it arrived;
   * reconnects by itself and says so with `link.*`. Resolves when `signal` aborts. No promise stands between a frame and a decision.
   * With `account`, a first `account.snapshot` follows each `link.restored`.
   */
  open(
    ask: { readonly instruments: readonly InstrumentId[]; readonly account: boolean },
    emit: (fact: Unnumbered) => void,
    signal: AbortSignal,
  ): Promise<void>;
  /**
   * Takes a command. Throws only for a mistake of ours; a refusal comes out as a fact.
   *
   * @param mayLeave - asked by venues where an order may have to wait, at the moment in which it leaves: after a no it is not sent, and
   *   told as rejected
   */
  send(command: Command, mayLeave?: () => boolean): void;
}

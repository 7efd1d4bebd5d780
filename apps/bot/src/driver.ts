// Drives a stage, and opens it anew where nothing that was heard can be believed any more.
import type { InstrumentId, Unnumbered } from "@bp/core";
import type { Stage } from "./stage/stage.ts";

/** A stage being driven. */
export interface Driver {
  /** As `drive` of the stage. */
  readonly driving: Promise<string | undefined>;
  /** Hands a command over; while the stage is being opened anew all but cancels wait. @throws as `send` of the stage */
  readonly send: Stage["send"];
  /** Closes all streams and opens them again: each venue tells its links, books and account once more. */
  reopen(): void;
}

/** Begins to drive. */
export function driveStage(
  stage: Stage,
  ids: readonly InstrumentId[],
  handle: (fact: Unnumbered) => void,
  signal: AbortSignal,
  seconds: number | undefined,
): Driver {
  let leg = new AbortController();
  const held: Parameters<Stage["send"]>[] = [];
  const drive = async (): Promise<string | undefined> => {
    for (;;) {
      const driven = stage.drive(ids, handle, AbortSignal.any([signal, leg.signal]), seconds);
      for (const each of held.splice(0)) stage.send(...each);
      const over = await driven;
      if (!leg.signal.aborted || signal.aborted) return over;
      leg = new AbortController();
    }
  };
  return {
    driving: drive(),
    send: (...each) => {
      const [{ type }] = each;
      if (leg.signal.aborted && !signal.aborted && type !== "order.cancel") held.push(each);
      else stage.send(...each);
    },
    reopen: () => leg.abort(),
  };
}

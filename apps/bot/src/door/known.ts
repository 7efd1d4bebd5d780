// What a door knows of the bot here: the newest frame, the run, and what came before for whoever looks later.
import type { Brief, Frame, History } from "dashboard/contract";
import { briefOf } from "./brief.ts";
import type { Batch } from "./flow.ts";
import { staleMs } from "./health.ts";
import { createChronicle } from "./history.ts";
import type { Hub } from "./hub.ts";
import type { DoorRun } from "./words.ts";

/** It, as it is now. */
export interface Known {
  /** `undefined`: none has come yet. */
  readonly frame: Frame | undefined;
  /** `undefined`: none has come yet, or none any more; old figures would pass for those of now. */
  readonly brief: Brief | undefined;
  /** `undefined`: it has not begun. */
  readonly run: DoorRun | undefined;
  /** How long ago the frame came, ms. */
  ageMs(): number;
  history(): History;
  took(batch: Batch): void;
  begun(run: DoorRun): void;
}

/**
 * Nothing yet.
 *
 * @param hub - is told what comes
 * @param now - ms of a clock that is never set
 */
export function createKnown(hub: Pick<Hub, "put">, now = (): number => performance.now()): Known {
  const chronicle = createChronicle();
  let frame: Frame | undefined;
  let framedAt = 0;
  let run: DoorRun | undefined;
  const ageMs = () => now() - framedAt;
  return {
    get frame() {
      return frame;
    },
    get brief() {
      return frame === undefined || ageMs() >= staleMs ? undefined : briefOf(frame);
    },
    get run() {
      return run;
    },
    ageMs,
    history: () => chronicle.history(),
    took: ({ frame: next, news, fills }) => {
      if (next !== undefined) {
        frame = next;
        framedAt = now();
        chronicle.frame(next);
        hub.put({ event: "frame", data: next });
      }
      chronicle.news(news);
      chronicle.fills(fills);
      if (news.length > 0) hub.put({ event: "news", data: news });
      if (fills.length > 0) hub.put({ event: "fills", data: fills });
    },
    begun: (begun) => {
      run = begun;
    },
  };
}

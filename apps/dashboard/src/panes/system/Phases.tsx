// Where a system is in its cycle.
import type { SystemView } from "../../contract/index.ts";
import { Bar } from "../common/Bar.tsx";
import { fill, usePaneWords } from "../common/setting.tsx";
import { share } from "../decimal.ts";
import { duration } from "../format.ts";
import { wordFor } from "./words.ts";

interface PhasesProps {
  readonly phases: NonNullable<SystemView["phases"]>;
  /** By the market's clock. */
  readonly now: number;
}

/** Steps with the present one marked, and how long it has lasted or still lasts. */
export function Phases({ phases: { steps, now: step, since, until }, now }: PhasesProps) {
  const words = usePaneWords();
  const left = until === undefined || until <= now ? undefined : until - now;
  return (
    <div className="pane-phases">
      <ol aria-label={words["system.phase"]}>
        {steps.map((each) => (
          <li key={each} aria-current={each === step ? "step" : undefined}>
            {wordFor(each, words)}
          </li>
        ))}
      </ol>
      {since === undefined ? null : (
        <p>
          <small>
            {left === undefined
              ? fill(words["system.for"], { time: duration(now - since) })
              : fill(words["system.left"], { time: duration(left) })}
          </small>
          {left === undefined || until === undefined ? null : <Bar share={share(now - since, until - since)} />}
        </p>
      )}
    </div>
  );
}

// Each strategy in its system's own terms: phases as steps, figures, cells, rungs and cycles.
import { memo } from "react";
import type { Frame, SystemView } from "../../contract/index.ts";
import { Nothing, PaneBox } from "../common/PaneBox.tsx";
import { Stat, Stats } from "../common/Stat.tsx";
import { usePaneWords } from "../common/setting.tsx";
import { useSlice } from "../common/useSlice.ts";
import { number } from "../format.ts";
import { InventoryGauge } from "./InventoryGauge.tsx";
import { Phases } from "./Phases.tsx";
import { SystemTable } from "./SystemTable.tsx";
import { wordFor } from "./words.ts";

/** Of one strategy, or of all where none is named. */
export interface SystemProps {
  readonly frame: Frame;
  readonly strategy?: string;
}

/** A pane for each strategy. */
export function System({ frame, strategy }: SystemProps) {
  const now = Math.floor(frame.run.marketNow / 1_000) * 1_000;
  const shown = useSlice(
    frame.strategies
      .filter(({ name }) => strategy === undefined || strategy === name)
      .map(({ name, view }) => ({ name, view })),
  );
  return shown.map(({ name, view }) => <SystemPane key={name} name={name} view={view} now={now} />);
}

interface SystemPaneProps {
  readonly name: string;
  readonly view: SystemView;
  readonly now: number;
}

function SystemPane({ name, view, now }: SystemPaneProps) {
  const words = usePaneWords();
  const { kind, phases, facts, tables } = view;
  const isEmpty = phases === undefined && facts.length === 0 && tables.length === 0;
  return (
    <PaneBox name="system" title={`${words.system}: ${name}`} aside={<span className="pane-tag">{kind}</span>}>
      {isEmpty ? <Nothing>{words["system.none"]}</Nothing> : null}
      {phases === undefined ? null : <Phases phases={phases} now={now} />}
      <InventoryGauge facts={facts} />
      <Facts facts={facts} />
      {tables.map((table) => (
        <SystemTable key={table.title} table={table} view={view} />
      ))}
    </PaneBox>
  );
}

const Facts = memo(function Facts({ facts }: Pick<SystemView, "facts">) {
  const words = usePaneWords();
  if (facts.length === 0) return null;
  return (
    <Stats>
      {facts.map(({ label, value, unit, tone }) => (
        <Stat
          key={label}
          label={wordFor(label, words)}
          value={number(wordFor(value, words), { signed: tone === "good" })}
          unit={unit}
          tone={tone}
        />
      ))}
    </Stats>
  );
});

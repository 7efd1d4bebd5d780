// What of the chart can be chosen: how much time, line or candles, and what stands below.
import { usePaneWords } from "../common/setting.tsx";
import { type RangeName, ranges } from "./buckets.ts";

/** What is drawn. */
export interface ChartChoice {
  readonly kind: "line" | "candles";
  readonly net: boolean;
  readonly position: boolean;
  readonly levels: boolean;
}

interface ChartToolsProps {
  readonly range: RangeName;
  readonly choice: ChartChoice;
  readonly onRange: (range: RangeName) => void;
  readonly onChoice: (choice: ChartChoice) => void;
}

/** Buttons that stay pressed. */
export function ChartTools({ range, choice, onRange, onChoice }: ChartToolsProps) {
  const words = usePaneWords();
  const button = (label: string, pressed: boolean, onClick: () => void) => (
    <button key={label} type="button" aria-pressed={pressed} onClick={onClick}>
      {label}
    </button>
  );
  return (
    <div className="pane-tools">
      <fieldset aria-label={words["chart.range"]}>
        {ranges.map(({ name }) =>
          button(name === "all" ? words["chart.range.all"] : name, name === range, () => onRange(name)),
        )}
      </fieldset>
      <fieldset aria-label={words["chart.kind"]}>
        {button(words["chart.line"], choice.kind === "line", () => onChoice({ ...choice, kind: "line" }))}
        {button(words["chart.candles"], choice.kind === "candles", () => onChoice({ ...choice, kind: "candles" }))}
      </fieldset>
      <fieldset>
        {(["levels", "net", "position"] as const).map((part) =>
          button(words[`chart.${part}`], choice[part], () => onChoice({ ...choice, [part]: !choice[part] })),
        )}
      </fieldset>
    </div>
  );
}

// A figure with its name, and what it means on demand.
import type { ReactNode } from "react";
import { unknown } from "../format.ts";
import { Help } from "./Help.tsx";

/** Belongs into `Stats`. */
export interface StatProps {
  readonly label: string;
  readonly value: ReactNode;
  /** Colour alone never says it: the value has its sign or word too. */
  readonly tone?: string | undefined;
  readonly unit?: string | undefined;
  readonly help?: string | undefined;
}

/** A name above its figure. */
export function Stat({ label, value, tone = "", unit, help }: StatProps) {
  return (
    <div className="pane-stat">
      <dt>
        {label}
        {help === undefined ? null : <Help about={label} text={help} />}
      </dt>
      <dd className={tone}>
        {value}
        {unit === undefined || value === unknown ? null : <small> {unit}</small>}
      </dd>
    </div>
  );
}

/** Figures beside each other, as many as there is room for. */
export function Stats({ children }: { readonly children: ReactNode }) {
  return <dl className="pane-stats">{children}</dl>;
}

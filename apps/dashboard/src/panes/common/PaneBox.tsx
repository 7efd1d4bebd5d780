// What every pane stands in: a titled region.
import { type ReactNode, useId } from "react";

/** A pane. `name` is for its style alone. */
export interface PaneBoxProps {
  readonly name: string;
  readonly title: string;
  /** Beside the title. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A region with its heading. */
export function PaneBox({ name, title, aside, children }: PaneBoxProps) {
  const id = useId();
  return (
    <section className={`pane is-${name}`} aria-labelledby={id}>
      <header className="pane-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      <div className="pane-body">{children}</div>
    </section>
  );
}

/** Instead of what there is not yet. */
export function Nothing({ children }: { readonly children: ReactNode }) {
  return <p className="pane-nothing">{children}</p>;
}

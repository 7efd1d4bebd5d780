// A part that scrolls by itself, reachable with the keyboard.
import type { ReactNode } from "react";

/** @param label - what is in it, for a screen reader */
export function Scroll({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: no field of a form, and no landmark of the page either
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no pointer scrolls it with the arrow keys
    <div role="group" className="pane-scroll" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}

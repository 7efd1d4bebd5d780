// A dialog of the browser's own: it keeps the focus, gives it back, and closes with Escape.
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { useWords } from "../words/language.tsx";

/** What stands in it. */
export interface SheetProps {
  readonly title: string;
  /** `side`: at the end of the line, as high as the window. */
  readonly place?: "middle" | "side";
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Open for as long as it is drawn. The focus begins at what has `data-first`, else at the way out. */
export function Sheet({ title, place = "middle", onClose, children }: SheetProps) {
  const words = useWords();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    shown?.querySelector<HTMLElement>("[data-first]")?.focus();
    return () => shown?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it by the browser's own hand
    <dialog
      ref={dialog}
      className={`sheet is-${place}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={({ target }) => target === dialog.current && onClose()}
    >
      <div className="sheet-in">
        <header>
          <h2 id={id}>{title}</h2>
          <button type="button" className="plain" aria-label={words.close} onClick={onClose}>
            ×
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}

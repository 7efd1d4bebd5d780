// A line of explanation on demand, by pointer and by keyboard.
import { type CSSProperties, useId, useRef, useState } from "react";
import { usePaneWords } from "./setting.tsx";

const width = 272;

/** A small button; while it is pointed at or has the focus, `text` stands beside it. Escape takes it away. */
export function Help({ about, text }: { readonly about: string; readonly text: string }) {
  const words = usePaneWords();
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [place, setPlace] = useState<CSSProperties>();
  const show = () => {
    const box = button.current?.getBoundingClientRect();
    if (box === undefined) return;
    const left = Math.max(8, Math.min(box.left - 16, innerWidth - width - 8));
    const below = box.bottom + 120 < innerHeight;
    setPlace({ left, inlineSize: width, ...(below ? { top: box.bottom + 6 } : { bottom: innerHeight - box.top + 6 }) });
  };
  const hide = () => setPlace(undefined);
  return (
    <span className="pane-help">
      <button
        ref={button}
        type="button"
        aria-label={`${about}: ${words.what}`}
        aria-describedby={id}
        onPointerEnter={show}
        onPointerLeave={hide}
        onFocus={show}
        onBlur={hide}
        onClick={show}
        onKeyDown={({ key }) => key === "Escape" && hide()}
      >
        ?
      </button>
      <span id={id} role="tooltip" hidden={place === undefined} style={place}>
        {text}
      </span>
    </span>
  );
}

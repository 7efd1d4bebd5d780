// A button for what cannot be undone: it has to be held down, with pointer or key.
import { type ReactNode, useEffect, useRef, useState } from "react";

const holdMs = 900;

/** What it does after it was held. */
export interface HoldButtonProps {
  readonly onDone: () => void;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

/** The line in it grows while it is held. */
export function HoldButton({ onDone, disabled = false, children }: HoldButtonProps) {
  const [isHeld, setHeld] = useState(false);
  const done = useRef(onDone);
  done.current = onDone;
  useEffect(() => {
    if (!isHeld) return undefined;
    const timer = setTimeout(() => {
      setHeld(false);
      done.current();
    }, holdMs);
    return () => clearTimeout(timer);
  }, [isHeld]);
  const isKey = (key: string) => key === " " || key === "Enter";
  return (
    <button
      type="button"
      data-first
      className={`hold alarm ${isHeld ? "held" : ""}`}
      disabled={disabled}
      onPointerDown={({ button }) => button === 0 && setHeld(true)}
      onPointerUp={() => setHeld(false)}
      onPointerLeave={() => setHeld(false)}
      onPointerCancel={() => setHeld(false)}
      onBlur={() => setHeld(false)}
      onKeyDown={(event) => {
        if (!isKey(event.key)) return;
        event.preventDefault();
        if (!event.repeat) setHeld(true);
      }}
      onKeyUp={({ key }) => isKey(key) && setHeld(false)}
      onContextMenu={(event) => event.preventDefault()}
    >
      {children}
    </button>
  );
}

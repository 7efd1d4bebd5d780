// Gives frames to a pane for as long as it can be seen: what is scrolled away costs next to nothing.
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Frame } from "../contract/index.ts";
import { useFrame } from "../feed/session.tsx";

/** How often, and whether also out of sight. */
export interface LiveProps {
  /** Not more often than so; 0: with each drawing of the browser. */
  readonly everyMs?: number;
  /** Frames come out of sight too: a chart would have holes. */
  readonly always?: boolean;
  readonly area: string;
  readonly children: (frame: Frame) => ReactNode;
}

/** A place of the grid, named `area`. */
export function Live({ everyMs = 500, always = false, area, children }: LiveProps) {
  const place = useRef<HTMLDivElement>(null);
  const [isSeen, setSeen] = useState(true);
  useEffect(() => {
    if (place.current === null || always) return undefined;
    const watch = new IntersectionObserver(([entry]) => setSeen(entry?.isIntersecting ?? true), {
      rootMargin: "100px",
    });
    watch.observe(place.current);
    return () => watch.disconnect();
  }, [always]);
  return (
    <div ref={place} className={`area is-${area}`}>
      <Framed everyMs={isSeen || always ? everyMs : 5_000}>{children}</Framed>
    </div>
  );
}

function Framed({ everyMs, children }: Required<Pick<LiveProps, "everyMs" | "children">>) {
  const frame = useFrame(whole, everyMs);
  return frame === undefined ? null : children(frame);
}

const whole = (frame: Frame) => frame;

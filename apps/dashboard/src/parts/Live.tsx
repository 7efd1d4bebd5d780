// Gives frames to a pane for as long as it can be seen: what is scrolled away costs next to nothing.
import { type ReactNode, useRef } from "react";
import type { Frame } from "../contract/index.ts";
import { paneMs, useFrame } from "../feed/session.tsx";
import { usePaneMs } from "./usePaneMs.ts";

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
export function Live({ everyMs = paneMs, always = false, area, children }: LiveProps) {
  const place = useRef<HTMLDivElement>(null);
  const ms = usePaneMs(place, everyMs, always);
  return (
    <div ref={place} className={`area is-${area}`}>
      <Framed everyMs={ms}>{children}</Framed>
    </div>
  );
}

function Framed({ everyMs, children }: Required<Pick<LiveProps, "everyMs" | "children">>) {
  const frame = useFrame(whole, everyMs);
  return frame === undefined ? null : children(frame);
}

const whole = (frame: Frame) => frame;

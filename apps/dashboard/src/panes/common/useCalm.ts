// Frames for what nobody reads thirty times a second: a few of them, and always the last.
import { useEffect, useRef, useState } from "react";
import type { Frame } from "../../contract/index.ts";

/**
 * A frame that changes at most once in each span of the bot's clock. Where frames stop coming, the last one is shown after
 * that time.
 *
 * @param ms - length of a span, above 0
 */
export function useCalm(frame: Frame, ms = 200): Frame {
  const [, again] = useState(0);
  const shown = useRef(frame);
  const newest = useRef(frame);
  newest.current = frame;
  if (Math.floor(frame.at / ms) !== Math.floor(shown.current.at / ms)) shown.current = frame;
  const waits = shown.current !== frame;
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setTimeout(() => {
      shown.current = newest.current;
      again((count) => count + 1);
    }, ms);
    return () => clearTimeout(timer);
  }, [waits, ms]);
  return shown.current;
}

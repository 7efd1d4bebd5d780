// Keeps the picture of a ladder as the market is: it follows each frame by itself, and nothing else of the page is drawn for it.
import { type RefObject, useEffect, useState } from "react";
import type { Frame } from "../../contract/index.ts";
import { keepEqual } from "../common/keepEqual.ts";
import { usePaneWords } from "../common/setting.tsx";
import { onTheme } from "../common/theme.ts";
import { useInView } from "../common/useInView.ts";
import { createDrawing } from "./drawing.ts";
import type { Placed } from "./drawLine.ts";
import { onExtent } from "./extent.ts";
import { createKeepFocused, slotInFocus } from "./focused.ts";
import { createHandles } from "./handles.ts";
import { inkIn } from "./ink.ts";
import { pictureOf } from "./picture.ts";
import { onPress } from "./pressing.ts";
import type { LadderRows } from "./rows.ts";

/** Frames as they come. */
export interface Frames {
  /** The newest; `undefined` before the first. */
  readonly get: () => Frame | undefined;
  /** @param changed - is told before the browser draws @returns ends it */
  readonly subscribe: (changed: () => void) => () => void;
}

/** What of a picture is no drawing, all of one moment. */
export interface Pressable extends Pick<LadderRows, "beyondAsks" | "beyondBids"> {
  /** Where own orders can be pressed. */
  readonly placed: readonly Placed[];
  /** Whose button has the focus. */
  readonly slot: string | undefined;
}

const nothing: Pressable = { placed: [], slot: undefined, beyondAsks: [], beyondBids: [] };

/** How often buttons follow the picture where nobody points at it, ms. */
const handlesMs = 250;

/** @param place - holds the canvas, and has the size that it shall have */
export function usePicture(
  market: string,
  frames: Frames,
  place: RefObject<HTMLElement | null>,
  canvas: RefObject<HTMLCanvasElement | null>,
): Pressable {
  const words = usePaneWords();
  const isSeen = useInView(place);
  const [pressable, setPressable] = useState(nothing);
  useEffect(() => {
    const [box, paper] = [place.current, canvas.current];
    if (!isSeen || box === null || paper === null) return undefined;
    const drawing = createDrawing(paper, (ratio) => inkIn(box, ratio));
    if (drawing === undefined) return undefined;
    const handles = createHandles<Pressable>((now) => setPressable((before) => keepEqual(before, now)), handlesMs);
    const keepFocused = createKeepFocused();
    let beyond = "";
    const draw = () => {
      const frame = frames.get();
      const now = frame?.markets.find(({ id }) => id === market);
      if (frame === undefined || now === undefined) return;
      const { picture, beyondAsks, beyondBids } = pictureOf(now, frame.run.marketNow, words);
      const drawn = drawing.draw(picture);
      if (drawn === undefined) return; // what was there before stays
      const slot = slotInFocus(box);
      const placed = keepFocused(drawn, slot);
      const left = [...beyondAsks, ...beyondBids].map(({ order }) => order.clientId).join(" ");
      const moves = left !== beyond; // one that is in the picture now stands beside it no longer
      beyond = left;
      handles.put({ placed, slot, beyondAsks, beyondBids }, moves || box.matches(":hover, :focus-within"));
    };
    const drawAnew = () => {
      drawing.paint();
      draw();
    };
    const ends = [
      onExtent(paper, (extent) => {
        drawing.resize(extent);
        draw();
      }),
      onTheme(drawAnew),
      onRestored(paper, drawAnew),
      frames.subscribe(draw),
      onPress(box, window, handles),
      handles.end,
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [market, frames, place, canvas, words, isSeen]);
  return pressable;
}

/** A canvas that the browser had to give up is empty when it has it again. */
function onRestored(canvas: HTMLCanvasElement, then: () => void): () => void {
  canvas.addEventListener("contextrestored", then);
  return () => canvas.removeEventListener("contextrestored", then);
}

// How long somebody presses what can be pressed: from the button going down until its click can have come.
import type { Handles } from "./handles.ts";

/** A finger's click comes after it was lifted, by a task of its own and up to 300 ms later, and hits what stands there then. */
const clickMs = 400;

/** What ends a press: the last three where a menu, a scroll or another window takes it, and no click comes. */
const ends = ["pointerup", "pointercancel", "contextmenu", "blur"];

/** @param page - hears of what ends a press wherever that is @returns ends it */
export function onPress(
  box: EventTarget,
  page: EventTarget,
  { press, release }: Pick<Handles<unknown>, "press" | "release">,
): () => void {
  let isDown = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const down = (event: Event) => {
    if ("button" in event && event.button !== 0) return; // opens a menu, and presses nothing
    clearTimeout(timer);
    isDown = true;
    press();
  };
  const up = () => {
    if (!isDown) return;
    isDown = false;
    timer = setTimeout(release, clickMs);
  };
  box.addEventListener("pointerdown", down);
  for (const end of ends) page.addEventListener(end, up);
  return () => {
    clearTimeout(timer);
    box.removeEventListener("pointerdown", down);
    for (const end of ends) page.removeEventListener(end, up);
  };
}

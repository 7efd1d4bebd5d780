// Whether a part of the page can be seen, or nearly: what is scrolled away is not drawn, or seldom.
import { type RefObject, useEffect, useState } from "react";

/** True until it is known. @param always - it counts as seen wherever it is */
export function useInView(place: RefObject<HTMLElement | null>, always = false): boolean {
  const [isSeen, setSeen] = useState(true);
  useEffect(() => {
    if (place.current === null || always) return undefined;
    const watch = new IntersectionObserver((entries) => setSeen(isSeenIn(entries)), { rootMargin: "100px" });
    watch.observe(place.current);
    return () => watch.disconnect();
  }, [place, always]);
  return isSeen || always;
}

/** A browser that was busy tells several at once, the newest last. */
export const isSeenIn = (entries: readonly Pick<IntersectionObserverEntry, "isIntersecting">[]): boolean =>
  entries.at(-1)?.isIntersecting ?? true;

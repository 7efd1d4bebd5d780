// Whether anybody can see the page: a tab that was hidden for a while is told nothing until it is looked at again.
import { useEffect, useState } from "react";

const graceMs = 5_000;

/** False once the tab has been hidden for five seconds. */
export function useSeen(): boolean {
  const [isSeen, setSeen] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (document.hidden) timer = setTimeout(setSeen, graceMs, false);
      else setSeen(true);
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return isSeen;
}

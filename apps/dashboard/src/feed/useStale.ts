// Since when nothing has come: what is shown may no longer be true.
import { useEffect, useState } from "react";
import { useSession } from "./session.tsx";

/** From so long on it is said, ms. */
const staleMs = 3_000;

/** Whole seconds since the last frame, from 3 on; `undefined` while frames come, or before the first. */
export function useStale(): number | undefined {
  const { store } = useSession();
  const [seconds, setSeconds] = useState<number>();
  useEffect(() => {
    const look = () => {
      const { frame, frameAt } = store.get();
      const age = performance.now() - frameAt;
      setSeconds(frame === undefined || age < staleMs || document.hidden ? undefined : Math.floor(age / 1_000));
    };
    look();
    const timer = setInterval(look, 500);
    const end = store.subscribe(look); // what comes may be old already
    return () => {
      clearInterval(timer);
      end();
    };
  }, [store]);
  return seconds;
}

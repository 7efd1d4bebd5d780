// Whether what comes first has been waited for too long.
import { useEffect, useState } from "react";
import { useSession } from "./session.tsx";
import type { FeedStore } from "./store.ts";
import { useSeen } from "./useSeen.ts";

/** A bot that can be asked has answered by then, ms. */
const lateMs = 5_000;

/** True once a bot has been looked at for five seconds, in a tab that is seen. */
export function useLate(): boolean {
  const { store } = useSession();
  const isSeen = useSeen();
  const [late, setLate] = useState<FeedStore>();
  useEffect(() => {
    if (!isSeen) return undefined;
    const timer = setTimeout(() => setLate(store), lateMs);
    return () => clearTimeout(timer);
  }, [store, isSeen]);
  return late === store;
}

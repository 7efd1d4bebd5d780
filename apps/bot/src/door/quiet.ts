// A thread that gives way: the system runs it after those that trade.
import { setPriority } from "node:os";

/**
 * Makes the thread that calls it nicer than the others of its process. Linux alone has a nice value for each thread; elsewhere
 * it would be the whole process that gives way, so nothing happens there.
 *
 * @param nice - 1 to 19
 * @see setpriority(2), under "C library/kernel differences"
 */
export function giveWay(nice: number): void {
  if (process.platform !== "linux") return;
  try {
    setPriority(nice); // of "process" 0: the calling thread
  } catch {
    // it is not allowed to, and runs as the others do
  }
}

// What work took: told beside a result, which is the same however long it took.

/** Begins to count. @returns what it is by now, as text: on the clock, and of all cores together */
export function spentFrom(): () => string {
  const [started, before] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(before);
    const seconds = (performance.now() - started) / 1_000;
    return `${seconds.toFixed(3)} s, ${((user + system) / 1e6).toFixed(3)} s of the processor`;
  };
}

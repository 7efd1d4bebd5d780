// Ctrl+C while something long is computed: the first one ends it cleanly, a second one at once.

/** Aborts at SIGINT, SIGTERM or SIGHUP. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(1);
      process.stderr.write("\nstopping; once more to leave at once\n");
      stop.abort();
    });
  return stop.signal;
}

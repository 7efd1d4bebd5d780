// Ctrl+C and SIGTERM mean the same: stop cleanly. A second one while that is going on is answered, not obeyed.
/** Aborts at the first signal. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let asked = 0;
  const ask = () => {
    asked += 1;
    controller.abort();
    if (asked === 2)
      process.stderr.write(
        "already stopping: own orders are being cancelled and verified; once more to leave at once\n",
      );
    if (asked > 2) process.exit(1);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, ask);
  // A mistake anywhere must end in cancelled orders too, and in a code that is not 0.
  process.on("uncaughtException", (error) => {
    process.stderr.write(`error: ${error.message}\n${error.stack ?? ""}\n`);
    process.exitCode = 1;
    controller.abort(error);
  });
  return controller.signal;
}

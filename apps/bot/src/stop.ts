// Signals as wishes. Ctrl+C and SIGTERM mean the same: stop cleanly. A second one while that is going on is answered, not obeyed.
import { createOperator, type Ending, type Operator } from "./operator.ts";

/**
 * An operator who hears signals: SIGINT, SIGTERM and SIGHUP end the run, SIGUSR2 is the kill switch. SIGTSTP is the terminal's.
 *
 * @param ending - what the end of the run means
 */
export function operatorOfSignals(ending: Ending): Operator {
  const operator = createOperator();
  let asked = 0;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      asked += 1;
      operator.ask(ending, signal);
      if (asked === 2)
        process.stderr.write(
          "already stopping: own orders are being cancelled and verified; once more to leave at once\n",
        );
      if (asked > 2) process.exit(1);
    });
  // Output that nobody reads any more (a pipe to `head`, a terminal that is gone) ends the run like a hang-up. Complaining
  // about it would fail in the same way, without an end.
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", () => {
      process.exitCode = 1; // whoever wanted to know the end has not heard it
      operator.ask(ending, "the output was closed");
    });
  process.on("SIGUSR2", () => operator.ask("halt", "the kill switch (SIGUSR2)"));
  // A mistake anywhere must end in cancelled orders too, and in a code that is not 0.
  process.on("uncaughtException", (error) => {
    process.stderr.write(`error: ${error.message}\n${error.stack ?? ""}\n`);
    process.exitCode = 1;
    operator.ask("stop", "a mistake of ours");
  });
  return operator;
}

// Signals as wishes. Ctrl+C and SIGTERM mean the same: stop cleanly. A second one while that is going on is answered, not obeyed.
import { onFailing } from "./failing.ts";
import { createOperator, type Ending, type Operator } from "./operator.ts";

/**
 * A terminal that is closed, or a supervisor that ends a whole group, tells the bot once for each process between it and who started
 * it (npm, pnpm, a script: each hands on what it hears): signals that come within this time, ms, are one wish.
 */
const copiesMs = 1_500;

/**
 * An operator who hears signals: SIGINT, SIGTERM and SIGHUP end the run, SIGUSR2 is the kill switch. SIGTSTP is the terminal's.
 *
 * @param ending - what the end of the run means
 */
export function operatorOfSignals(ending: Ending): Operator {
  const operator = createOperator();
  let [asked, heardAt] = [0, Number.NEGATIVE_INFINITY];
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      if (performance.now() - heardAt < copiesMs) return;
      heardAt = performance.now();
      asked += 1;
      operator.ask(ending, signal);
      if (asked === 2)
        process.stderr.write(
          "already stopping: own orders are being cancelled and verified; once more to leave at once\n",
        );
      if (asked > 2) process.exit(1);
    });
  process.on("SIGUSR2", () => operator.ask("halt", "the kill switch (SIGUSR2)"));
  onFailing({
    unheard: () => operator.ask(ending, "the output was closed"), // ends the run like a hang-up
    mistaken: () => operator.ask("stop", "a mistake of ours"), // must end in cancelled orders too
  });
  return operator;
}

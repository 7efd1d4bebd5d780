// A process that writes to a journal until somebody ends it: `node writer.fixture.ts FILE RUN KEY [BATCHES]`.
// Prints the number of each batch of ten once it is committed, or what went wrong.
import { isBpError } from "@bp/core";
import { openJournal } from "./open.ts";
import { beat, newRun } from "./run.fixture.ts";

const [file = "", run = "", key = "", batches = "1e9"] = process.argv.slice(2);
try {
  const store = openJournal(file, { patienceMs: 60_000 });
  const journal = store.begin(newRun(run, { key }));
  for (let batch = 1; batch <= Number(batches); batch++) {
    for (let each = 1; each <= 10; each++) journal.append(beat((batch - 1) * 10 + each));
    journal.commit();
    process.stdout.write(`${batch}\n`);
  }
  store.close();
} catch (error) {
  process.stdout.write(isBpError(error) ? `${error.code}: ${error.message}\n` : `${String(error)}\n`);
}

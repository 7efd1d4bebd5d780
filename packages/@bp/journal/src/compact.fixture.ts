// A process that compacts until somebody ends it: `node compact.fixture.ts FILE`. Prints a line when it begins.
import { compactJournal } from "./compact.ts";

process.stdout.write("begins\n");
setTimeout(() => {
  compactJournal(process.argv[2] ?? "", { before: Number.MAX_SAFE_INTEGER, now: 1 });
}, 0);

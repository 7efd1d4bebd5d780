// A page of a journal, newest first: read backwards in windows, since a journal is read forwards and may have millions of lines.
import { plain } from "@bp/core";
import { type JournalStore, type Line, openJournal } from "@bp/journal";
import type { JournalLine, JournalPage } from "dashboard/contract";
import { commandText, factText } from "../../explain/facts.ts";
import { type Numbers, numbersOf } from "../../explain/numbers.ts";
import { runNamed } from "../../runs.ts";
import type { JournalJob } from "./jobs.ts";

/** Lines read at once. */
const windowLines = 1_000;
/** A search that has found too little by then answers what it has, ms. */
const searchMs = 2_000;

/** @throws BpError `journal/no-run`, `journal/unreadable` */
export function journalPage({ file, run: name, before, limit, find }: JournalJob): JournalPage {
  const store = openJournal(file, { access: "read", end: "as it is" });
  try {
    const run = runNamed(store, name);
    const numbers = numbersOf(run.instruments);
    const wanted = find.toLowerCase();
    const until = performance.now() + searchMs;
    const entries: JournalLine[] = [];
    let next = Math.min(before ?? Number.POSITIVE_INFINITY, endOf(store, run.id) + 1);
    while (next > 1 && entries.length < limit && performance.now() < until) {
      const from = Math.max(1, next - windowLines);
      const found: JournalLine[] = [];
      for (const line of store.read(run.id, from)) {
        if (line.seq >= next) break;
        found.push(journalLine(line, numbers));
      }
      next = from;
      for (const line of found.toReversed()) {
        if (wanted !== "" && !`${line.type} ${line.say}`.toLowerCase().includes(wanted)) continue;
        entries.push(line);
        if (entries.length < limit) continue;
        next = line.seq;
        break;
      }
    }
    return next > 1 ? { entries, before: next } : { entries };
  } finally {
    store.close();
  }
}

/** The number of the last line of a run; 0: it has none. Each question reads one page of the journal. */
function endOf(store: JournalStore, run: string): number {
  const isThere = (seq: number) => {
    for (const _ of store.read(run, seq)) return true;
    return false;
  };
  let beyond = 1;
  while (isThere(beyond)) beyond *= 2;
  let last = Math.floor(beyond / 2);
  while (beyond - last > 1) {
    const middle = Math.floor((last + beyond) / 2);
    if (isThere(middle)) last = middle;
    else beyond = middle;
  }
  return last;
}

function journalLine({ seq, at, entry }: Line, numbers: Numbers): JournalLine {
  if (entry.dir === "in") {
    const { event } = entry;
    return { seq, at, dir: "in", event: event.seq, type: event.type, say: factText(event, numbers) };
  }
  const { cause } = entry;
  if (entry.dir === "note") return { seq, at, dir: "note", event: cause, type: entry.rule, say: plain(entry.why) };
  return { seq, at, dir: "out", event: cause, type: entry.command.type, say: commandText(entry.command, numbers) };
}

// A process that trades or is about to: in the list from its first moment on, so that a kill finds it, and listening for one.
import { rememberJournal } from "./journals.ts";
import { type BotRecord, bornOf, killIn, type Left, makeBotFolder, sayGoodbye, writeRecord } from "./registry.ts";
import { watchMarks } from "./watchMarks.ts";

/** Who enters. */
export interface EnterOptions {
  readonly record: Omit<BotRecord, "pid" | "born" | "started">;
  /** Full path of a file whose presence kills. */
  readonly killFile: string | undefined;
  /** Hears of a kill, in words, once. */
  readonly killed: (by: string) => void;
}

/** A process in the list. */
export interface BotEntry {
  readonly folder: string;
  readonly record: BotRecord;
  /** From here on somebody else listens for kills, and says goodbye. */
  handOver(): void;
  /** The end of what was not handed over. */
  leave(left: Left): void;
}

/** How often it is looked for a kill where the file system does not tell, ms. */
const tickMs = 200;

/** Enters. @throws what the file system does where the state folder cannot be written */
export function enter({ record: given, killFile, killed }: EnterOptions): BotEntry {
  const started = Date.now();
  const folder = makeBotFolder(started);
  const record: BotRecord = { ...given, pid: process.pid, born: bornOf(process.pid) ?? "", started };
  writeRecord(folder, record);
  rememberJournal(record.journal);
  let isListening = true;
  const look = () => {
    const by = marks.look() ?? killIn(folder);
    if (by === undefined || !isListening) return;
    handOver();
    killed(by);
  };
  const marks = watchMarks(record.lasts ? record.accounts.map(({ name }) => name) : [], killFile, () => look());
  const timer = setInterval(look, tickMs).unref();
  const handOver = () => {
    isListening = false;
    clearInterval(timer);
    marks.close();
  };
  let isGone = false;
  return {
    folder,
    record,
    handOver: () => {
      isGone = true;
      handOver();
    },
    leave: (left) => {
      if (isGone) return;
      isGone = true;
      handOver();
      sayGoodbye(folder, left);
    },
  };
}

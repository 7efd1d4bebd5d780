// In which order files are read: recordings by their first moment, so that one can go on where another ended.
import { linesOf } from "./lines.ts";
import { isRecordingHeader } from "./record/format.ts";

const peek = 50; // lines

/** Recordings by time, then all others as they are named. @throws BpError `config/unreadable` */
export async function inOrder(files: readonly string[]): Promise<readonly string[]> {
  if (files.length < 2) return files;
  const dated: { readonly file: string; readonly us: number }[] = [];
  const others: string[] = [];
  for (const file of files) {
    const us = await firstMoment(file);
    if (us === undefined) others.push(file);
    else dated.push({ file, us });
  }
  return [...dated.toSorted((a, b) => a.us - b.us).map(({ file }) => file), ...others];
}

/** When the first frame of a recording was received, µs; `undefined` for what is none. */
async function firstMoment(file: string): Promise<number | undefined> {
  let seen = 0;
  for await (const lines of linesOf(file, { broken: undefined, whole: true })) {
    for (const text of lines) {
      if (!text.startsWith("{")) return undefined;
      const own = isRecordingHeader(text) ? /"started":(\d{13})\b/.exec(text)?.[1] : undefined;
      const at = /^\{"t":(\d{16})\b|"E":(\d{13,16})\b/.exec(text);
      const digits = own ?? at?.[1] ?? at?.[2];
      if (digits !== undefined) return Number(digits.padEnd(16, "0"));
      seen += 1;
      if (seen >= peek) return undefined;
    }
  }
  return undefined;
}

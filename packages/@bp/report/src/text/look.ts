// How text looks: which language, with or without colour.

/** How a text is written. */
export interface Look {
  readonly language: "zh" | "en";
  /** Of Chinese; left out: `hant`, traditional, the words of the original maker. */
  readonly script?: "hant" | "hans";
  /** `ansi` for a terminal with colours, `plain` for files and pipes. */
  readonly paint: "plain" | "ansi";
}

/** What a piece of text is. */
export type Tone = "title" | "key" | "good" | "bad" | "warn" | "quiet";

const codes: Readonly<Record<Tone, string>> = {
  title: "1;36",
  key: "2",
  good: "32",
  bad: "31",
  warn: "1;33",
  quiet: "2",
};

/** Colours a text, if the look has colours. */
export function painted(text: string, tone: Tone | undefined, look: Look): string {
  return look.paint === "plain" || tone === undefined || text === "" ? text : `\u001b[${codes[tone]}m${text}\u001b[0m`;
}

// Says a sentence of the bot in another language, by a table of patterns.

/** Gives a text of the bot in the page's language; what it does not know comes back as it came. */
export type Tell = (said: string) => string;

/** Beyond so many characters it is no sentence of ours, and nothing is looked for in it. */
const longest = 500;
/** Texts that are remembered: a list is drawn again far more often than a new line comes. */
const keptMost = 2_000;
/** What joins sentences; the names before one (`max-position: maker/bid: …`) go first, it may have the others in it. */
const joins = [
  [": ", "："],
  ["; ", "；"],
  [", ", "，"],
] as const;

/** Who speaks before `: ` in one word: notes of the engine. Any other word there is the name of a strategy or a rule, and no sentence. */
const speakers: ReadonlySet<string> = new Set(["alert", "external", "halt", "link", "operator", "unknown", "venue"]);

/** @param table - by sentence as the bot says it, with `#` and `*` for what differs; see `Sentences` */
export function teller(table: Readonly<Record<string, string>>): Tell {
  const rows = Object.entries(table).map(([said, told]) => ({ ...patternOf(said), told }));
  const kept = new Map<string, string>();

  const tell: Tell = (said) => {
    const before = kept.get(said);
    if (before !== undefined) return before;
    const told = said.length > longest ? said : (whole(said) ?? parts(said));
    if (kept.size >= keptMost) kept.clear();
    kept.set(said, told);
    return told;
  };
  const whole = (said: string): string | undefined => {
    for (const { pattern, texts, told } of rows) {
      const holes = pattern.exec(said)?.slice(1);
      if (holes === undefined) continue;
      let next = 0;
      return told.replace(/#|\$(\d)/g, (_, which?: string) => {
        const at = which === undefined ? next++ : Number(which) - 1;
        const hole = holes[at] ?? "";
        return texts[at] === true ? tell(hole) : hole;
      });
    }
    return undefined;
  };
  /** Two sentences in one, of which at least one is known. */
  const parts = (said: string): string => {
    for (const [join, joined] of joins) {
      const at = said.indexOf(join);
      if (at < 0) continue;
      const [first, rest] = [said.slice(0, at), said.slice(at + join.length)];
      const isName = join === ": " && !first.includes(" ") && !speakers.has(first);
      const [told, toldRest] = [isName ? first : tell(first), tell(rest)];
      if (told !== first || toldRest !== rest) return told + joined + toldRest;
    }
    return said;
  };
  return tell;
}

/** @returns what matches it, and of each hole whether it is a text */
function patternOf(said: string): { readonly pattern: RegExp; readonly texts: readonly boolean[] } {
  const texts = [...said.matchAll(/[#*]/g)].map(([hole]) => hole === "*");
  const source = said
    .replace(/[.()+?^$|[\]{}\\/]/g, "\\$&")
    .replace(/[#*]/g, (hole) => (hole === "*" ? "(.+?)" : "(\\S*?)"));
  return { pattern: new RegExp(`^${source}$`), texts };
}

// What was said before, so that a reason is told once and again only after it was gone.
import type { Remark } from "@bp/risk";

const nothing: readonly never[] = [];

/** Remembers the remarks of the last round. */
export function createSaid(): (remarks: readonly Remark[]) => readonly Remark[] {
  let last = new Map<string, string>();
  return (remarks) => {
    if (remarks.length === 0) {
      if (last.size > 0) last.clear();
      return nothing;
    }
    const round = new Map<string, string>();
    const news: Remark[] = [];
    for (const remark of remarks) {
      const about = `${remark.rule}/${remark.slot}`;
      if (last.get(about) !== remark.why) news.push(remark);
      round.set(about, remark.why);
    }
    last = round;
    return news;
  };
}

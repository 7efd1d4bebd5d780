// The outcome policy as a page: the lines of all venues, those that mean the same in one row.
import type { RejectReason } from "@bp/core";
import type { Belief, CommandName, Policy, Row } from "./row.ts";

/** Pauses of a slot after a refusal, ms, by reason: the engine's own table. */
export type Rests = Readonly<Record<RejectReason, number>>;

interface Words {
  readonly believed: string;
  readonly done: string;
  readonly next: string;
}

const lookUp = "the order by our number, again and again until it is found or can no longer arrive";
const fate = "what became of it: live? in the history? among the trades? For a minute, then a snapshot";

const words: Readonly<Record<Exclude<Belief, `refused ${RejectReason}`>, Words>> = {
  accepted: {
    believed: "it stands",
    done: "slot busy",
    next: "nothing; an order that may be over by itself (IOC, post-only) is looked for after 1 s",
  },
  "place unknown": {
    believed: "**unknown**",
    done: "slot busy; nothing that adds risk is placed in its market; reductions go on; not sent again",
    next: lookUp,
  },
  "arrived before": { believed: "**unknown**, but it did arrive", done: "as unknown", next: lookUp },
  cancelled: {
    believed: "cancelled, with the fills that the answer names",
    done: "slot free once those fills are told",
    next: "its fills, if they are missing",
  },
  "cancel pending": {
    believed: "taken, not done",
    done: "slot busy",
    next: "the live order, every 0.5 s; then as unknown",
  },
  "gone or filled": { believed: "**unknown**: cancelled, expired or filled", done: "slot busy", next: fate },
  "cancel unknown": { believed: "**unknown**: it may rest, or not", done: "slot busy", next: fate },
  "nothing learned": { believed: "nothing", done: "reported; slot busy", next: "the same again" },
  "not there now": {
    believed: "not there *now*",
    done: "slot busy",
    next: "the same again; after the window and its margin: it never arrived",
  },
  found: { believed: "what it shows", done: "the doubt ends", next: "nothing" },
  "no snapshot": {
    believed: "nothing",
    done: "reported; no position, order or balance is told; after 10 s the account counts as lost: quotes are pulled",
    next: "all lists again, after 0.25 s, 0.5 s … 5 s",
  },
  snapshot: {
    believed: "the venue's truth",
    done: "orders, fills, positions and balances are compared",
    next: "nothing",
  },
  "no book": {
    believed: "nothing",
    done: "reported; the book stays lost: quotes are pulled",
    next: "the book again, after 0.25 s … 5 s",
  },
  "frame dropped": { believed: "nothing", done: "counted and reported", next: "nothing" },
  "frame doubted": { believed: "nothing", done: "reported", next: "a snapshot" },
  "stream down": {
    believed: "nothing",
    done: "the account counts as lost: quotes are pulled over REST",
    next: "the key again, after 1 s, 2 s … 30 s; then a snapshot",
  },
  "setting not known": {
    believed: "**unknown**",
    done: "nothing is placed",
    next: "the same setting again each second: twice does no harm",
  },
  "setting refused": {
    believed: "it will not be there",
    done: "the start ends with the venue's words",
    next: "nothing",
  },
  set: { believed: "it is there", done: "the start goes on", next: "nothing" },
};

const titles: Readonly<Record<CommandName, string>> = {
  place: "An order is placed",
  cancel: "An order is cancelled",
  look: "An order in doubt is looked for",
  history: "… and in the histories",
  lists: "The account is read: fills, orders, positions, balances",
  book: "The book is read",
  streams: "The account's stream is opened, and what it tells",
  leverage: "Leverage is set before the first order",
};

const order: readonly CommandName[] = ["place", "cancel", "look", "history", "lists", "book", "streams", "leverage"];

/** A table for each command of the venue. */
export function tablesOf({ title, notes, rows }: Policy, rests: Rests): string {
  const parts = [`## ${title}`, notes.map((note) => `- ${note}`).join("\n")];
  for (const command of order) {
    const own = rows.filter((row) => row.command === command);
    if (own.length === 0) continue;
    parts.push(`### ${titles[command]}`, tableOf(own, rests));
  }
  return parts.join("\n\n");
}

function tableOf(rows: readonly Row[], rests: Rests): string {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify([
      row.believed,
      row.command,
      row.why ?? "",
      row.pauseMs ?? "",
      row.only ?? "",
      row.scheme ?? "",
    ]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  const lines = [...groups.values()].map((group) => lineOf(group, rests));
  return ["| the venue answers | believed | done | asked next | why |", "|---|---|---|---|---|", ...lines].join("\n");
}

function lineOf(group: readonly Row[], rests: Rests): string {
  const [first] = group;
  if (first === undefined) return "";
  const { believed, why = "", pauseMs, only, scheme } = first;
  const where = [only, scheme?.toUpperCase()].filter((each) => each !== undefined).join(", ");
  const answers = group.map(({ answer }) => answer).join("; ") + (where === "" ? "" : ` (${where} only)`);
  const said = wordsOf(believed, rests);
  const cancels = typeof pauseMs === "number" && pauseMs > 60_000 ? "but a cancel a minute" : "cancels included";
  const pause =
    pauseMs === undefined
      ? ""
      : `; nothing goes to this host for ${pauseMs === "usual" ? "1 s, 2 s, 4 s … 60 s" : timeOf(pauseMs)}, ${cancels}`;
  return `| ${[answers, said.believed, said.done + pause, said.next, why].map(escaped).join(" | ")} |`;
}

function wordsOf(believed: Belief, rests: Rests): Words {
  if (!isRefusal(believed)) return words[believed];
  const reason = believed.slice("refused ".length) as RejectReason; // what the type says
  const again =
    reason === "would-take" || reason === "price-band" ? "; another price may be tried at once, three times" : "";
  return {
    believed: `refused: ${reason}`,
    done: `slot free; it rests ${timeOf(rests[reason])}, doubled with each further refusal${again}`,
    next: "nothing",
  };
}

function isRefusal(believed: Belief): believed is `refused ${RejectReason}` {
  return believed.startsWith("refused ");
}

function timeOf(ms: number): string {
  return ms >= 60_000 ? `${ms / 60_000} min` : `${ms / 1_000} s`;
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|");
}

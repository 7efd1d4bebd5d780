// What a line has led to, and what is wrong with it: the belief of a line against facts and requests.
import type { Belief } from "./row.ts";

/** What the venue had really done. */
export type Truth = "stands" | "never arrived" | "cancelled" | "rests" | "filled" | "none";

/** What was seen after an answer. */
export interface Seen {
  readonly truth: Truth;
  /** Types of the facts about the order since the answer, in order. */
  readonly told: readonly string[];
  /** Of a refusal. */
  readonly reason: string | undefined;
  /** Requests that could have placed the order, ever. */
  readonly placed: number;
  /** Cancels of it. */
  readonly cancels: number;
  /** Looks for it. */
  readonly looks: number;
  /** From sending to the last fact, ms. */
  readonly afterMs: number;
  /** How long a request may still arrive, ms. */
  readonly patienceMs: number;
  /** Orders at its price that rest at the venue, at the end. */
  readonly rests: number;
  /** Something was told that must not be while nothing can be known: a snapshot, a book, a fill, a link. */
  readonly invented: readonly string[];
  /** What came once the venue answered well again. */
  readonly recovered: readonly string[];
  /** Trouble that was told. */
  readonly troubles: number;
  /** What the call threw, for calls that are made by hand. */
  readonly thrown: { readonly code: string; readonly retry: string } | undefined;
}

/** All beliefs by command: what a wrong line could say instead. */
export const beliefs: Readonly<Record<string, readonly Belief[]>> = {
  place: [
    "accepted",
    "place unknown",
    "refused other",
    "refused no-funds",
    "refused rate-limited",
    "refused would-take",
  ],
  cancel: ["cancelled", "cancel pending", "gone or filled", "cancel unknown"],
  look: ["found", "nothing learned"],
  history: ["found", "nothing learned"],
  lists: ["snapshot", "no snapshot"],
  book: ["no book", "snapshot"],
  streams: ["stream down", "frame dropped"],
  leverage: ["set", "setting not known", "setting refused"],
};

/** Beliefs whose tests are the same: a line with the other one would pass too. Only words tell them apart. */
const alike: readonly (readonly Belief[])[] = [
  ["place unknown", "arrived before"],
  ["cancel pending", "gone or filled", "cancel unknown"],
  ["nothing learned", "not there now"],
];

/** Whether these two beliefs are proven by the same. */
export function sameProof(one: Belief, other: Belief): boolean {
  return one === other || alike.some((group) => group.includes(one) && group.includes(other));
}

/** Sentences about what is not as the belief says; none: the line is true. */
export function problems(believed: Belief, seen: Seen, sent = 1): string[] {
  const found: string[] = [];
  const must = (condition: boolean, sentence: string) => void (condition || found.push(sentence));
  const { told, truth, placed, looks } = seen;
  const last = told.at(-1);
  const list = told.join(", ");
  const doubts = told.filter((each) => each === "order.doubted").length;
  if (believed.startsWith("refused ")) {
    must(list === "order.rejected", `refused and nothing else: ${list}`);
    must(seen.reason === believed.slice("refused ".length), `the reason is ${seen.reason}`);
    must(looks === 0, `${looks} looks for an order that is known to be none`);
    must(seen.rests === 0, `${seen.rests} orders rest`);
    must(placed === sent, `sent ${placed} times`);
    return found;
  }
  // Refusals are settled above.
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check
  switch (believed) {
    case "accepted":
      must(list === "order.accepted", `accepted once: ${list}`);
      must(placed === sent, `sent ${placed} times`);
      must(looks === 0, `${looks} looks`);
      must(seen.rests === 1, `${seen.rests} orders rest`);
      break;
    case "place unknown":
    case "arrived before":
      must(told[0] === "order.doubted" && doubts === 1, `doubted first, once: ${list}`);
      must(placed === sent, `sent ${placed} times`);
      must(looks > 0, "it is looked for");
      if (truth === "stands") {
        must(last === "order.accepted" && told.length === 2, `found to stand: ${list}`);
        must(seen.rests === 1, `${seen.rests} orders rest`);
      } else {
        must(last === "order.rejected" && told.length === 2, `given up in the end: ${list}`);
        must(seen.afterMs > seen.patienceMs, `given up after ${seen.afterMs} ms, it could still arrive`);
        must(looks > 1, `${looks} looks`);
        must(seen.rests === 0, `${seen.rests} orders rest`);
      }
      break;
    case "cancelled":
      must(list === "order.cancelled", `cancelled: ${list}`);
      must(seen.cancels === sent && looks === 0, `${seen.cancels} cancels, ${looks} looks`);
      break;
    case "cancel pending":
    case "gone or filled":
    case "cancel unknown":
      must(doubts === 1, `doubted once: ${list}`);
      must(seen.cancels === sent, `sent ${seen.cancels} times`);
      must(looks > 0, "it is looked for");
      if (truth === "cancelled") must(last === "order.cancelled", `found cancelled: ${list}`);
      else if (truth === "filled") {
        must(told.filter((each) => each === "order.filled").length === 1, `its fill, once: ${list}`);
        must(!told.includes("order.cancelled"), `not called cancelled: ${list}`);
      } else {
        must(last === "order.accepted", `found to stand: ${list}`);
        must(seen.rests === 1, `${seen.rests} orders rest`);
      }
      break;
    case "found":
      must(looks === 1, `${looks} looks`);
      must(last === "order.accepted" && told.length === 2, `found at once: ${list}`);
      must(placed === 1, `sent ${placed} times`);
      break;
    case "nothing learned":
    case "not there now":
      must(!told.includes("order.rejected"), `not given up: ${list}`);
      must(!told.includes("order.cancelled"), `not called cancelled: ${list}`);
      must(looks > 1, `${looks} looks: it is asked again`);
      must(placed === 1, `sent ${placed} times`);
      must(
        truth === "filled" ? told.filter((each) => each === "order.filled").length === 1 : last === "order.accepted",
        `found at last: ${list}`,
      );
      break;
    case "snapshot":
      must(
        seen.recovered.includes("account.snapshot") && seen.troubles === 0,
        `a snapshot at once: ${seen.recovered.join(", ")}, ${seen.troubles} troubles`,
      );
      break;
    case "no snapshot":
      must(seen.invented.length === 0, `nothing is told: ${seen.invented.join(", ")}`);
      must(seen.recovered.includes("account.snapshot"), "a snapshot once the venue answers again");
      must(seen.troubles > 0, "it is reported");
      break;
    case "no book":
      must(seen.invented.length === 0, `nothing is told: ${seen.invented.join(", ")}`);
      must(seen.recovered.includes("book.reset"), "a book once the venue answers again");
      must(seen.troubles > 0, "it is reported");
      break;
    case "stream down":
      must(seen.invented.length === 0, `nothing is told: ${seen.invented.join(", ")}`);
      must(seen.recovered.includes("link.restored"), "a stream once the venue answers again");
      must(seen.recovered.includes("account.snapshot"), "a snapshot after that");
      must(seen.troubles > 0, "it is reported");
      break;
    case "frame dropped":
      must(seen.invented.length === 0, `nothing is told: ${seen.invented.join(", ")}`);
      must(!seen.recovered.includes("link.restored"), "the stream stood all the time");
      break;
    case "frame doubted":
      must(seen.invented.length === 0, `nothing is told: ${seen.invented.join(", ")}`);
      must(seen.recovered.includes("account.snapshot"), "a snapshot tells");
      break;
    case "set":
      must(seen.thrown === undefined, `thrown: ${seen.thrown?.code}`);
      break;
    case "setting not known":
      must(seen.thrown !== undefined && seen.thrown.retry !== "never", `tried again: ${seen.thrown?.code}`);
      break;
    case "setting refused":
      must(seen.thrown?.retry === "never", `not tried again: ${seen.thrown?.code}`);
      break;
    default:
      found.push(`nobody knows how to prove "${believed}"`);
  }
  return found;
}

// The outcome policy of Backpack, as lines.
import type { RejectReason } from "@bp/core";
import { unclear, unread } from "./classes.ts";
import type { Policy, Reply, Row } from "./row.ts";

const reply = (status: number, code: string, message: string): Reply => ({ status, json: { code, message } });

/** Codes that refuse, with the reason that they give for an order. A code that is not known refuses too. */
const refusals: readonly (readonly [code: string, reason: RejectReason, status?: number])[] = [
  ["INVALID_CLIENT_REQUEST", "other"],
  ["INVALID_ORDER", "other"],
  ["INVALID_PRICE", "price-band"],
  ["INVALID_QUANTITY", "below-minimum"],
  ["INVALID_RANGE", "other"],
  ["INVALID_MARKET", "closed"],
  ["INVALID_SYMBOL", "other"],
  ["INVALID_ASSET", "other"],
  ["INVALID_SOURCE", "other"],
  ["INVALID_POSITION_ID", "other"],
  ["INVALID_SIGNATURE", "other"],
  ["INVALID_TWO_FACTOR_CODE", "other"],
  ["UNAUTHORIZED", "other", 401],
  ["FORBIDDEN", "other", 403],
  ["ACCOUNT_DEACTIVATED", "other"],
  ["ACCOUNT_LIQUIDATING", "other"],
  ["INSUFFICIENT_FUNDS", "no-funds"],
  ["INSUFFICIENT_MARGIN", "no-funds"],
  ["INSUFFICIENT_SUPPLY", "no-funds"],
  ["BORROW_LIMIT", "no-funds"],
  ["LEND_LIMIT", "other"],
  ["BORROW_REQUIRES_LEND_REDEEM", "no-funds"],
  ["LEND_REQUIRES_BORROW_REPAY", "other"],
  ["MAX_LEVERAGE_REACHED", "no-funds"],
  ["POSITION_LIMIT", "other"],
  ["ORDER_LIMIT", "other"],
  ["PRECONDITION_FAILED", "other"],
  ["NOT_IMPLEMENTED", "other"],
  ["TOO_EARLY", "other"],
  ["TRADING_PAUSED", "closed"],
  ["MAINTENANCE", "closed"],
  ["A_CODE_OF_TOMORROW", "other"],
];
/** What refines a general code. Never what decides whether an order stands. */
const words: readonly (readonly [code: string, message: string, reason: RejectReason])[] = [
  ["INVALID_ORDER", "Order would immediately match and take", "would-take"],
  ["INVALID_CLIENT_REQUEST", "Price decimal too long", "off-grid"],
  ["INVALID_CLIENT_REQUEST", "Quantity decimal too long", "off-grid"],
  ["INVALID_ORDER", "Reduce only order would increase the position", "reduce-only"],
  ["INVALID_ORDER", "Self trade prevented", "self-trade"],
];
const nobodyKnows = ["TIMEOUT", "SERVER_ERROR"];

const refusedOrders: readonly Row[] = [
  ...refusals.map(
    ([code, reason, status = 400]): Row => ({
      command: "place",
      answer: `${status} ${code}`,
      says: reply(status, code, "Refused"),
      believed: `refused ${reason}`,
    }),
  ),
  ...words.map(
    ([code, message, reason]): Row => ({
      command: "place",
      answer: `400 ${code} "${message}"`,
      says: reply(400, code, message),
      believed: `refused ${reason}`,
    }),
  ),
];

const orders: readonly Row[] = [
  { command: "place", answer: "200, the order", says: "truth", believed: "accepted" },
  ...refusedOrders,
  {
    command: "place",
    answer: "400 INVALID_ORDER, the client id is in use",
    says: reply(400, "INVALID_ORDER", "Order with client ID already exists: 7"),
    believed: "arrived before",
    why: "Each number is used once, so it is this very order that came before.",
  },
  {
    command: "place",
    answer: "400 INVALID_CLIENT_REQUEST, expired, twice",
    says: reply(400, "INVALID_CLIENT_REQUEST", "Request has expired"),
    believed: "refused other",
    sent: 2,
    why: "It was not taken. The clock is measured and the same order sent once more with a fresh signature; this is what a second such answer means.",
  },
  {
    command: "place",
    answer: "401 with an empty body",
    says: { status: 401, text: "" },
    believed: "refused other",
    why: "It did not pass the door.",
  },
  {
    command: "place",
    answer: "400 with a plain text",
    says: { status: 400, text: "failed to parse price" },
    believed: "refused other",
    why: "The venue's own parser: it did not reach the market.",
  },
  {
    command: "place",
    answer: "400 with an empty body",
    says: { status: 400, text: "" },
    believed: "place unknown",
    why: "Not one word: nobody says that the venue has seen it.",
  },
  {
    command: "place",
    answer: "403 with a web page",
    says: { status: 403, text: "<html><title>Forbidden</title></html>" },
    believed: "refused other",
    why: "The firewall stands before the venue.",
  },
  {
    command: "place",
    answer: "404 with a web page",
    says: { status: 404, text: "<html><title>Not found</title></html>" },
    believed: "place unknown",
    why: "A page is of somebody on the way, and what he did before is not known.",
  },
  {
    command: "place",
    answer: "409 with a plain text",
    says: { status: 409, text: "Conflict" },
    believed: "refused other",
  },
  {
    command: "place",
    answer: "418",
    says: { status: 418, text: "I am a teapot" },
    believed: "refused rate-limited",
    pauseMs: 60_000,
  },
  {
    command: "place",
    answer: "429 without Retry-After",
    says: reply(429, "TOO_MANY_REQUESTS", "You have exceeded the rate limit"),
    believed: "refused rate-limited",
    pauseMs: "usual",
  },
  {
    command: "place",
    answer: "429 with Retry-After: 2",
    says: { ...reply(429, "TOO_MANY_REQUESTS", "You have exceeded the rate limit"), headers: { "retry-after": "2" } },
    believed: "refused rate-limited",
    pauseMs: 2_000,
  },
  {
    command: "place",
    answer: "503 MAINTENANCE",
    says: reply(503, "MAINTENANCE", "System under maintenance"),
    believed: "place unknown",
    why: "A server error comes from somewhere on the way; what stands behind it may have worked.",
  },
  ...nobodyKnows.flatMap((code): Row[] => [
    { command: "place", answer: `400 ${code}`, says: reply(400, code, "Unknown"), believed: "place unknown" },
    { command: "place", answer: `503 ${code}`, says: reply(503, code, "Unknown"), believed: "place unknown" },
  ]),
  {
    command: "place",
    answer: "500 with a code that refuses",
    says: reply(500, "INVALID_ORDER", "Invalid order"),
    believed: "place unknown",
    why: "The status says that something broke. The word alone does not prove that nothing was done.",
  },
  {
    command: "place",
    answer: "200, another order",
    says: "stranger",
    believed: "place unknown",
    why: "Its names belong to somebody else; were they believed, his order would be cancelled in place of ours.",
  },
  { command: "place", answer: "200, the order in another market", says: "elsewhere", believed: "place unknown" },
  ...unclear({ command: "place", believed: "place unknown" }),
];

const cancels: readonly Row[] = [
  { command: "cancel", answer: "200, the order", says: "truth", believed: "cancelled" },
  {
    command: "cancel",
    answer: "202",
    says: { status: 202, text: "" },
    believed: "cancel pending",
    why: "Taken and not done: it may still be filled.",
  },
  {
    command: "cancel",
    answer: "404 RESOURCE_NOT_FOUND",
    says: reply(404, "RESOURCE_NOT_FOUND", "Not Found"),
    believed: "gone or filled",
    why: "Most often it has just been filled.",
  },
  {
    command: "cancel",
    answer: "400 RESOURCE_NOT_FOUND",
    says: reply(400, "RESOURCE_NOT_FOUND", "Not Found"),
    believed: "gone or filled",
  },
  ...[
    ...refusals.map(([code, , status = 400]) => [status, code] as const),
    ...nobodyKnows.map((code) => [400, code] as const),
  ].map(
    ([status, code]): Row => ({
      command: "cancel",
      answer: `${status} ${code}`,
      says: reply(status, code, "Refused"),
      believed: "cancel unknown",
    }),
  ),
  {
    command: "cancel",
    answer: "429",
    says: reply(429, "TOO_MANY_REQUESTS", "You have exceeded the rate limit"),
    believed: "cancel unknown",
    pauseMs: "usual",
    why: "The order rests on. It is wanted away as before, so the cancel goes out again after the pause.",
  },
  { command: "cancel", answer: "200, another order", says: "stranger", believed: "cancel unknown" },
  { command: "cancel", answer: "200, the order in another market", says: "elsewhere", believed: "cancel unknown" },
  ...unclear({ command: "cancel", believed: "cancel unknown" }),
];

const looks: readonly Row[] = [
  { command: "look", answer: "200, the order", says: "truth", believed: "found" },
  {
    command: "look",
    answer: "404 RESOURCE_NOT_FOUND",
    says: reply(404, "RESOURCE_NOT_FOUND", "Not Found"),
    believed: "not there now",
    why: "This call shows only what rests. The order may have been filled, or be on its way still: the histories are read too, and it is asked again.",
  },
  { command: "look", answer: "200, another order", says: "stranger", believed: "nothing learned" },
  { command: "look", answer: "200, the order in another market", says: "elsewhere", believed: "nothing learned" },
  ...[400, 401, 403, 404, 409].map(
    (status): Row => ({
      command: "look",
      answer: `${status} with another code`,
      says: reply(status, "INVALID_CLIENT_REQUEST", "Bad"),
      believed: "nothing learned",
    }),
  ),
  {
    command: "look",
    answer: "429",
    says: reply(429, "TOO_MANY_REQUESTS", "Slow down"),
    believed: "nothing learned",
    pauseMs: "usual",
    why: "Read as an empty list it would end a living order.",
  },
  ...unread({ command: "look", believed: "nothing learned" }),
  {
    command: "history",
    answer: "200, an empty list",
    says: { status: 200, json: [] },
    believed: "not there now",
    why: "The history lags behind the market.",
  },
  {
    command: "history",
    answer: "429",
    says: reply(429, "TOO_MANY_REQUESTS", "Slow down"),
    believed: "nothing learned",
    pauseMs: "usual",
  },
  ...unread({ command: "history", believed: "nothing learned" }),
];

const account: readonly Row[] = [
  { command: "lists", answer: "200, the account", says: "truth", believed: "snapshot" },
  { command: "lists", answer: "401 UNAUTHORIZED", says: reply(401, "UNAUTHORIZED", "No"), believed: "no snapshot" },
  {
    command: "lists",
    answer: "429",
    says: reply(429, "TOO_MANY_REQUESTS", "Slow down"),
    believed: "no snapshot",
    pauseMs: "usual",
    why: "A position is never read as zero because nobody told it.",
  },
  ...unread({ command: "lists", believed: "no snapshot" }),
  {
    command: "book",
    answer: "429",
    says: reply(429, "TOO_MANY_REQUESTS", "Slow down"),
    believed: "no book",
    pauseMs: "usual",
  },
  ...unread({ command: "book", believed: "no book" }),
];

const leverage: readonly Row[] = [
  { command: "leverage", answer: "200", says: "truth", believed: "set" },
  {
    command: "leverage",
    answer: "400 INVALID_CLIENT_REQUEST",
    says: reply(400, "INVALID_CLIENT_REQUEST", "Refused"),
    believed: "setting refused",
  },
  {
    command: "leverage",
    answer: "429",
    says: reply(429, "TOO_MANY_REQUESTS", "Slow down"),
    believed: "setting not known",
    pauseMs: "usual",
  },
  ...unclear({ command: "leverage", believed: "setting not known" })
    .filter(
      ({ says }) => typeof says !== "object" || !(says.status === 204 || says.text === ""), // an empty body is its good answer
    )
    .filter(({ answer }) => answer !== "200 with another schema" && answer !== "200 with half a JSON"), // nothing of it is read
];

/** Backpack. */
export const backpack: Policy = {
  venue: "backpack",
  title: "Backpack",
  notes: [
    "A request is good for its window (`windowMs`, 5 s). After a doubt the order is looked for during the window and as long again, 5 s at most.",
    "The live list shows only what rests. So each look asks three times: the order itself, the history of orders, the history of fills (it carries our number).",
    "There is no batch and no replacement here, and nothing at the venue that takes orders back when we go silent.",
    "A request that the venue calls expired is sent once more with a fresh clock, a fresh signature and **the same number**. Nothing else is ever sent twice.",
  ],
  rows: [...orders, ...cancels, ...looks, ...account, ...leverage],
};

// The outcome policy of Aster, futures and spot, as lines.
import type { RejectReason } from "@bp/core";
import { unclear, unread } from "./classes.ts";
import type { Policy, Reply, Row } from "./row.ts";

const reply = (status: number, code: number, msg: string): Reply => ({ status, json: { code, msg } });

/** Numbers from the first to the last. */
const range = (first: number, last: number): number[] =>
  Array.from({ length: first - last + 1 }, (_, at) => first - at);

/** Codes that refuse an order, by the reason that they give. Those without one are `other`; so is a code that is not known. */
const reasons: Readonly<Partial<Record<RejectReason, readonly number[]>>> = {
  "would-take": [-5022],
  "off-grid": [-1111, -4014, -4023],
  "below-minimum": [-4003, -4004, -4164, -5076],
  "no-funds": [-2018, -2019, -2027, -4050, -4051, -5018],
  "reduce-only": [-2022, -2024, -4118],
  "price-band": [-4002, -4013, -4016, -4024, -4131, -4183, -4184, -5060],
  closed: [-1016, -2016, -4140, -4141],
};
const others = [
  -1002,
  -1004,
  -1005,
  -1010,
  -1011,
  -1013,
  -1014,
  -1020,
  -1023,
  ...range(-1100, -1106),
  -1108,
  -1109,
  -1110,
  -1112,
  -1113,
  ...range(-1114, -1121),
  -1125,
  -1127,
  -1128,
  -1130,
  -1136,
  -2010,
  -2011,
  -2013,
  -2014,
  -2015,
  -2020,
  -2021,
  -2023,
  -2025,
  -2026,
  -2028,
  -4000,
  -4001,
  ...range(-4005, -4012),
  -4015,
  ...range(-4017, -4022),
  ...range(-4025, -4033),
  ...range(-4044, -4049),
  ...range(-4052, -4062),
  -4067,
  -4068,
  -4082,
  -4084,
  -4085,
  -4086,
  -4087,
  -4088,
  -4104,
  -4114,
  -4115,
  -4135,
  -4137,
  -4138,
  -4139,
  -4142,
  -4144,
  -4161,
  -4165,
  -4168,
  -4171,
  -5021,
  -9999,
];
const reasonOf = new Map(
  Object.entries(reasons).flatMap(([reason, codes]) => codes.map((code) => [code, reason as RejectReason] as const)), // keys of `reasons`
);
const refusing = [...reasonOf.keys(), ...others].toSorted((a, b) => b - a);
/** The venue says itself that it does not know. */
const nobodyKnows = [-1000, -1001, -1006, -1007, -4083];

const stale = { status: 400, json: { code: -4225, msg: "Nonce Expired" } };

const orders: readonly Row[] = [
  { command: "place", answer: "200, the order", says: "truth", believed: "accepted" },
  ...refusing.map(
    (code): Row => ({
      command: "place",
      answer: `400 ${code}`,
      says: reply(400, code, "Refused."),
      believed: `refused ${reasonOf.get(code) ?? "other"}`,
    }),
  ),
  {
    command: "place",
    answer: '400 -2010 "immediately match"',
    says: reply(400, -2010, "Order would immediately match and take."),
    believed: "refused would-take",
  },
  {
    command: "place",
    answer: '400 -2010 "insufficient balance"',
    says: reply(400, -2010, "Account has insufficient balance."),
    believed: "refused no-funds",
  },
  {
    command: "place",
    answer: "200 with a code below 0",
    says: reply(200, -2019, "Margin is insufficient."),
    believed: "refused no-funds",
    why: "The code decides, whatever the status says.",
  },
  {
    command: "place",
    answer: "400 -2010, duplicate order",
    says: reply(400, -2010, "Duplicate order sent."),
    believed: "arrived before",
    why: "Each number is used once, so it is this very order that came before.",
  },
  {
    command: "place",
    answer: "400 -4116, the client id is in use",
    says: reply(400, -4116, "ClientOrderId is duplicated"),
    believed: "arrived before",
  },
  {
    command: "place",
    answer: "400 -1021, twice",
    says: reply(400, -1021, "Timestamp for this request is outside of the recvWindow."),
    believed: "refused other",
    sent: 2,
    why: "It was not taken. The clock is measured and the same order sent once more; this is what a second such answer means.",
  },
  {
    command: "place",
    answer: "400 -1022, twice",
    says: reply(400, -1022, "Signature for this request is not valid."),
    believed: "refused other",
    sent: 2,
  },
  {
    command: "place",
    answer: "400 -4225, the nonce is spent",
    says: stale,
    believed: "place unknown",
    scheme: "v3",
    why: "Something on the way may have carried the request twice. Then the first copy was taken and this is said of the second.",
  },
  {
    command: "place",
    answer: "401 with an empty body",
    says: { status: 401, text: "" },
    believed: "refused other",
  },
  {
    command: "place",
    answer: "400 with a plain text",
    says: { status: 400, text: "Bad Request" },
    believed: "refused other",
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
    answer: "403 with a code",
    says: reply(403, -2015, "Invalid API-key, IP, or permissions for action."),
    believed: "refused other",
  },
  {
    command: "place",
    answer: "403 with a web page",
    says: { status: 403, text: "<html><title>Forbidden</title></html>" },
    believed: "refused other",
    pauseMs: 300_000,
    why: "The firewall stands before the venue. Going on would make it longer.",
  },
  {
    command: "place",
    answer: "404 with a web page",
    says: { status: 404, text: "<html><title>Not found</title></html>" },
    believed: "place unknown",
  },
  {
    command: "place",
    answer: "409 with a plain text",
    says: { status: 409, text: "Conflict" },
    believed: "refused other",
  },
  {
    command: "place",
    answer: "418 with Retry-After: 120",
    says: { ...reply(418, -1003, "IP banned."), headers: { "retry-after": "120" } },
    believed: "refused rate-limited",
    pauseMs: 120_000,
  },
  {
    command: "place",
    answer: "429 -1003 without Retry-After",
    says: reply(429, -1003, "Too many requests."),
    believed: "refused rate-limited",
    pauseMs: "usual",
  },
  {
    command: "place",
    answer: "429 -1003 with Retry-After: 2",
    says: { ...reply(429, -1003, "Too many requests."), headers: { "retry-after": "2" } },
    believed: "refused rate-limited",
    pauseMs: 2_000,
  },
  {
    command: "place",
    answer: "429 -1015, too many orders",
    says: reply(429, -1015, "Too many new orders."),
    believed: "refused rate-limited",
    pauseMs: "usual",
  },
  {
    command: "place",
    answer: "400 -1015, too many orders",
    says: reply(400, -1015, "Too many new orders."),
    believed: "refused rate-limited",
  },
  ...nobodyKnows.map(
    (code): Row => ({
      command: "place",
      answer: `400 ${code}`,
      says: reply(400, code, "Unknown."),
      believed: "place unknown",
    }),
  ),
  {
    command: "place",
    answer: "503 -1007",
    says: reply(
      503,
      -1007,
      "Timeout waiting for response from backend server. Send status unknown; execution status unknown.",
    ),
    believed: "place unknown",
    why: "The venue says it itself: it may have been executed.",
  },
  {
    command: "place",
    answer: "500 with a code that refuses",
    says: reply(500, -2019, "Margin is insufficient."),
    believed: "place unknown",
    why: "The status says that something broke. The code alone does not prove that nothing was done.",
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
    answer: "400 -2011",
    says: reply(400, -2011, "Unknown order sent."),
    believed: "gone or filled",
    why: "Most often it has just been filled.",
  },
  {
    command: "cancel",
    answer: "400 -2013",
    says: reply(400, -2013, "Order does not exist."),
    believed: "gone or filled",
  },
  ...[...refusing.filter((code) => code !== -2011 && code !== -2013), ...nobodyKnows].map(
    (code): Row => ({
      command: "cancel",
      answer: `400 ${code}`,
      says: reply(400, code, "Refused."),
      believed: "cancel unknown",
    }),
  ),
  {
    command: "cancel",
    answer: "429 -1003",
    says: reply(429, -1003, "Too many requests."),
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
    answer: "400 -2013",
    says: reply(400, -2013, "Order does not exist."),
    believed: "not there now",
    why: "It may be on its way still.",
  },
  { command: "look", answer: "200, another order", says: "stranger", believed: "nothing learned" },
  { command: "look", answer: "200, the order in another market", says: "elsewhere", believed: "nothing learned" },
  ...[400, 401, 404, 409].map(
    (status): Row => ({
      command: "look",
      answer: `${status} with another code`,
      says: reply(status, -1102, "Mandatory parameter was not sent."),
      believed: "nothing learned",
    }),
  ),
  {
    command: "look",
    answer: "429 -1003",
    says: reply(429, -1003, "Too many requests."),
    believed: "nothing learned",
    pauseMs: "usual",
    why: "Read as an empty answer it would end a living order.",
  },
  ...unread({ command: "look", believed: "nothing learned" }),
];

const account: readonly Row[] = [
  { command: "lists", answer: "200, the account", says: "truth", believed: "snapshot" },
  {
    command: "lists",
    answer: "401 -2015",
    says: reply(401, -2015, "Invalid API-key, IP, or permissions for action."),
    believed: "no snapshot",
  },
  {
    command: "lists",
    answer: "429 -1003",
    says: reply(429, -1003, "Too many requests."),
    believed: "no snapshot",
    pauseMs: "usual",
    why: "A position is never read as zero because nobody told it.",
  },
  ...unread({ command: "lists", believed: "no snapshot" }),
  {
    command: "book",
    answer: "429 -1003",
    says: reply(429, -1003, "Too many requests."),
    believed: "no book",
    pauseMs: "usual",
  },
  ...unread({ command: "book", believed: "no book" }),
  ...unread({ command: "streams", believed: "stream down" }).map(
    (row): Row => ({ ...row, answer: `listen key: ${row.answer}` }),
  ),
  {
    command: "streams",
    answer: "listen key: 400 -2015",
    says: reply(400, -2015, "Invalid API-key."),
    believed: "stream down",
  },
];

const settings: readonly Row[] = [
  { command: "leverage", answer: "200, the leverage", says: "truth", believed: "set" },
  {
    command: "leverage",
    answer: "400 -4028",
    says: reply(400, -4028, "Leverage is not valid."),
    believed: "setting refused",
  },
  {
    command: "leverage",
    answer: "429 -1003",
    says: reply(429, -1003, "Too many requests."),
    believed: "setting not known",
    pauseMs: "usual",
  },
  ...unclear({ command: "leverage", believed: "setting not known" }),
];
const leverage = settings.map((row): Row => ({ ...row, only: "futures" }));

/** Aster. */
export const aster: Policy = {
  venue: "aster",
  title: "Aster, futures and spot",
  notes: [
    "An agent's request (V3) is good for 10 s, one of an old key (V1) for its `recvWindowMs`. After a doubt the order is looked for during that and 2 s more.",
    "One call shows an order whatever became of it. It is asked after 0.5, 1, 2 and 5 s, and then every 3 s.",
    "The code decides before the status: a negative code in a 200 is a refusal. Only a 5xx counts for more than its code.",
    "A number is unique among *open* orders only. So a number that is refused as used proves that the order arrived; one that is not refused proves nothing, and no order is ever sent again to find out.",
    "Futures: the venue's countdown takes back what rests when we are silent for a minute. Spot has none.",
  ],
  rows: [...orders, ...cancels, ...looks, ...account, ...leverage],
};

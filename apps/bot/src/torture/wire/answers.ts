// What the venues said to the bot's requests, and should never have had to say.
import { objectOf } from "../../bots/json.ts";
import type { Said } from "./books.ts";
import type { Charge, Court } from "./court.ts";

/** After a clock was set its requests may be refused until the difference has been measured, in ms. */
const measureMs = 5_000;

/** A machine that lets timers wait for so long lets signed requests wait too, until they are too old, in ms. */
const slowMs = 500;
const late = /request has expired|outside of the recvWindow|nonce expired/i;

/** Refusals of whom nobody let in: a signature, a time, a number that was used. */
const doors = {
  codes: new Set<unknown>([-1021, -1022, -2014, -2015, -4225, "UNAUTHORIZED"]),
  words: /signature|request has expired|invalid timestamp|invalid window|no agent found/i,
} as const;
/** Refusals of orders that no market of these rules could take. */
const filters = {
  codes: new Set<unknown>(
    [-1102, -1106, -1111, -1121, -1130, -4001, -4002, -4003, -4004, -4005, -4013, -4014, -4023, -4164].concat([
      -4016, -4024,
    ]),
  ),
  names: new Set<unknown>(["INVALID_PRICE", "INVALID_QUANTITY", "INVALID_MARKET", "INVALID_CLIENT_REQUEST"]),
} as const;
/** A number that stands already. */
const twice = { codes: new Set<unknown>([-2010]), words: /already exists/i } as const;

/** 5, 7 and 8 as the venues' doors have it. What a fault answered in their place is not among it. */
export function* ofAnswers({ books, plan, began, lagMs }: Court): Iterable<Charge> {
  for (const said of books.refusals) {
    const { at, answer } = said;
    const json = objectOf(answer?.json);
    const code = json?.["code"];
    const told = json?.["msg"] ?? json?.["message"] ?? answer?.text;
    const words = typeof told === "string" ? told : "";
    const text = textOf(said, words);
    if (answer?.status === 429 || answer?.status === 418) yield { invariant: 7, at, says: text };
    else if (doors.codes.has(code) || doors.words.test(words)) {
      const isSet = plan.some(
        (fault) => fault.kind === "clock" && at >= began + fault.at && at <= began + fault.at + measureMs,
      );
      const isLate = late.test(words) && lagMs > slowMs;
      if (!isSet && !isLate) yield { invariant: 8, at, says: text };
    } else if (twice.codes.has(code) || twice.words.test(words)) yield { invariant: 8, at, says: text };
    else if (said.method === "POST" && (filters.codes.has(code) || filters.names.has(code) || code === undefined))
      yield { invariant: 5, at, says: text };
  }
}

const textOf = ({ site, method, path, answer }: Said, words: string) =>
  `${site} answers ${answer?.status} to ${method} ${path}: ${words}`;

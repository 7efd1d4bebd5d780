// Who bears which token. Wrong ones are answered late, and later the more there are: guessing leads nowhere and costs nobody else.
import { setTimeout as sleep } from "node:timers/promises";
import type { Hello } from "dashboard/contract";
import { refusal } from "./refuse.ts";
import { roleOf } from "./tokens.ts";
import type { Tokens } from "./words.ts";

/** The first wrong one waits so long, ms; each more twice as long, up to `mostMs`. */
const firstMs = 50;
const mostMs = 2_000;
/** A wrong one is forgotten after so long, ms. */
const forgetMs = 60_000;
/** So many wrong ones wait at once; others are refused at once. */
const waitingMost = 16;

/** Judges tokens. */
export interface Bearers {
  /** @param header - `Authorization` @throws Refusal 401, 429 */
  role(header: string | undefined): Promise<Hello["role"]>;
  /** Wrong ones so far. */
  readonly wrong: number;
}

const hint =
  "send it as Authorization: Bearer TOKEN; the address that the bot has printed has it behind #, and it is new with each start";

/** @param now - ms */
export function createBearers(tokens: Tokens, now: () => number = Date.now): Bearers {
  const roleFor = roleOf(tokens);
  let recent: number[] = [];
  let wrong = 0;
  let waiting = 0;
  return {
    role: async (header) => {
      const [, token] = /^Bearer ([\w-]{1,200})$/i.exec(header ?? "") ?? [];
      if (token === undefined) throw refusal(401, "a token is needed", hint);
      const role = roleFor(token);
      if (role !== undefined) return role;
      wrong += 1;
      const at = now();
      recent = recent.filter((each) => at - each < forgetMs).slice(-20);
      recent.push(at);
      if (waiting >= waitingMost) throw refusal(429, "too many wrong tokens", hint, 5);
      waiting += 1;
      try {
        await sleep(Math.min(mostMs, firstMs * 2 ** (recent.length - 1)), undefined, { ref: false });
      } finally {
        waiting -= 1;
      }
      throw refusal(401, "this token is not, or no longer, valid here", hint);
    },
    get wrong() {
      return wrong;
    },
  };
}

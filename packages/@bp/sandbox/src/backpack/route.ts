// One endpoint: what it reads, who may call it, what it answers.
import { BpError } from "@bp/core";
import type { Params } from "@bp/signing";
import type { Answer } from "../answer.ts";
import type { Member } from "./accounts.ts";
import { bodyFields, type Fields, queryFields } from "./fields.ts";
import type { BackpackHouse } from "./house.ts";

export type Method = "GET" | "POST" | "DELETE" | "PATCH";

/** A request as the server read it. */
interface Call {
  readonly query: URLSearchParams;
  /** Parsed JSON; `undefined` without a body. */
  readonly body: unknown;
}

/** A request whose parameters were read and that waits for its caller to be known. */
interface Ready {
  readonly params: Params | readonly Params[];
  run(member: Member | undefined): Answer | Promise<Answer>;
}

export interface Route {
  readonly method: Method;
  readonly path: string;
  /** `undefined`: public. */
  readonly instruction: string | undefined;
  /** Counts against the limit for historical data. */
  readonly historical: boolean;
  /** Seconds for which the venue's cache may keep an answer; 0: never. */
  readonly cacheSeconds: number;
  /** @throws Refused when a parameter does not parse */
  prepare(house: BackpackHouse, call: Call): Ready;
}

/** A public GET. */
export function publicGet<T>(
  path: string,
  read: (fields: Fields, house: BackpackHouse, query: URLSearchParams) => T,
  answer: (house: BackpackHouse, input: T) => Answer,
  { historical = false, cacheSeconds = 0 }: { readonly historical?: boolean; readonly cacheSeconds?: number } = {},
): Route {
  return {
    method: "GET",
    path,
    instruction: undefined,
    historical,
    cacheSeconds,
    prepare: (house, { query }) => {
      const input = read(queryFields(query), house, query);
      return { params: {}, run: () => answer(house, input) };
    },
  };
}

/** A signed endpoint: parameters in the query of a GET, else at the top of the JSON body. */
export function signed<T>(
  method: Method,
  path: string,
  instruction: string,
  payload: string,
  read: (fields: Fields, house: BackpackHouse) => T,
  answer: (house: BackpackHouse, member: Member, input: T) => Answer | Promise<Answer>,
): Route {
  return {
    method,
    path,
    instruction,
    historical: false,
    cacheSeconds: 0,
    prepare: (house, { query, body }) => {
      const fields = method === "GET" ? queryFields(query) : bodyFields(body ?? {}, payload);
      const input = read(fields, house);
      return { params: fields.known, run: (member) => answer(house, known(member), input) };
    },
  };
}

/** An endpoint that only the website calls: unsigned, for whoever is logged in there, which is the first account here. */
export function session<T>(
  method: Method,
  path: string,
  payload: string,
  read: (fields: Fields, house: BackpackHouse) => T,
  answer: (house: BackpackHouse, member: Member, input: T) => Answer,
): Route {
  return { ...signed(method, path, "", payload, read, answer), instruction: undefined };
}

/** A signed endpoint whose body is an array. */
export function signedBatch<T>(
  path: string,
  instruction: string,
  payload: string,
  check: (body: unknown) => readonly unknown[],
  read: (fields: Fields, house: BackpackHouse) => T,
  answer: (house: BackpackHouse, member: Member, input: readonly T[]) => Answer | Promise<Answer>,
): Route {
  return {
    method: "POST",
    path,
    instruction,
    historical: false,
    cacheSeconds: 0,
    prepare: (house, { body }) => {
      const parts = check(body).map((item) => {
        const fields = bodyFields(item, payload);
        return { input: read(fields, house), params: fields.known };
      });
      return {
        params: parts.map((item) => item.params),
        run: (member) =>
          answer(
            house,
            known(member),
            parts.map((item) => item.input),
          ),
      };
    },
  };
}

/** The server authenticates before it runs a signed endpoint. */
function known(member: Member | undefined): Member {
  if (member === undefined)
    throw new BpError("config/conflict", {
      what: "a signed endpoint ran without an account",
      hint: "authenticate first",
    });
  return member;
}

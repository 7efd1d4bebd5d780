// One endpoint: where it is, who may call it, what it weighs, what it answers.
import { BpError } from "@bp/core";
import type { Member } from "./accounts.ts";
import type { Fields } from "./fields.ts";
import type { AsterHouse } from "./house.ts";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/**
 * Who may call it. `open`: everybody. `data`: on V1 who names a key. `stream`: on V1 who names a key, on V3 who signs.
 * `signed`: who signs.
 */
type Access = "open" | "data" | "stream" | "signed";

export interface Route {
  readonly method: Method;
  /** Below `/fapi` or `/api`: `v3/order`. */
  readonly paths: readonly string[];
  readonly access: Access;
  readonly weight: (fields: Fields) => number;
  /** Orders that it counts as; `undefined`: the order limits say nothing about it. */
  readonly orders: ((fields: Fields) => number) | undefined;
  /** @returns JSON; @throws Refused */
  answer(house: AsterHouse, fields: Fields, member: Member | undefined): unknown;
}

/** Where an endpoint is: the same name on both versions. */
export const both = (name: string): readonly string[] => [`v1/${name}`, `v3/${name}`];
/** Only on the newer version. */
export const newer = (name: string): readonly string[] => [`v3/${name}`];

type Weight = number | ((fields: Fields) => number);
const weightOf = (weight: Weight) => (typeof weight === "number" ? () => weight : weight);

/** Market data. */
export function open(
  paths: readonly string[],
  weight: Weight,
  answer: (house: AsterHouse, fields: Fields) => unknown,
): Route {
  return { method: "GET", paths, access: "open", weight: weightOf(weight), orders: undefined, answer };
}

/** Market data that V1 gives to who names a key. */
export function data(
  paths: readonly string[],
  weight: Weight,
  answer: (house: AsterHouse, fields: Fields) => unknown,
): Route {
  return { ...open(paths, weight, answer), access: "data" };
}

/** What belongs to an account. */
export function signed(
  method: Method,
  paths: readonly string[],
  weight: Weight,
  answer: (house: AsterHouse, member: Member, fields: Fields) => unknown,
): Route {
  return {
    method,
    paths,
    access: "signed",
    weight: weightOf(weight),
    orders: undefined,
    answer: (house, fields, member) => answer(house, known(member), fields),
  };
}

/** The keys of user streams. */
export function stream(method: Method, answer: (house: AsterHouse, member: Member, fields: Fields) => unknown): Route {
  return { ...signed(method, both("listenKey"), 1, answer), access: "stream" };
}

/** The same endpoint, counted as so many orders. */
export const counted = (route: Route, orders: (fields: Fields) => number = () => 1): Route => ({ ...route, orders });

/** The server authenticates before it runs such an endpoint. */
function known(member: Member | undefined): Member {
  if (member === undefined)
    throw new BpError("config/conflict", {
      what: "a signed endpoint ran without an account",
      hint: "authenticate first",
    });
  return member;
}

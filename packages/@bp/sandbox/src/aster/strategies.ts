// Strategy orders: orders that place or cancel one another. They live at the venue; the exchange sees plain orders.
import type { Millis } from "@bp/core";
import type { SimFact } from "@bp/sim";
import { Refused } from "../answer.ts";
import type { Member } from "./accounts.ts";
import { type Entry, isOpen } from "./desk.ts";
import { type Fields, fieldsOf } from "./fields.ts";
import type { AsterHouse } from "./house.ts";
import { readDraft } from "./rest/draft.ts";
import { placeNow } from "./rest/place.ts";

export const strategyTypes = ["OTO", "OCO", "OTOCO"] as const;
export type StrategyType = (typeof strategyTypes)[number];

/** What another order of the strategy must meet, and what is done then. */
interface Drive {
  /** Number of the other order; 0: none. */
  readonly id: number;
  readonly on: string;
  readonly trigger: string;
}

/** One order of a strategy, placed or to be placed. */
export interface Sub {
  readonly id: number;
  /** As it was sent; a change replaces single values. */
  readonly words: Map<string, string>;
  readonly drives: readonly [Drive, Drive];
  orderId: string | undefined;
  /** Ended before it was placed. */
  fate: "CANCELED" | "REJECTED" | undefined;
  triggeredAt: Millis | undefined;
}

export interface Strategy {
  readonly id: number;
  readonly clientId: string;
  readonly type: StrategyType;
  readonly member: Member;
  readonly bookedAt: Millis;
  updatedAt: Millis;
  readonly subs: readonly Sub[];
  /** Why it did not come into being. */
  failure: { readonly code: number; readonly msg: string } | undefined;
}

export interface Strategies {
  /** @throws Refused when the first orders are not taken */
  start(member: Member, type: StrategyType, clientId: string | undefined, subs: readonly Sub[]): Strategy;
  find(member: Member, which: { readonly id?: number; readonly clientId?: string }): Strategy | undefined;
  /** Whether an order of it rests, waits, or may still be placed. */
  isOpen(strategy: Strategy): boolean;
  entryOf(strategy: Strategy, sub: Sub): Entry | undefined;
  stop(): void;
}

/** What each type does where its orders do not say it: the number that drives, on what, and what is done. */
const usual: Record<StrategyType, Readonly<Record<number, readonly [Drive, Drive]>>> = {
  OTO: { 2: [{ id: 1, on: "FILLED", trigger: "PLACE_ORDER" }, none()] },
  OCO: {
    1: [{ id: 2, on: "PARTIALLY_FILLED_OR_FILLED", trigger: "CANCEL_ORDER" }, none()],
    2: [{ id: 1, on: "PARTIALLY_FILLED_OR_FILLED", trigger: "CANCEL_ORDER" }, none()],
  },
  OTOCO: {
    2: [
      { id: 1, on: "PARTIALLY_FILLED_OR_FILLED", trigger: "PLACE_ORDER" },
      { id: 3, on: "PARTIALLY_FILLED_OR_FILLED", trigger: "CANCEL_ORDER" },
    ],
    3: [
      { id: 1, on: "PARTIALLY_FILLED_OR_FILLED", trigger: "PLACE_ORDER" },
      { id: 2, on: "PARTIALLY_FILLED_OR_FILLED", trigger: "CANCEL_ORDER" },
    ],
  },
};

function none(): Drive {
  return { id: 0, on: "", trigger: "" };
}

/** Reads one order of the list. @param at - its place, counted from 1 */
export function subOf(type: StrategyType, words: Map<string, string>, at: number): Sub {
  const drive = (which: "first" | "second", by: Drive | undefined): Drive => {
    const id = Number(words.get(`${which}DrivenId`) ?? 0);
    if (!(id > 0)) return by ?? none();
    return { id, on: words.get(`${which}DrivenOn`) ?? "", trigger: words.get(`${which}Trigger`) ?? "" };
  };
  const own = usual[type][at];
  const named = Number(words.get("firstDrivenId") ?? 0) > 0 || Number(words.get("secondDrivenId") ?? 0) > 0;
  const drives = [drive("first", named ? undefined : own?.[0]), drive("second", named ? undefined : own?.[1])] as const;
  return { id: at, words, drives, orderId: undefined, fate: undefined, triggeredAt: undefined };
}

const waits = ({ drives }: Sub) => drives.some(({ trigger }) => trigger === "PLACE_ORDER");
const fieldsFor = ({ words }: Sub): Fields => fieldsOf(words);

/** No strategies yet. */
export function createStrategies(house: AsterHouse): Strategies {
  const all: Strategy[] = [];
  let numbers = 123_456_789;
  const entryOf: Strategies["entryOf"] = ({ member }, { orderId }) =>
    orderId === undefined ? undefined : house.desk.entry(member.name, orderId);

  const place = (strategy: Strategy, sub: Sub) => {
    const entry = placeNow(house, strategy.member, readDraft(house, strategy.member, fieldsFor(sub)));
    sub.orderId = entry.order.id;
    sub.triggeredAt = house.exchange.now();
  };
  const cancel = (strategy: Strategy, sub: Sub) => {
    const entry = entryOf(strategy, sub);
    if (entry === undefined) sub.fate ??= "CANCELED";
    else if (isOpen(entry.order))
      house.exchange.cancel(strategy.member.name, { instrument: entry.order.instrument, id: entry.order.id });
  };
  /** Does what the others wait for when this happened to an order. */
  const drive = (strategy: Strategy, by: Sub, events: readonly string[]) => {
    strategy.updatedAt = house.exchange.now();
    for (const sub of strategy.subs)
      for (const { id, on, trigger } of sub.drives) {
        if (id !== by.id || !events.includes(on) || sub.fate !== undefined) continue;
        if (trigger === "CANCEL_ORDER") cancel(strategy, sub);
        else if (trigger === "PLACE_ORDER" && sub.orderId === undefined)
          try {
            place(strategy, sub);
          } catch (error) {
            if (!(error instanceof Refused)) throw error;
            sub.fate = "REJECTED";
          }
      }
  };
  const stopHearing = house.exchange.listen((fact) => {
    const events = eventsOf(fact);
    if (events.length === 0 || !("order" in fact)) return;
    const { id } = fact.order;
    for (const strategy of all)
      for (const sub of strategy.subs) if (sub.orderId === id) queueMicrotask(() => drive(strategy, sub, events)); // not in the middle of a match
  });

  return {
    entryOf,
    start: (member, type, clientId, subs) => {
      numbers += 1;
      const now = house.exchange.now();
      const strategy: Strategy = {
        id: numbers,
        clientId: clientId ?? `s${numbers}`,
        type,
        member,
        bookedAt: now,
        updatedAt: now,
        subs,
        failure: undefined,
      };
      for (const sub of subs) if (waits(sub)) readDraft(house, member, fieldsFor(sub)); // what cannot be is refused at once
      const first = subs.filter((sub) => !waits(sub));
      try {
        for (const sub of first) place(strategy, sub);
      } catch (error) {
        for (const sub of first) cancel(strategy, sub);
        throw error;
      }
      all.push(strategy);
      for (const sub of first) {
        const entry = entryOf(strategy, sub);
        if (entry !== undefined && entry.order.filled > 0)
          drive(strategy, sub, ["PARTIALLY_FILLED_OR_FILLED", ...(entry.order.status === "filled" ? ["FILLED"] : [])]);
      }
      return strategy;
    },
    find: (member, { id, clientId }) =>
      all.findLast(
        (each) => each.member === member && (id === undefined ? each.clientId === clientId : each.id === id),
      ),
    isOpen: (strategy) => {
      const entries = strategy.subs.map((sub) => entryOf(strategy, sub));
      if (entries.some((entry) => entry !== undefined && isOpen(entry.order))) return true;
      const over = entries.every((entry) => entry === undefined || entry.order.filled === 0);
      return !over && strategy.subs.some((sub) => sub.orderId === undefined && sub.fate === undefined);
    },
    stop: stopHearing,
  };
}

/** What happened to an order, in the words of strategies. */
function eventsOf(fact: SimFact): readonly string[] {
  if (fact.type === "order-filled")
    return fact.order.status === "filled" ? ["PARTIALLY_FILLED_OR_FILLED", "FILLED"] : ["PARTIALLY_FILLED_OR_FILLED"];
  const word = words[fact.type];
  return word === undefined ? [] : [word];
}

const words: Partial<Record<SimFact["type"], string>> = {
  "order-accepted": "NEW",
  "order-cancelled": "CANCELED",
  "order-expired": "EXPIRED",
  "order-trigger-failed": "REJECTED",
};

// The gate: wishes go in, approved wishes come out; the only place where something becomes `Approved`.
import {
  type AnyRule,
  type Approved,
  BpError,
  type Event,
  type InstrumentId,
  type Intent,
  type Lots,
  type OrderView,
  type Passed,
  type View,
} from "@bp/core";
import { type Hearing, saidOf } from "./hearing.ts";
import { createRound } from "./round.ts";

/** All that one strategy wishes now. */
export interface Wishes {
  /** Unique in the engine. */
  readonly strategy: string;
  readonly intents: readonly Intent[];
  /** The world as this strategy sees it: `position` is its own. */
  readonly view: View;
}

/** Where the gate finds the live order of a slot (`strategy/slot`). */
export interface SlotOrders {
  inSlot(slot: string): OrderView | undefined;
}

/** A wish that passed, perhaps smaller than it was. */
export interface Ruling extends Passed {
  /** `strategy/slot`; for a hold `strategy/hold:<instrument>`. */
  readonly slot: string;
  readonly intent: Approved<Intent>;
}

/** Why a wish did not pass as it was. */
export interface Remark {
  readonly rule: string;
  readonly slot: string;
  readonly why: string;
}

/** What became of one round of wishes. */
export interface Judgement {
  /** What may be done: reductions first, then the rest in the order of the wishes. */
  readonly approved: readonly Ruling[];
  /** What was trimmed, made to wait or refused, told once until the answer changes. */
  readonly notes: readonly Remark[];
}

/** Rules at work: they remember events, and judge what strategies wish. */
export interface Gate {
  /** Lets every rule fold an event. Call it for each event, before `judge`. */
  remember(event: Event, view: View): void;
  /** Why everything must stop, `rule: reason`; `undefined` while no rule says so. */
  halted(view: View): string | undefined;
  /**
   * Judges a whole round of wishes.
   *
   * @param view - the world as rules see it: positions and orders of all strategies together
   * @param record - gets each wish with what every rule said of it; left out, nothing is kept
   * @throws BpError `engine/duplicate-slot` for a slot wished twice, `engine/bad-intent` for a quote of size 0 or less
   */
  judge(wishes: readonly Wishes[], view: View, orders: SlotOrders, record?: Hearing[]): Judgement;
  /**
   * What would become of a round of wishes: everything that there is to say is told. Nothing comes of asking: rounds before and
   * after know nothing of it.
   *
   * @throws as `judge`
   */
  consider(wishes: readonly Wishes[], view: View, orders: SlotOrders, record?: Hearing[]): Judgement;
  /** What each rule remembers now: plain data, in the order in which they are asked. */
  memories(): readonly { readonly rule: string; readonly memory: unknown }[];
}

/**
 * Makes a gate of rules. Each wish meets the rules in the order given; the first refusal ends it, a trimmed wish goes on
 * smaller. Reductions (holds, reduce-only quotes) are judged before everything else, so that nothing takes their room.
 * A hold that asks for what is held already passes without being judged, since nothing comes of it.
 */
export function createGate(rules: readonly AnyRule[]): Gate {
  const memories = rules.map((rule) => rule.start());
  return {
    remember: (event, view) => {
      for (let at = 0; at < rules.length; at++) {
        const rule = rules[at];
        if (rule?.remember !== undefined) memories[at] = rule.remember(memories[at], event, view);
      }
    },
    halted: (view) => {
      for (let at = 0; at < rules.length; at++) {
        const why = rules[at]?.halts?.(view, memories[at]);
        if (why !== undefined) return `${rules[at]?.name}: ${why}`;
      }
      return undefined;
    },
    judge: createBench(rules, memories),
    consider: (wishes, view, orders, record) => createBench(rules, memories)(wishes, view, orders, record),
    memories: () => rules.map(({ name }, at) => ({ rule: name, memory: memories[at] })),
  };
}

/** Judges round after round, and keeps what it has told. @param memories - what the rules remember, kept up by the gate */
function createBench(rules: readonly AnyRule[], memories: readonly unknown[]): Gate["judge"] {
  const slots = new Map<string, Map<string, Slot>>();
  const pass = createRound();
  let round = 0;

  const slotsOf = (strategy: string): Map<string, Slot> => {
    let own = slots.get(strategy);
    if (own === undefined) {
      own = new Map();
      slots.set(strategy, own);
    }
    return own;
  };

  const tell = (notes: Remark[], slot: Slot, rule: string, answer: string, why: string) => {
    const before = slot.told.get(rule);
    if (before?.answer !== answer || before.round !== round - 1) notes.push({ rule, slot: slot.name, why });
    slot.told.set(rule, { answer, round });
  };

  /** The wish as it passed; `undefined` if it was refused or has to wait. */
  const run = (wish: Intent, slot: Slot, view: View, notes: Remark[], hearing?: Hearing): Ruling | undefined => {
    let intent = wish;
    let waits = false;
    for (let at = 0; at < rules.length; at++) {
      const each = rules[at];
      if (each === undefined) break;
      const verdict = each.check(intent, view, pass, memories[at]);
      if (hearing !== undefined && !("trim" in verdict)) hearing.said.push(saidOf(each.name, verdict, pass.size));
      if ("pass" in verdict) continue;
      if ("refuse" in verdict) {
        tell(notes, slot, each.name, "refuse", verdict.refuse);
        return undefined;
      }
      if ("wait" in verdict) {
        tell(notes, slot, each.name, "wait", verdict.wait);
        waits = true;
        continue;
      }
      intent = verdict.trim;
      pass.trim(intent);
      tell(notes, slot, each.name, `trim ${pass.size}`, verdict.why);
      if (hearing !== undefined) hearing.said.push(saidOf(each.name, verdict, pass.size));
      if (pass.size === 0) return undefined;
    }
    const ruling = rulingOf(slot.name, intent);
    pass.keep(ruling);
    return waits ? undefined : ruling;
  };

  const rulingOf = (slot: string, intent: Intent): Ruling => {
    const { strategy, side, size, price, order } = pass;
    // The cast is the whole point of this file: nothing else makes an Approved.
    return { strategy, slot, intent: intent as Approved<Intent>, side, size, price, order };
  };

  return (wishes, view, orders, record) => {
    round += 1;
    pass.begin(view);
    const approved: Ruling[] = [];
    const notes: Remark[] = [];
    for (let turn = 0; turn < 2; turn++) {
      for (const { strategy, intents, view: own } of wishes) {
        const named = slotsOf(strategy);
        let market: InstrumentId | undefined;
        let held: Lots | undefined;
        for (const wish of intents) {
          const first = wish.kind === "hold" || wish.reduceOnly === true;
          if (first !== (turn === 0)) continue;
          const slot = slotIn(named, strategy, wish.kind === "hold" ? `hold:${wish.instrument}` : wish.slot);
          if (slot.round === round) throw new BpError("engine/duplicate-slot", { slot: slot.name });
          slot.round = round;
          if (market !== wish.instrument) {
            market = wish.instrument;
            held = own.position(market);
          }
          if (wish.kind === "quote" && !(wish.size > 0))
            throw new BpError("engine/bad-intent", { strategy, why: `a quote of size ${wish.size} in ${wish.slot}` });
          const hearing: Hearing | undefined =
            record === undefined ? undefined : { slot: slot.name, strategy, wish, said: [], outcome: "unknown" };
          if (hearing !== undefined) record?.push(hearing);
          if (wish.kind === "hold" && held === undefined) {
            tell(notes, slot, "gate", "unknown", `what ${strategy} holds of ${wish.instrument} is not known`);
            continue;
          }
          pass.turnTo(strategy, wish, held, orders.inSlot(slot.name));
          const reached = pass.size === 0;
          const ruling = reached ? rulingOf(slot.name, wish) : run(wish, slot, view, notes, hearing);
          if (ruling !== undefined) approved.push(ruling);
          if (hearing !== undefined) conclude(hearing, ruling, reached);
        }
      }
    }
    return { approved, notes };
  };
}

function conclude(hearing: Hearing, ruling: Ruling | undefined, reached: boolean): void {
  const { said } = hearing;
  if (ruling === undefined) {
    const waits = said.some(({ answer }) => answer === "wait") && said.every(({ answer }) => answer !== "refuse");
    hearing.outcome = waits ? "waits" : "refused";
    return;
  }
  hearing.approved = ruling.intent;
  if (reached) hearing.outcome = "held";
  else hearing.outcome = said.some(({ answer }) => answer === "trim") ? "trimmed" : "approved";
}

/** What the gate keeps of a slot: its full name, when it was last wished, and what each rule last said about it. */
interface Slot {
  readonly name: string;
  round: number;
  readonly told: Map<string, { readonly answer: string; readonly round: number }>;
}

function slotIn(named: Map<string, Slot>, strategy: string, name: string): Slot {
  let slot = named.get(name);
  if (slot === undefined) {
    slot = { name: `${strategy}/${name}`, round: 0, told: new Map() };
    named.set(name, slot);
  }
  return slot;
}

// One decision of a run as a page shows it.
import { plain } from "@bp/core";
import { openJournal } from "@bp/journal";
import type { Decision } from "dashboard/contract";
import { decisionAt } from "../../explain/decision.ts";
import { engineFor } from "../../explain/engine.ts";
import { commandText, factText } from "../../explain/facts.ts";
import { eventMeant, namesOne } from "../../explain/find.ts";
import { cut, numbersOf } from "../../explain/numbers.ts";
import { entriesOf, runNamed, wholeRun } from "../../runs.ts";
import type { DecisionJob } from "./jobs.ts";
import { foundSoon } from "./soon.ts";
import { wishText } from "./wishText.ts";

/** @throws BpError `config/invalid` for what is not in the run, `journal/*` as `bot replay --at` does */
export async function decisionOf({ file, run: name, at }: DecisionJob): Promise<Decision> {
  const store = openJournal(file, { access: "read", end: "as it is" });
  try {
    const run = wholeRun(runNamed(store, name));
    const find = () => eventMeant(at, entriesOf(store, run.id), "decision");
    const seq = await foundSoon(find, run.ended === undefined && namesOne(at));
    const { explained, strayed } = decisionAt(engineFor(run), entriesOf(store, run.id), seq);
    const numbers = numbersOf(run.instruments);
    const { event, judged, view, strategies, hearings, plan, commands, notes } = explained;
    return {
      run: run.id,
      seq,
      at: event.at,
      event: `${event.type} ${factText(event, numbers)}`,
      judged,
      books: view.markets.map(({ instrument, bid, ask, position, mark }) => {
        const { price, size } = numbers(instrument);
        return {
          market: instrument,
          ...(bid === undefined ? {} : { bid: price(bid[0]) }),
          ...(ask === undefined ? {} : { ask: price(ask[0]) }),
          ...(position === undefined ? {} : { position: size(position) }),
          ...(mark === undefined ? {} : { mark: price(mark) }),
        };
      }),
      orders: view.orders.map(({ slot, instrument, side, price, size, filled, state }) => ({
        slot,
        text: `${side} ${numbers(instrument).size(size - filled)} @ ${numbers(instrument).price(price)} ${instrument}`,
        state,
      })),
      strategies: strategies.map(({ name: who, voice, memory, wish }) => ({
        name: who,
        voice,
        remembers: memory === undefined ? "" : cut(JSON.stringify(memory)),
        wishes: wish.map((each) => `${each.kind === "hold" ? "" : `${each.slot} `}${wishText(each, numbers)}`),
      })),
      hearings: hearings.map(({ slot, wish, outcome, said }) => ({
        slot,
        wish: wishText(wish, numbers),
        outcome,
        said: said.map(({ rule, answer, why }) => ({
          rule,
          answer,
          ...(why === undefined ? {} : { why: plain(why) }),
        })),
      })),
      plan: plan.map(({ slot, action, instrument, side, price, size, why }) => ({
        slot,
        action,
        text:
          side === undefined || price === undefined || size === undefined
            ? ""
            : `${side} ${numbers(instrument).size(size)} @ ${numbers(instrument).price(price)} ${instrument}`,
        why: plain(why),
      })),
      commands: commands.map((each) => commandText(each, numbers)),
      notes: notes.map(({ rule, why }) => ({ rule, why: plain(why) })),
      ...(strayed === undefined ? {} : { strayed }),
    };
  } finally {
    store.close();
  }
}

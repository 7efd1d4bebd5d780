// 9: in the end our books equal the venue's, to the last unit.
import { type InstrumentId, symbolOf, venueOf } from "@bp/core";
import { volumeSums } from "@bp/report";
import type { Invariant, Scene } from "../scene.ts";
import { sumsOf } from "../sums.ts";

export const accounted: Invariant = {
  number: 9,
  says: "the ledger equals the venue's to the last unit",
  watch: (scene) => ({
    ended: () => {
      const { process, plan, truth, broken } = scene;
      const { engine, tally } = process;
      if (engine === undefined || tally === undefined) return broken("the bot could not be started again");
      const resting = [...truth.standing.values()].filter(({ command }) => command !== undefined);
      for (const { venue, order, command } of resting)
        broken(`order ${order.clientId} of slot ${command?.slot} still rests at ${venue}`);
      if (engine.orders.size > 0) broken(`the bot still thinks of ${engine.orders.size} orders as living`);
      const figures = tally.figures();
      for (const { instrument, session } of figures.instruments) {
        // Here the exchange itself goes on in the old steps: what is traded afterwards cannot be compared.
        if (plan.some((fault) => fault.kind === "tick-changed" && fault.market === instrument.id)) continue;
        const own = truth.fills.filter((each) => each.instrument === instrument.id && each.command !== undefined);
        const ours = sumsOf(
          instrument,
          own.map(({ fill }) => fill),
        );
        const sums = [
          ["fills", String(ours.fills), String(session.sums.fills)],
          ["volume", ours.volume.toFixed(), volumeSums(session.sums.volumes).all.quote.toFixed()],
          ["fees", ours.fees.toFixed(), session.profit.fees.toFixed()],
        ] as const;
        for (const [what, theirs, mine] of sums)
          if (theirs !== mine) broken(`${what} of ${instrument.id}: ${mine} counted, ${theirs} at the venue`);
        if (instrument.kind === "perp") checkPosition(scene, instrument.id);
      }
    },
  }),
};

function checkPosition({ subject, process, exchangeAt, broken }: Scene, id: InstrumentId): void {
  const account = subject.accounts.find(({ venue }) => venue === venueOf(id));
  if (account === undefined) return;
  const there = exchangeAt(account)
    .positions(account.name)
    .filter((each) => symbolOf(each.instrument) === symbolOf(id))
    .reduce((sum, { size }) => sum + size, 0);
  const own = process.engine?.view.position(id);
  const external = process.engine?.view.external(id);
  if (own === undefined || external === undefined) broken(`the position in ${id} is still unknown`);
  else if (own + external !== there)
    broken(`${id}: ${own} lots of ours and ${external} of others, and the venue has ${there}`);
}

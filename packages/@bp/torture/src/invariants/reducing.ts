// 6: what is sent to reduce never increases.
import type { Invariant } from "../scene.ts";

export const reducing: Invariant = {
  number: 6,
  says: "reduce-only never increases",
  watch: ({ subject, process, truth, broken }) => {
    const isPerp = (id: string) => subject.instruments.some((each) => each.id === id && each.kind === "perp");
    truth.listen((change) => {
      if (change.type !== "traded" || change.fill.command?.reduceOnly !== true) return;
      const { before, after, fill } = change;
      if (Math.abs(after) > Math.abs(before) && Math.sign(after) === (fill.fill.side === "buy" ? 1 : -1))
        broken(`a reduce-only order brought ${fill.instrument} from ${before} to ${after} lots`);
    });
    return {
      command: (command) => {
        if (command.type !== "order.place" || !isPerp(command.instrument)) return;
        const { instrument, side, size, tif, reduceOnly, slot } = command;
        const strategy = slot.slice(0, slot.indexOf("/"));
        const { engine } = process;
        const held = engine?.viewOf(strategy).position(instrument);
        if (held === undefined) return;
        const towards = side === "buy" ? 1 : -1;
        const reduces = Math.sign(held) === -towards && size <= Math.abs(held);
        if (reduceOnly && Math.sign(held) !== -towards)
          broken(`${slot}: a reduce-only ${side} of ${size} lots in ${instrument}, of which ${held} are held`);
        if (tif !== "ioc" || reduceOnly || !reduces) return;
        const external = engine?.view.external(instrument) ?? 0;
        const whole = (engine?.view.position(instrument) ?? 0) + external;
        if (Math.sign(whole) === -towards && size <= Math.abs(whole))
          broken(
            `${slot}: a ${side} of ${size} lots that closes ${instrument} (${held} held) is not sent as reduce-only`,
          );
      },
    };
  },
};

// The run as a person watches it.
import { priceText, sizeText } from "@bp/core";
import type { StartConfig } from "../config.ts";
import type { Face } from "../session.ts";

export function consoleFace(config: StartConfig): Face {
  const write = (line: string) => void process.stdout.write(`${line}\n`);
  void config;
  return {
    begun: ({ run, stage }) => write(`${run} on ${stage.about}`),
    step: (event, _, notes, { instrument }) => {
      if (event.type === "order.filled") write(`${event.side} ${sizeText(instrument, event.size)} at ${priceText(instrument, event.price)}`);
      for (const { rule, why } of notes) write(`${rule}: ${why}`);
    },
    ending: (why) => write(why),
    ended: ({ summary }) => write(JSON.stringify(summary)),
  };
}

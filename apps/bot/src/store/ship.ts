// The shipper in a thread of its own: whatever the store does, the thread that trades does not notice.
import { Worker } from "node:worker_threads";
import type { ShipState, StoreAddress } from "@bp/journal";
import { messageOf } from "../failures.ts";
import { threadFlags } from "../hardening.ts";
import type { FromShipper, ShipperData, ToShipper } from "./shipWorker.ts";

/** A shipper at work. */
export interface Shipping {
  /** Ships what is left, in this time at the most (ms), and says how it ended. */
  finish(ms: number): Promise<void>;
}

/**
 * Starts to ship a journal.
 *
 * @param tell - a line for the person: once when the store falls behind, once when it is back
 */
export function shipInThread(file: string, store: StoreAddress, tell: (line: string) => void): Shipping {
  const script = import.meta.url.endsWith(".ts") ? "./shipWorker.ts" : "./store/shipWorker.js";
  const data: ShipperData = { file, url: store.url };
  const worker = new Worker(new URL(script, import.meta.url), {
    workerData: data,
    stdin: false,
    execArgv: threadFlags,
  });
  worker.unref(); // a run that is over does not wait for it but in `finish`
  let broken: string | undefined;
  const finished = new Promise<ShipState>((resolve) => {
    worker.on("message", (news: FromShipper) => {
      switch (news.type) {
        case "behind":
          return tell(behindText(store, news.state));
        case "back":
          return tell(`the store ${store.shown} has all lines of the journal again`);
        case "refused":
          return tell(`warning: ${news.why}`);
        case "finished":
          return resolve(news.state);
      }
    });
    worker.on("error", (error) => {
      broken = store.mask(messageOf(error));
      tell(`warning: shipping to ${store.shown} has ended: ${broken}`);
      resolve({ behind: undefined, why: broken });
    });
  });
  return {
    finish: async (ms) => {
      worker.ref();
      const ask: ToShipper = { type: "finish", ms };
      worker.postMessage(ask); // oxlint-disable-line unicorn/require-post-message-target-origin -- a thread, not a window
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<ShipState>((resolve) => {
        timer = setTimeout(() => resolve({ behind: undefined, why: "no answer in time" }), ms + 3_000);
      });
      const { behind, why } = await Promise.race([finished, patience]);
      clearTimeout(timer);
      await worker.terminate();
      if (behind === 0) return;
      const count = behind === undefined ? "an unknown number of lines" : `${behind} lines`;
      tell(
        `warning: ${count} are not in the store ${store.shown}${why === undefined ? "" : ` (${why})`}; send them later: bot journal ship`,
      );
    },
  };
}

function behindText(store: StoreAddress, { behind, why }: ShipState): string {
  const count = behind === undefined ? "" : `, ${behind} lines behind`;
  return `warning: the store ${store.shown} does not keep up${count}${why === undefined ? "" : `: ${why}`}; trading goes on, the journal here has everything`;
}

// The thread that ships: see ship.ts.
import { parentPort, workerData } from "node:worker_threads";
import { type ShipState, startShipper, storeAddress } from "@bp/journal";
import { driver } from "./store.ts";

/** What it is started with. */
export interface ShipperData {
  readonly file: string;
  /** With its password. */
  readonly url: string;
}

/** What it tells. */
export type FromShipper =
  | { readonly type: "behind" | "finished"; readonly state: ShipState }
  | { readonly type: "back" }
  | { readonly type: "refused"; readonly why: string };

/** What it is asked. */
export interface ToShipper {
  readonly type: "finish";
  readonly ms: number;
}

const { file, url } = workerData as ShipperData; // of ship.ts
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
const tell = (news: FromShipper) => parentPort?.postMessage(news);
const shipper = startShipper({
  file,
  store: storeAddress(url, "store"),
  driver,
  onBehind: (state) => tell({ type: "behind", state }),
  onBack: () => tell({ type: "back" }),
  onRefused: (why) => tell({ type: "refused", why }),
});
parentPort?.on("message", ({ ms }: ToShipper) => {
  const finish = async () => {
    tell({ type: "finished", state: await shipper.finish(ms) });
    parentPort?.close();
  };
  finish().catch((error: unknown) => {
    throw error; // a mistake of ours: the thread ends with it, and its owner hears it
  });
});

// The groups by name. Each is loaded when it runs, and runs in a process of its own.
import type { Group } from "../group.ts";

/** In the order in which they run; the slow ones last. */
export const groups: Readonly<Record<string, () => Promise<Group>>> = {
  "startup/help": async () => (await import("./startup/help.ts")).help,
  "startup/import": async () => (await import("./startup/import.ts")).importing,
  "size/clients": async () => (await import("./size/clients.ts")).clients,
  "signing/backpack-request": async () => (await import("./signing/backpack-request.ts")).backpackRequest,
  "signing/aster-hmac-request": async () => (await import("./signing/aster-hmac-request.ts")).asterHmacRequest,
  "signing/aster-eip712-request": async () => (await import("./signing/aster-eip712-request.ts")).asterEip712Request,
  "report/million": async () => (await import("./report/million.ts")).million,
  "decimal/price-pipeline": async () => (await import("./decimal/price-pipeline.ts")).pricePipeline,
  "book/backpack": async () => (await import("./book/backpack.ts")).backpackBook,
  "socket/receive": async () => (await import("./socket/receive.ts")).receive,
  "book/aster-deep": async () => (await import("./book/aster.ts")).asterBook("deep"),
  "book/aster-shallow": async () => (await import("./book/aster.ts")).asterBook("shallow"),
  "engine/step": async () => (await import("./engine/step.ts")).step,
  "backtest/sma-candles": async () => (await import("./backtest/sma-candles.ts")).smaCandles,
  "backtest/matching": async () => (await import("./backtest/matching.ts")).matching,
  "backtest/l2-queue": async () => (await import("./backtest/l2-queue.ts")).l2Queue,
  "journal/append": async () => (await import("./journal/append.ts")).append,
  "latency/plain": async () => (await import("./latency/plain.ts")).plain,
  "budget/full": async () => (await import("./budget/full.ts")).full,
  "sweep/threads": async () => (await import("./sweep/threads.ts")).threads,
  "sweep/queue": async () => (await import("./sweep/queue.ts")).queue,
  "memory/demo": async () => (await import("./memory/demo.ts")).demo,
};

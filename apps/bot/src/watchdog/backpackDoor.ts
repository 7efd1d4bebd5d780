// An account at Backpack, cancel-only.
import { createBackpackCore } from "@bp/client/core";
import { cancel, open } from "@bp/client/rest/orders";
import { BpError, type Clock } from "@bp/core";
import { ed25519Key } from "@bp/signing";
import type { Door } from "../stage/door.ts";
import { answerMs, type CancelDoor, cancelOnly } from "./cancelDoor.ts";

/** The client's own window of a signed request, ms. */
const usualWindowMs = 5_000;

/** Nothing is sent yet. @throws BpError as `openCancelDoor` */
export function backpackDoor({ id, rest, proxy, keys, windowMs = usualWindowMs }: Door, clock: Clock): CancelDoor {
  if (keys === undefined || !("apiKey" in keys))
    throw new BpError("config/invalid", { path: `accounts.${id}`, found: "no keys", expected: "key and secret" });
  const core = createBackpackCore({
    clock,
    key: ed25519Key(keys.apiKey, keys.secret),
    proxy: proxy ?? {},
    windowMs,
    timeoutMs: answerMs,
    ...(rest === undefined ? {} : { restUrl: rest }),
  });
  const call = cancelOnly(core.call);
  return {
    venue: id,
    lateMs: windowMs + 1_000,
    lists: () => [undefined], // one list of everything costs the same
    openOrders: async (waitMs) =>
      (await call(open, {}, { lane: "cancel", timeoutMs: waitMs, repeat: "never" })).map(
        ({ symbol, id: order, clientId }) => ({
          symbol,
          id: order,
          clientId: clientId ?? undefined,
        }),
      ),
    cancel: async ({ symbol, id: orderId }, waitMs) =>
      void (await call(cancel, { symbol, orderId }, { timeoutMs: waitMs })),
    warm: async () => {
      await core.warm();
      await core.skew.sync().catch(() => undefined); // the first signed request says better what is wrong
    },
    close: () => core.close(),
  };
}

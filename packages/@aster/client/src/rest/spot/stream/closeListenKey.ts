// DELETE /api/v3/listenKey: ends the private stream, of everybody who has this key.
import {
  goneKey,
  type ListenKeyParams,
  type ListenKeyState,
  listenKeyParams,
  listenKeyState,
} from "../../../wire/listenKey.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/** `DELETE /api/v3/listenKey`. The account has one key: this ends the streams of other programs too. */
export const closeListenKey: AsterEndpoint<ListenKeyParams, ListenKeyState> = {
  service: "spot",
  security: "key",
  method: "DELETE",
  path: "/api/v3/listenKey",
  v1: "/api/v1/listenKey",
  v3: "/api/v3/listenKey",
  params: listenKeyParams,
  answer: listenKeyState("closed"),
  lane: "read",
  weight: 1,
  instead: goneKey,
};

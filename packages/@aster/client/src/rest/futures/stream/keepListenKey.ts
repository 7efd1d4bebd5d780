// PUT /fapi/v3/listenKey: 60 minutes more.
import {
  goneKey,
  type ListenKeyParams,
  type ListenKeyState,
  listenKeyParams,
  listenKeyState,
} from "../../../wire/listenKey.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/**
 * `PUT /fapi/v3/listenKey`: call it every 25 to 30 minutes. The documented call has no parameter; clients send the key and it is
 * taken. `gone` means: make a new one and connect anew.
 */
export const keepListenKey: AsterEndpoint<ListenKeyParams, ListenKeyState> = {
  service: "futures",
  security: "key",
  method: "PUT",
  path: "/fapi/v3/listenKey",
  v1: "/fapi/v1/listenKey",
  v3: "/fapi/v3/listenKey",
  params: listenKeyParams,
  answer: listenKeyState("kept"),
  lane: "read",
  weight: 1,
  instead: goneKey,
};

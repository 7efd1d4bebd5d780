// PUT /api/v3/listenKey: 60 minutes more.
import {
  goneKey,
  type ListenKeyParams,
  type ListenKeyState,
  listenKeyParams,
  listenKeyState,
} from "../../../wire/listenKey.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/**
 * `PUT /api/v3/listenKey`: call it every 25 to 30 minutes. It must name the key. `gone` means: make a new one and connect anew.
 */
export const keepListenKey: AsterEndpoint<ListenKeyParams, ListenKeyState> = {
  service: "spot",
  security: "key",
  method: "PUT",
  path: "/api/v3/listenKey",
  v1: "/api/v1/listenKey",
  v3: "/api/v3/listenKey",
  params: listenKeyParams,
  answer: listenKeyState("kept"),
  lane: "read",
  weight: 1,
  instead: goneKey,
};

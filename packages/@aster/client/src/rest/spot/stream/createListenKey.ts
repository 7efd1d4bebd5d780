// POST /api/v3/listenKey: the key of the private stream.
import { type ListenKey, listenKeyAnswer } from "../../../wire/listenKey.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/**
 * `POST /api/v3/listenKey`: good for 60 minutes. The account has one key: asking again gives the same one and prolongs it. An
 * agent signs this, a V1 key is only named.
 */
export const createListenKey: AsterEndpoint<undefined, ListenKey> = {
  service: "spot",
  security: "key",
  method: "POST",
  path: "/api/v3/listenKey",
  v1: "/api/v1/listenKey",
  v3: "/api/v3/listenKey",
  answer: listenKeyAnswer,
  lane: "read",
  weight: 1,
};

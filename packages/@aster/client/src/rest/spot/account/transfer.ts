// POST /api/v3/asset/wallet/transfer: moves money between the futures and the spot wallet.
import {
  duplicateTransfer,
  type TransferParams,
  type Transferred,
  transferAnswer,
  transferParams,
} from "../../../wire/transfer.ts";
import type { AsterEndpoint } from "../../endpoint.ts";

/**
 * `POST /api/v3/asset/wallet/transfer`. After an unknown outcome send it again **with the same `clientTranId`**: `duplicate` says that
 * it was made.
 */
export const transfer: AsterEndpoint<TransferParams, Transferred> = {
  service: "spot",
  security: "signed",
  method: "POST",
  path: "/api/v3/asset/wallet/transfer",
  v1: "/api/v1/asset/wallet/transfer",
  v3: "/api/v3/asset/wallet/transfer",
  params: transferParams,
  answer: transferAnswer,
  lane: "read",
  weight: 5,
  instead: duplicateTransfer,
};

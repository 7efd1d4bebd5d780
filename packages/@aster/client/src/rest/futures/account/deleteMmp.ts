// DELETE /fapi/v3/mmp: market maker protection off.
import { type Done, doneOrTrue } from "../../../wire/done.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type OfSymbol, ofSymbol } from "../../params.ts";

/** `DELETE /fapi/v3/mmp`, agents (V3) only. */
export const deleteMmp: AsterEndpoint<OfSymbol, Done> = {
  service: "futures",
  security: "signed",
  method: "DELETE",
  path: "/fapi/v3/mmp",
  v3: "/fapi/v3/mmp",
  params: ofSymbol,
  answer: doneOrTrue,
  lane: "read",
  weight: 1,
};

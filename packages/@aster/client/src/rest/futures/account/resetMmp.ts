// POST /fapi/v3/mmpReset: lets quotes go on after protection has frozen them.
import { type Done, doneOrTrue } from "../../../wire/done.ts";
import type { AsterEndpoint } from "../../endpoint.ts";
import { type OfSymbol, ofSymbol } from "../../params.ts";

/** `POST /fapi/v3/mmpReset`, agents (V3) only. */
export const resetMmp: AsterEndpoint<OfSymbol, Done> = {
  service: "futures",
  security: "signed",
  method: "POST",
  path: "/fapi/v3/mmpReset",
  v3: "/fapi/v3/mmpReset",
  params: ofSymbol,
  answer: doneOrTrue,
  lane: "read",
  weight: 1,
};

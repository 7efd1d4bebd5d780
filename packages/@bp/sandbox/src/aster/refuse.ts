// The venue's way of saying no: a negative code and a sentence.
import { type Answer, Refused } from "../answer.ts";

/** An error answer, 400 unless said otherwise. */
export const fault = (code: number, msg: string, status = 400): Answer => ({ status, json: { code, msg } });

/** The same, thrown. */
export function refuse(code: number, msg: string, status = 400): never {
  throw new Refused(fault(code, msg, status));
}

/** A parameter that is not there, or is nothing that could be read. */
export const missing = (key: string): never =>
  refuse(-1102, `Mandatory parameter '${key}' was not sent, was empty/null, or malformed.`);

/** A parameter that has no place here. */
export const notRequired = (key: string): never => refuse(-1106, `Parameter '${key}' sent when not required.`);

export const invalidSymbol = (): never => refuse(-1121, "Invalid symbol.");
export const noSuchOrder = (): never => refuse(-2013, "Order does not exist.");
export const unknownOrder = fault(-2011, "Unknown order sent.");
export const success = { code: 200, msg: "success" };
